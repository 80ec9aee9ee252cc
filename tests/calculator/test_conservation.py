"""What is neither made nor lost on the way through the years: losses, credit, and tax."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.calculator.builders import Document, result_of
from tests.calculator.test_properties import CENT, SMALL, STATUSES, facts, for_all, money, scenarios

SYSTEMS = {
    "schedule_d": ("capital_loss", "capital_loss_carryover", "capital_loss_carryforward"),
    "amt_schedule_d": (
        "amt_capital_loss",
        "amt_capital_loss_carryover",
        "amt_capital_loss_carryforward",
    ),
}


@for_all(scenarios(), st.sampled_from(sorted(SYSTEMS)))
def test_every_dollar_of_loss_offsets_gain_or_income_or_is_carried_on(
    document: Document, schedule: str
) -> None:
    opening, worksheet, carried_on = SYSTEMS[schedule]
    years = result_of(document)["years"]

    carried = sum(document["opening"][opening].values())
    for year in years:
        d, absorbed = year["forms"][schedule], year["forms"][worksheet]["4"]
        net = d["1b"] + d["8b"] - carried
        assert d["16"] == pytest.approx(net, abs=CENT)
        carried = sum(year[carried_on].values())
        assert carried == pytest.approx(max(0.0, -net) - absorbed, abs=CENT)
        assert 0 <= absorbed <= -d["21"] + SMALL
    for year, following in pairwise(years):
        lines = following["forms"][schedule]
        assert lines["6"] == pytest.approx(-year[carried_on]["short_term"], abs=SMALL)
        assert lines["14"] == pytest.approx(-year[carried_on]["long_term"], abs=SMALL)


@for_all(scenarios(), st.sampled_from(sorted(SYSTEMS)))
def test_a_loss_keeps_its_holding_period_and_short_ones_are_used_first(
    document: Document, schedule: str
) -> None:
    for year in result_of(document)["years"]:
        d, left = year["forms"][schedule], year[SYSTEMS[schedule][2]]
        assert left["short_term"] <= max(0.0, -d["7"]) + SMALL
        assert left["long_term"] <= max(0.0, -d["15"]) + SMALL
        absorbed = year["forms"][SYSTEMS[schedule][1]]["4"]
        if left["short_term"] > 0 and d["15"] <= 0:
            # What other income absorbed came off the short-term loss alone.
            assert left["short_term"] == pytest.approx(-d["7"] - absorbed, abs=CENT)
            assert left["long_term"] == pytest.approx(-d["15"], abs=CENT)


@for_all(scenarios())
def test_what_makes_amti_differ_is_on_the_lines_of_form_6251(document: Document) -> None:
    for year in result_of(document)["years"]:
        d, amt_d, f = (
            year["forms"][name] for name in ("schedule_d", "amt_schedule_d", "form_6251")
        )
        gain = max(0.0, d["16"]) + d["21"]
        amt_gain = max(0.0, amt_d["16"]) + amt_d["21"]
        left_out = year["equity"]["income_left_out_of_amt"]

        assert f["2k"] == pytest.approx(amt_gain - gain - left_out, abs=CENT)
        assert year["adjusted_gross_income"] - f["1a"] == pytest.approx(f["1b"], abs=CENT)


@for_all(facts(2026), st.sampled_from(STATUSES), money(50_000), money(50_000))
def test_without_timing_differences_no_year_makes_or_takes_credit(
    facts_of_year: Document, status: str, short: float, long: float
) -> None:
    """Then Form 8801 Part I is Form 6251 over again."""
    losses = {"short_term": short, "long_term": long}
    document = {
        "schema_version": 1,
        "household": {"filing_status": status},
        "opening": {"capital_loss": losses, "amt_capital_loss": losses},
        "years": [facts_of_year],
    }

    (year,) = result_of(document)["years"]

    assert year["exclusion_items_tax"] == pytest.approx(year["amt"], abs=SMALL)
    assert year["credit_generated"] == pytest.approx(0, abs=SMALL)
    assert year["credit_eroded"] == 0


@for_all(scenarios(), money(100_000))
def test_more_credit_never_raises_a_tax_and_is_never_worth_more_than_itself(
    document: Document, more: float
) -> None:
    richer = copy.deepcopy(document)
    richer["opening"]["minimum_tax_credit"] += more

    before, after = (result_of(each) for each in (document, richer))

    saved = before["totals"]["federal_tax"] - after["totals"]["federal_tax"]
    assert -CENT <= saved <= more + CENT
    kept = after["totals"]["credit_left"] - before["totals"]["credit_left"]
    eroded = after["totals"]["credit_eroded"] - before["totals"]["credit_eroded"]
    assert saved + kept + eroded == pytest.approx(more, abs=CENT)
    for one, other in zip(before["years"], after["years"], strict=True):
        assert one["regular_tax"] == other["regular_tax"]
        assert one["amt"] == other["amt"]


@for_all(scenarios(), st.sampled_from(["capital_loss", "amt_capital_loss"]), money(100_000))
def test_more_losses_carried_in_raise_no_tax_of_the_first_year(
    document: Document, system: str, more: float
) -> None:
    document["years"] = document["years"][:1]
    for kind in ("grants", "exercises", "sales"):
        document[kind] = []
    poorer = copy.deepcopy(document)
    poorer["opening"][system]["long_term"] += more
    name = "regular_tax" if system == "capital_loss" else "tentative_minimum_tax"

    before, after = (result_of(each)["years"][0][name] for each in (document, poorer))

    assert after <= before + CENT


@for_all(scenarios())
def test_total_tax_is_on_line_24_and_the_taxes_are_its_parts(document: Document) -> None:
    for year in result_of(document)["years"]:
        form: dict[str, Any] = year["forms"]["form_1040"]
        assert form["24"] == pytest.approx(year["federal_tax"], abs=CENT)
        assert form["17"] == pytest.approx(year["amt"])
        surtaxes = year["net_investment_income_tax"] + year["additional_medicare_tax"]
        assert form["23"] == pytest.approx(surtaxes)


@for_all(scenarios())
def test_the_letter_of_line_28_moves_nothing_but_form_8801(document: Document) -> None:
    plain, literal = (
        result_of(document | {"method": {"form_8801_line_28": each}})["years"]
        for each in ("statute", "form")
    )
    for one, other in zip(plain, literal, strict=True):
        for name in ("regular_tax", "amt", "amti", "tentative_minimum_tax", "credit_limit"):
            assert one[name] == other[name]
