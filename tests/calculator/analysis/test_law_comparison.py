"""The same facts under several laws."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis.law_comparison import AMOUNTS, law_comparison
from calculator.law.changed import LawChange
from calculator.scenario import Scenario
from tests.calculator.builders import Document, a_year, an_iso_exercise, years_from


def an_exercise(spread: float = 300_000) -> Document:
    """Single, 2026, wages of 100,000, one large exercise."""
    return a_year(2026, wages=100_000) | an_iso_exercise(
        shares=10_000, strike=1, value=1 + spread / 10_000
    )


def years_after(**law: object) -> Scenario:
    facts: Document = {"wages": 250_000, "long_term_gain": 40_000}
    document = years_from(2025, *[facts] * 4, opening={"minimum_tax_credit": 90_000}, law=law)
    return parse_scenario(document)


def test_no_exemption_costs_its_amount_at_28_percent() -> None:
    found = law_comparison(parse_scenario(an_exercise()), [LawChange("amt.exemption", 0.0)])
    (now,), (own,) = found.under("current").years, found.under("own").years

    # AMTI 400,000: 26% of 244,500 and 28% of the rest, with and without the 90,100.
    assert now.amounts["amt"] == pytest.approx(68_712)
    assert own.amounts["amt"] == pytest.approx(93_940)
    assert own.origin == "counterfactual"
    assert own.delta is not None
    assert own.delta["amt"] == pytest.approx(25_228)
    assert own.delta["amt_exemption"] == pytest.approx(-90_100)
    assert own.delta["regular_tax"] == 0


def test_the_old_rate_of_the_phaseout_leaves_an_exemption() -> None:
    scenario = parse_scenario(an_exercise(600_000))
    (year,) = law_comparison(scenario, [LawChange("amt.phaseout_rate", 0.25)]).under("own").years

    # AMTI 700,000 is 200,000 over the start: 90,100 − 50,000 is left, at 28%.
    assert year.amounts["amt_exemption"] == pytest.approx(40_100)
    assert year.delta is not None
    assert year.delta["tentative_minimum_tax"] == pytest.approx(-11_228)


def test_flat_rates_tax_every_dollar() -> None:
    (year,) = law_comparison(parse_scenario(an_exercise())).under("flat").years

    assert year.origin == "flat"
    assert year.amounts["regular_tax"] == pytest.approx(37_000)
    assert year.amounts["tentative_minimum_tax"] == pytest.approx(112_000)
    assert year.amounts["amt"] == pytest.approx(75_000)


@pytest.mark.parametrize("path", ["current", "sunset", "flat"])
def test_each_law_is_the_scenario_on_that_path(path: str) -> None:
    scenario = years_after()
    found = law_comparison(scenario).under(path)
    result = evaluate(replace(scenario, law=replace(scenario.law, path=path)))

    assert [year.amounts for year in found.years] == [
        {name: getattr(year, name) for name in AMOUNTS} for year in result.years
    ]
    assert found.totals["present_value"] == result.totals.present_value
    assert found.totals["credit_left"] == result.totals.credit_left


@pytest.mark.parametrize("path", ["current", "sunset", "flat"])
def test_deltas_are_against_current_law_whatever_the_scenario_chooses(path: str) -> None:
    found = law_comparison(years_after(path=path))

    assert [law.law for law in found.laws] == ["current", "sunset", "flat"]
    for law in found.laws:
        for year, now in zip(law.years, found.under("current").years, strict=True):
            assert year.delta == {name: year.amounts[name] - now.amounts[name] for name in AMOUNTS}
    assert set(found.under("current").years[0].delta or {}) == set(AMOUNTS)
    assert not any((found.under("current").years[0].delta or {}).values())


def test_the_own_law_is_the_one_chosen_with_its_changes() -> None:
    found = law_comparison(years_after(path="flat"), [LawChange("amt.low_rate", 0.26)])

    assert (
        found.under("own").years[0].amounts["regular_tax"]
        == (found.under("flat").years[0].amounts["regular_tax"])
    )


def test_a_change_from_a_year_on_leaves_the_years_before() -> None:
    changes = [LawChange("amt.exemption", 0.0, from_year=2027)]
    found = law_comparison(years_after(), changes)
    now, own = found.under("current").years, found.under("own").years

    assert [year.amounts for year in own[:2]] == [year.amounts for year in now[:2]]
    assert own[2].amounts["credit_used"] < now[2].amounts["credit_used"]


def test_an_amt_loss_that_is_not_capped_comes_off_amti_at_once() -> None:
    opening = {"amt_capital_loss": {"long_term": 200_000}}
    document = years_from(2026, {"wages": 400_000}, opening=opening)
    changes = [LawChange("gains.amt_loss_limit", inf)]
    (year,) = law_comparison(parse_scenario(document), changes).under("own").years

    assert year.delta is not None
    assert year.delta["amti"] == pytest.approx(-197_000)
    assert year.delta["regular_tax"] == 0


def test_a_law_that_cannot_be_computed_says_why() -> None:
    document = years_from(1999, {"wages": 100_000}, law={"path": "flat"})
    found = law_comparison(parse_scenario(document))

    assert "1999" in str(found.under("current").reason)
    assert found.under("current").to_dict() == {
        "law": "current",
        "available": False,
        "reason": found.under("current").reason,
        "totals": {},
        "totals_delta": None,
        "years": [],
    }
    assert found.under("flat").years[0].amounts["federal_tax"] == pytest.approx(37_000)
    assert found.under("flat").years[0].delta is None


@pytest.mark.parametrize(
    "changes",
    [
        [LawChange("amt.nothing", 1.0)],
        [LawChange("amt.exemption", -1.0)],
        [LawChange("amt.exemption", -1.0, from_year=2090)],
        [LawChange("amt.exemption", 1.0)] * 51,
    ],
)
def test_a_bad_change_is_refused(changes: list[LawChange]) -> None:
    with pytest.raises(InvalidScenario) as caught:
        law_comparison(years_after(), changes)

    assert [problem.path for problem in caught.value.problems] == ["change"]


def run(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], *flags: str
) -> tuple[int, Document]:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(an_exercise()), encoding="utf-8")
    status = main(["law-comparison", *flags, str(path)])
    return status, json.loads(capfdbinary.readouterr().out)


def test_the_command_line_takes_changes(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, answer = run(
        tmp_path,
        capfdbinary,
        "--change",
        "amt.exemption=0",
        "--change",
        "gains.loss_limit=inf@2026",
    )

    assert status == 0
    assert answer["changes"] == [
        {"path": "amt.exemption", "value": 0, "from_year": None},
        {"path": "gains.loss_limit", "value": None, "from_year": 2026},
    ]
    assert [law["law"] for law in answer["laws"]] == ["current", "sunset", "flat", "own"]
    assert answer["laws"][3]["years"][0]["delta"]["amt"] == pytest.approx(25_228)


def test_the_command_line_refuses_an_unknown_parameter(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, answer = run(tmp_path, capfdbinary, "--change", "amt.nothing=0")

    assert status == 2
    assert [problem["path"] for problem in answer["problems"]] == ["change"]


@pytest.mark.parametrize("text", ["amt.exemption", "amt.exemption=x", "amt.exemption=1@x"])
def test_a_change_that_cannot_be_read_is_wrong_usage(text: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["law-comparison", "--change", text])

    assert caught.value.code == 2
