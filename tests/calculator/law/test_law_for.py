"""Which law a year has, and which years have none."""

from __future__ import annotations

import pytest

from calculator.errors import UnsupportedSituation
from calculator.law import law_for, published_years, why_unsupported
from calculator.scenario import LawChoice

CURRENT = LawChoice()
SUNSET = LawChoice(path="sunset")


def test_published_years_run_from_2017_without_a_gap():
    years = published_years()
    assert years == tuple(range(2017, years[-1] + 1))
    assert years[-1] >= 2026


@pytest.mark.parametrize("year", published_years())
def test_a_published_year_says_so(year):
    law = law_for(year, "single", CURRENT)
    assert (law.year, law.origin) == (year, "published")


def test_the_indexing_rate_does_not_touch_a_published_year():
    assert law_for(2026, "single", LawChoice(indexing_rate=0.1)) is law_for(2026, "single", CURRENT)


def test_a_year_is_read_once():
    assert law_for(2040, "single", CURRENT) is law_for(2040, "single", LawChoice())


@pytest.mark.parametrize("choice", [CURRENT, SUNSET], ids=["current", "sunset"])
@pytest.mark.parametrize("year", [2017, 2026, 2027, 2060])
def test_every_year_from_2017_to_2060_is_fine(year, choice):
    assert why_unsupported(year, choice) is None


@pytest.mark.parametrize(
    ("year", "choice", "sentence"),
    [
        (2016, CURRENT, "Federal law before 2017 is not modelled, so 2016 cannot be computed."),
        (1970, CURRENT, "Federal law before 2017 is not modelled, so 1970 cannot be computed."),
        (2061, CURRENT, "Federal law is projected up to 2060, so 2061 cannot be computed."),
        (2016, SUNSET, "Federal law before 2017 is not modelled, so 2016 cannot be computed."),
        (2061, SUNSET, "Federal law is projected up to 2060, so 2061 cannot be computed."),
    ],
)
def test_it_refuses_by_name_what_is_not_modelled(year, choice, sentence):
    assert why_unsupported(year, choice) == sentence
    with pytest.raises(UnsupportedSituation) as refusal:
        law_for(year, "single", choice)
    (problem,) = refusal.value.problems
    assert problem.unsupported
    assert problem.message == sentence


@pytest.mark.parametrize("year", [1970, 2016, 2061, 2100])
def test_the_flat_model_has_every_year(year):
    assert why_unsupported(year, LawChoice(path="flat")) is None
