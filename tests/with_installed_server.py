"""Run a command against the machine's own PostgreSQL: ``python -m tests.with_installed_server COMMAND …``.

The oldest installed server of 15 or later is started on a throwaway cluster in ``.cache`` and given to the command as
``DATABASE_URL``; exit code 77 says that there is none.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from lienthong.site.launch import data_directory, sharing
from lienthong.site.launch.cluster import Cluster

MISSING = 77
OLDEST = 15


def installed() -> tuple[int, Path] | None:
    """Return version and programs of the oldest installed server that is new enough: the harder test."""
    homes = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if re.fullmatch(r"\d+", path.parent.name)]
    found = [(int(path.parent.name), path) for path in homes if (path / "initdb").exists()]
    return min((one for one in found if one[0] >= OLDEST), default=None)


def main() -> int:
    """Start the server, run the command, stop the server; the command's exit code is ours."""
    server = installed()
    if server is None:
        return MISSING
    version, programs = server
    data = data_directory.ROOT / ".cache" / f"postgresql-{version}"
    data_directory.prepare(data)
    cluster = Cluster(data, durable=False, programs=programs)
    with sharing.server(cluster):
        url = f"postgresql://postgres@/postgres?host={quote(str(cluster.socket), safe='')}"
        environment = os.environ | {"DATABASE_URL": url, "LIENTHONG_DATA": str(data), "LIENTHONG_TEST_DB": "installed"}
        sys.stdout.write(f"PostgreSQL {version}\n")
        sys.stdout.flush()
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
