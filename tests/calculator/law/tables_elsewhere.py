"""Law tables in another folder, for tests in which the law changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import calculator.law
from calculator.law import indexing, projected, published, sunset, version
from calculator.law.projected import projected_groups

CACHED = (
    calculator.law.law_for,
    published.published_years,
    published.published_law,
    published.published_groups,
    indexing.index_table,
    indexing._rules,
    projected.projected_groups,
    projected.scheduled_changes,
    sunset.sunset_groups,
    version.table_digests,
)


def forget_tables() -> None:
    """What was read from the tables is read anew."""
    for function in CACHED:
        function.cache_clear()


def next_year_published(tables: Path, *, more_exemption: int = 1_000) -> int:
    """Publishes the first projected year: one file, with another AMT exemption than projected."""
    year = published.published_years()[-1] + 1
    groups = {name: dict(group) for name, group in projected_groups(year, 0.02).items()}
    exemption = groups["amt.exemption"]
    for status in exemption.keys() - {"unit", "source", "url"}:
        exemption[status] += more_exemption
    groups["income_tax.bracket_tops"]["source"] = f"Rev. Proc. {year - 1}-99, Tax Rate Tables"
    (tables / f"federal_{year}.toml").write_text(as_toml(year, groups), "utf-8")
    forget_tables()
    return year


def as_toml(year: int, groups: dict[str, dict[str, Any]]) -> str:
    """A year's table as its file has it."""
    sections = "\n".join(
        f"[{name}]\n" + "".join(f"{key} = {_written(value)}\n" for key, value in group.items())
        for name, group in groups.items()
    )
    return f"year = {year}\n\n{sections}"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    # JSON's way with text is also TOML's, for text like this.
    return f'"{value}"' if isinstance(value, str) else repr(value)
