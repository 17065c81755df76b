"""A sign-in provider to run as a process: it takes a free port itself, says which, and ends when its input does."""

from __future__ import annotations

import datetime as dt
import os
import sys

from oidc_provider_mock import run_server_in_thread

if __name__ == "__main__":
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine alone
    with run_server_in_thread(access_token_max_age=dt.timedelta(minutes=5)) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        sys.stdin.read()
