"""The parameters of a year as people read them."""

from __future__ import annotations

import pytest

from calculator import UnsupportedSituation
from calculator.law.cited import CitedParameter, cited_parameters
from calculator.law.groups import KEYS
from calculator.scenario import FILING_STATUSES, LawChoice


def parameters(
    year: int, status: str = "single", choice: LawChoice | None = None
) -> dict[str, CitedParameter]:
    return {each.name: each for each in cited_parameters(year, status, choice or LawChoice())}


@pytest.mark.parametrize("year", [2017, 2026, 2027, 2031])
@pytest.mark.parametrize("path", ["current", "sunset"])
def test_every_parameter_has_caption_unit_and_source(year: int, path: str) -> None:
    found = parameters(year, choice=LawChoice(path=path))

    assert found.keys() == KEYS.keys()
    for each in found.values():
        assert each.section
        assert each.caption
        assert each.unit
        assert each.source
        assert each.values


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_amounts_are_those_of_the_filing_status(status: str) -> None:
    """Rev. Proc. 2025-32: the AMT exemption of 2026."""
    exemption = {"married_filing_jointly": 140_200, "qualifying_surviving_spouse": 140_200}
    exemption |= {"married_filing_separately": 70_100}

    found = parameters(2026, status)["amt.exemption"]

    assert found.values == (("", exemption.get(status, 90_100)),)
    assert found.standing == "published"
    assert "Rev. Proc. 2025-32" in found.source


def test_rates_are_named() -> None:
    assert parameters(2026)["amt.rates"].values == (("low", 0.26), ("high", 0.28))


def test_brackets_keep_all_their_numbers() -> None:
    tops = (12_400, 50_400, 105_700, 201_775, 256_225, 640_600)

    assert parameters(2026)["income_tax.bracket_tops"].values == (("", tops),)


@pytest.mark.parametrize(
    ("name", "year", "standing"),
    [
        ("amt.exemption", 2026, "published"),
        ("amt.exemption", 2027, "projected"),
        ("income_tax.bracket_tops", 2030, "projected"),
        ("state_and_local_taxes.cap", 2027, "scheduled"),
        ("senior_deduction.amount", 2029, "scheduled"),
        ("capital_gains.loss_limit", 2030, "standing"),
        ("amt.phaseout_rate", 2030, "standing"),
    ],
)
def test_it_says_how_a_parameter_stands(name: str, year: int, standing: str) -> None:
    assert parameters(year)[name].standing == standing


def test_what_is_not_scheduled_yet_stands() -> None:
    """The senior deduction ends after 2028: P.L. 119-21, sec. 70103."""
    assert parameters(2028)["senior_deduction.amount"].standing == "standing"


def test_the_law_that_was_not_is_called_so() -> None:
    found = parameters(2026, choice=LawChoice(path="sunset"))

    assert {each.standing for each in found.values()} == {"counterfactual"}


def test_before_it_parts_from_the_law_the_sunset_is_published() -> None:
    found = parameters(2025, choice=LawChoice(path="sunset"))

    assert {each.standing for each in found.values()} == {"published"}


@pytest.mark.parametrize(("year", "path"), [(2016, "current"), (2061, "current"), (2026, "flat")])
def test_without_tables_it_says_so(year: int, path: str) -> None:
    with pytest.raises(UnsupportedSituation):
        parameters(year, choice=LawChoice(path=path))


def test_the_unit_is_of_all_brackets_also_where_they_are_projected_in_parts() -> None:
    tops = parameters(2027)["income_tax.bracket_tops"]

    assert tops.unit == "dollars of taxable income at which each bracket but the last ends"
