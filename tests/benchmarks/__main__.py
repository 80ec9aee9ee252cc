"""Runs the benchmarks and prints what they measured.

    python -m tests.benchmarks [NAME…]

Without names, every module beside this one that has a ``measure`` that yields rows.
"""

from __future__ import annotations

import importlib
import platform
import sys
from pathlib import Path

from tests.benchmarks.timing import Row

HERE = Path(__file__).parent


def processor() -> str:
    """What the system calls its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {len(names)} cores" if names else platform.machine()


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (a command line prints)


def show(row: Row) -> None:
    say(f"  {row.what:<68} {row.measured:>22}   {row.aim}".rstrip())


def main(names: list[str]) -> None:
    say(f"{processor()}, Python {platform.python_version()}, {platform.system()}")
    for name in names or sorted(path.stem for path in HERE.glob("*.py") if path.stem[0] != "_"):
        module = importlib.import_module(f"tests.benchmarks.{name}")
        if not hasattr(module, "measure"):
            continue
        say(f"\n{name}")
        for row in module.measure():
            show(row)


if __name__ == "__main__":
    main(sys.argv[1:])
