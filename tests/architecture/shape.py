"""``bin/shape``: how large functions, files and templates are."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Sizes = list[tuple[int, str]]


def main() -> int:
    """Print the report; it never fails a build."""
    write = sys.stdout.write
    for title, sizes in (("functions", functions()), ("files", files("*.py")), ("templates", files("*.html"))):
        ordered = sorted(sizes)
        write(f"{title}: {len(ordered)}, {total(ordered)} lines, p50 {percentile(ordered, 50)}, ")
        write(f"p95 {percentile(ordered, 95)}, max {percentile(ordered, 100)}\n")
        for size, name in reversed(ordered[-10:]):
            write(f"  {size:5} {name}\n")
    return 0


def sources(pattern: str) -> Iterator[Path]:
    """The product's own files: no tests, no migrations."""
    for path in sorted((ROOT / "lienthong").rglob(pattern)):
        if not {"tests", "migrations"} & set(path.parts):
            yield path


def files(pattern: str) -> Sizes:
    """Lines of each file that has any."""
    counted = (
        (len(path.read_text(encoding="utf-8").splitlines()), str(path.relative_to(ROOT))) for path in sources(pattern)
    )
    return [(lines, name) for lines, name in counted if lines]


def functions() -> Sizes:
    """Lines of each function, without decorators and docstring."""
    found: Sizes = []
    for path in sources("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.append((length(node), f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"))
    return found


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function: signature and body."""
    doc = node.body[0] if ast.get_docstring(node) else None
    return (node.end_lineno or node.lineno) - node.lineno + 1 - ((doc.end_lineno or 0) - doc.lineno + 1 if doc else 0)


def total(sizes: Sizes) -> int:
    """All lines together."""
    return sum(size for size, _ in sizes)


def percentile(sizes: Sizes, percent: int) -> int:
    """The size below which ``percent`` of a sorted list lie."""
    return sizes[min(len(sizes) - 1, len(sizes) * percent // 100)][0] if sizes else 0


if __name__ == "__main__":
    sys.exit(main())
