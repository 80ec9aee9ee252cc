from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from calculator.law import published
from calculator.law.version import (
    TableChange,
    changes_since,
    last_published_year_of,
    law_label,
    law_version,
    table_digests,
)
from tests.calculator.law.tables_elsewhere import forget_tables, next_year_published


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tables to be changed."""
    elsewhere = tmp_path / "tables"
    shutil.copytree(published.TABLES, elsewhere)
    monkeypatch.setattr(published, "TABLES", elsewhere)
    forget_tables()
    yield elsewhere
    monkeypatch.undo()
    forget_tables()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    forget_tables()


def test_the_version_is_short_and_says_the_last_published_year() -> None:
    assert len(law_version()) <= 64
    assert last_published_year_of(law_version()) == published.published_years()[-1]
    assert last_published_year_of("") is None


def test_the_label_is_in_words() -> None:
    last = published.published_years()[-1]

    assert law_label() == f"tables through {last}, {last + 1} and later projected"


def test_words_and_layout_do_not_change_the_version(tables: Path) -> None:
    before = law_version()

    change(tables / "federal_2025.toml", "Rev. Proc. 2024-40", "Revenue Procedure 2024-40")
    change(tables / "federal_2025.toml", "year = 2025", "# A remark.\n\nyear = 2025")

    assert law_version() == before


def test_an_amount_changes_the_version(tables: Path) -> None:
    before = law_version()

    change(tables / "federal_2025.toml", "88_100", "88_200")

    assert law_version() != before


def test_a_table_that_no_figure_comes_from_does_not_count(tables: Path) -> None:
    before = law_version()

    (tables / "estimated_tax.toml").unlink()
    forget_tables()

    assert law_version() == before


def test_a_corrected_table_bears_on_scenarios_with_its_year(tables: Path) -> None:
    then = dict(table_digests())

    change(tables / "federal_2025.toml", "88_100", "88_200")

    corrected = TableChange(2025, newly_published=False, source="Rev. Proc. 2024-40")
    assert changes_since(then, 2025, 2030, "current") == (corrected,)
    assert changes_since(then, 2026, 2030, "current") == ()
    assert changes_since(then, 2025, 2030, "flat") == ()


def test_a_year_published_since_is_named_with_its_revenue_procedure(tables: Path) -> None:
    then = dict(table_digests())

    year = next_year_published(tables)

    source = f"Rev. Proc. {year - 1}-99"
    published_since = TableChange(year, newly_published=True, source=source)
    assert changes_since(then, 2025, year + 3, "current") == (published_since,)
    assert changes_since(then, 2024, year - 1, "current") == ()
    assert law_label() == f"tables through {year}, {year + 1} and later projected"


def test_changed_estimates_bear_on_projected_years_only(tables: Path) -> None:
    then = dict(table_digests())
    last = published.published_years()[-1]
    path = tables / "indexing.toml"

    path.write_text(re.sub(r"ratio = [0-9.]+", "ratio = 1.5", path.read_text("utf-8"), count=1))
    forget_tables()

    estimates = TableChange(None, newly_published=False, source="")
    assert changes_since(then, 2025, last, "current") == ()
    assert changes_since(then, 2025, last + 1, "current") == (estimates,)
