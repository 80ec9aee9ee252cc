"""A year is published by one file: everything that is computed follows from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from calculator.law import law_for, published, published_years
from calculator.scenario import LawChoice
from tests.calculator.builders import result_of, years_from
from tests.calculator.law.tables_elsewhere import forget_tables, next_year_published

MORE_EXEMPTION = 1_000


@pytest.fixture
def projected_exemption() -> float:
    year = published_years()[-1] + 1
    return law_for(year, "single", LawChoice()).amt.exemption


@pytest.fixture
def year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, projected_exemption: float
) -> Iterator[int]:
    """The year that was projected until its table came."""
    elsewhere = tmp_path / "tables"
    shutil.copytree(published.TABLES, elsewhere)
    monkeypatch.setattr(published, "TABLES", elsewhere)
    forget_tables()
    yield next_year_published(elsewhere, more_exemption=MORE_EXEMPTION)
    monkeypatch.undo()
    forget_tables()


def test_its_amounts_take_the_place_of_the_projected_ones(
    year: int, projected_exemption: float
) -> None:
    exemption = law_for(year, "single", LawChoice()).amt.exemption

    assert exemption == projected_exemption + MORE_EXEMPTION


def test_results_say_that_it_is_published_and_later_years_are_projected(year: int) -> None:
    years = result_of(years_from(year - 1, {}, {}, {}))["years"]

    assert [each["law"] for each in years] == ["published", "published", "projected"]


def test_the_years_before_it_stay_as_they_were(year: int) -> None:
    assert published_years()[-2:] == (year - 1, year)
    assert law_for(year - 1, "single", LawChoice()).origin == "published"
