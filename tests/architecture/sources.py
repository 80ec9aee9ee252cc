"""The project's own Python, as trees and as a graph of imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("amtweb", "calculator")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the two packages by its dotted name."""
    return {
        _name(path): ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    }


def modules_under(*prefixes: str) -> dict[str, ast.Module]:
    return {
        name: tree
        for name, tree in modules().items()
        if any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
    }


def imports_of(module: str) -> set[str]:
    """What a module imports anywhere in it, types included: modules by their dotted names."""
    return set(_imported(modules()[module]))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in modules() else node.module


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
