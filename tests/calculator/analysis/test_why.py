"""Why federal tax and the credit differ: the lines and the inputs that explain it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis.what_if import with_exercise, with_facts
from calculator.analysis.why import Explained, LineDifference, why
from calculator.scenario import Scenario
from tests.calculator.builders import Document, a_year, an_iso_exercise, years_from
from tests.calculator.households import household, structure

PAID = {"state_and_local_taxes": 12_000, "mortgage_interest": 12_000, "charitable_gifts": 7_000}


def astra(elected: str) -> Scenario:
    """Seed of Astra Wealth Partners: 29,000 itemized against the standard deduction of 29,200."""
    facts = {"wages": 300_000, "itemized": PAID, "deduction": elected}
    exercise = an_iso_exercise(strike=1.5, value=100, year=2024)
    return parse_scenario(years_from(2024, facts, status="married_filing_jointly", **exercise))


def line_of(explained: Explained, form: str, line: str) -> LineDifference:
    (found,) = [each for each in explained.lines if (each.form, each.line) == (form, line)]
    return found


def ends_of(explained: Explained) -> float:
    return sum(line.ends for line in explained.lines)


def test_itemizing_is_explained_by_what_amt_adds_back() -> None:
    found = why(astra("standard"), astra("itemized")).federal_tax

    assert found.difference == pytest.approx(-6_650)
    assert found.headline == "Federal tax of 2024 is $316,265 instead of $322,915: $6,650 less."
    assert [(part.form, part.line, part.share) for part in found.parts[:2]] == [
        ("Form 6251", "11", pytest.approx(-6_698)),
        ("Form 1040", "16", pytest.approx(48)),
    ]
    # 19,200 less is added back, which also leaves 4,800 more of the exemption: 28% of 24,000.
    assert line_of(found, "Form 6251", "2a").ends == pytest.approx(-6_720)
    # 200 less is deducted, in AMT income and in what shrinks the exemption: 28% of 250.
    assert line_of(found, "Form 6251", "1a").ends == pytest.approx(70)
    assert found.sentences == (
        "Taxes deducted on Schedule A, or the standard deduction (Form 6251, line 2a): $10,000 "
        "instead of $29,200. That takes $6,720 off federal tax.",
        "Deductions without senior deduction and exemptions (Form 6251, line 1a): $29,000 "
        "instead of $29,200. That adds $70 to federal tax.",
    )


def test_the_input_that_differs_is_named_with_its_effect() -> None:
    (changed,) = why(astra("standard"), astra("itemized")).inputs

    assert (changed.path, changed.before, changed.after) == (
        "years[0].deduction",
        "standard",
        "itemized",
    )
    assert (changed.federal_tax, changed.credit) == pytest.approx((-6_650, -6_698))


def test_in_an_amt_year_wages_are_taxed_at_the_amt_rate() -> None:
    document = a_year(2026, wages=100_000) | an_iso_exercise(value=31)
    before = parse_scenario(document)
    found = why(before, with_facts(before, 2026, wages=110_000.0)).federal_tax

    # AMTI of 400,000 is above the break and below the phase-out.
    assert found.difference == pytest.approx(2_800)
    assert line_of(found, "Form 1040", "1z").ends == pytest.approx(2_800)
    assert found.sentences[0].startswith(
        "Wages, with the income of options and dispositions (Form 1040, line 1z): $110,000 instead"
    )


def test_the_credit_used_follows_only_what_limits_it() -> None:
    opening = {"minimum_tax_credit": 500_000}
    before = parse_scenario(years_from(2026, {"wages": 200_000}, opening=opening))
    more = replace(before, opening=replace(before.opening, minimum_tax_credit=600_000.0))

    found = why(before, more)

    assert found.federal_tax.lines == ()
    assert found.credit.difference == pytest.approx(100_000)
    assert line_of(found.credit, "Form 8801", "19").ends == pytest.approx(100_000)


@pytest.mark.parametrize("status", ["single", "married_filing_separately"])
def test_what_lines_account_for_adds_up_in_any_household(status: str) -> None:
    random = np.random.default_rng(8)
    common = structure(status, 2025, ("larger", "itemized", "standard"))
    for _ in range(10):
        before, after = (parse_scenario(household(random, common)) for _ in range(2))
        for year in (2025, 2026, 2027):
            for pair, to_year in (((before, after), year), ((before, before), 2026)):
                found = why(*pair, year=year, to_year=to_year)
                for explained in (found.federal_tax, found.credit):
                    assert sum(part.share for part in explained.parts) == pytest.approx(
                        explained.difference, abs=1e-4
                    )
                    assert ends_of(explained) == pytest.approx(explained.difference, abs=0.5)
                    shares = [abs(line.share) for line in explained.lines]
                    assert shares == sorted(shares, reverse=True)
                    assert len(explained.sentences) <= 5


@pytest.mark.parametrize("path", ["sunset", "flat"])
def test_another_law_is_an_input_and_adds_up_too(path: str) -> None:
    before = parse_scenario(two_years())
    after = parse_scenario(two_years() | {"law": {"path": path}})

    found = why(before, after)

    assert found.inputs[0].path == "law.path"
    assert found.inputs[0].federal_tax == pytest.approx(found.federal_tax.difference)
    assert ends_of(found.federal_tax) == pytest.approx(found.federal_tax.difference)
    assert ends_of(found.credit) == pytest.approx(found.credit.difference)


def test_a_scenario_does_not_differ_from_itself() -> None:
    scenario = astra("larger")
    found = why(scenario, scenario)

    assert (found.federal_tax.difference, found.credit.difference) == (0, 0)
    assert (found.federal_tax.lines, found.federal_tax.sentences, found.inputs) == ((), (), ())
    assert found.federal_tax.headline == "Federal tax of 2024 is $322,915 in both."


def two_years() -> Document:
    facts: list[Document] = [{"wages": 200_000}, {"wages": 260_000, "long_term_gain": 50_000}]
    return years_from(2026, *facts, **an_iso_exercise(value=31))


def test_two_years_of_one_scenario_are_compared() -> None:
    scenario = parse_scenario(two_years())
    found, result = why(scenario, scenario, year=2026, to_year=2027), evaluate(scenario)

    assert (found.year_before, found.year_after) == (2026, 2027)
    assert found.federal_tax.before == result.years[0].federal_tax
    assert found.federal_tax.after == result.years[1].federal_tax
    assert found.federal_tax.headline.startswith("Federal tax is $")
    assert [(each.path, each.before, each.after) for each in found.inputs] == [
        ("years[1].wages", 200_000, 260_000),
        ("years[1].long_term_gain", 0, 50_000),
    ]
    alone = evaluate(with_facts(scenario, 2026, wages=260_000.0)).years[0]
    assert found.inputs[0].federal_tax == pytest.approx(
        alone.federal_tax - result.years[0].federal_tax
    )


def test_the_year_that_differs_most_is_explained() -> None:
    before = parse_scenario(two_years())
    after = with_facts(with_facts(before, 2026, wages=201_000.0), 2027, wages=300_000.0)

    found = why(before, after)

    assert found.year_before == found.year_after == 2027
    assert [year for year, *_ in found.years] == [2026, 2027]
    # AMTI of 500,000 is where the phase-out begins: 28% of 1,500, and 0.9% over 200,000.
    assert found.years[0][1] == pytest.approx(429)


def test_events_that_come_and_go_are_inputs() -> None:
    sale = {"id": "s1", "from": "e1", "date": "2027-06-01", "shares": 500, "price": 40}
    before = parse_scenario(two_years())
    after = parse_scenario(two_years() | {"sales": [sale]})

    (sold,) = why(before, after).inputs
    assert (sold.path, sold.before) == ("sales[0]", None)
    assert sold.after == sale | {"kind": "sale", "loss_recognized": True}
    assert sold.federal_tax == pytest.approx(
        evaluate(after).years[1].federal_tax - evaluate(before).years[1].federal_tax
    )

    (kept,) = why(after, before).inputs
    assert (kept.path, kept.after) == ("sales[0]", None)


def test_an_input_that_cannot_be_changed_alone_has_no_effect_of_its_own() -> None:
    more = two_years()
    more["grants"][0]["shares"] = 12_000
    more["exercises"][0]["shares"] = 12_000

    inputs = {
        each.path: each for each in why(parse_scenario(two_years()), parse_scenario(more)).inputs
    }

    assert inputs["exercises[0].shares"].federal_tax is None
    assert inputs["grants[0].shares"].federal_tax == 0


def test_a_change_of_the_household_reaches_every_year() -> None:
    joint = two_years() | {"household": {"filing_status": "married_filing_jointly"}}
    before, after = parse_scenario(two_years()), parse_scenario(joint)

    found = why(before, after, year=2027)

    (status,) = found.inputs
    assert status.path == "household.filing_status"
    assert status.federal_tax == pytest.approx(found.federal_tax.difference)


def test_a_year_of_its_own_household_is_named() -> None:
    own = two_years()
    own["years"][1]["household"] = {"filing_status": "head_of_household"}

    (status,) = why(parse_scenario(two_years()), parse_scenario(own)).inputs

    assert status.path == "years[1].household.filing_status"


def test_another_value_at_exercise_shows_on_line_2i() -> None:
    before = parse_scenario(two_years())
    after = with_exercise(before, "e1", fair_market_value=36.0)

    found = why(before, after, year=2026)

    line = line_of(found.federal_tax, "Form 6251", "2i")
    assert (line.before, line.after) == (300_000, 350_000)
    assert line.ends == pytest.approx(found.federal_tax.difference)
    assert found.inputs[0].path == "exercises[0].fair_market_value"


@pytest.mark.parametrize(("year", "to_year"), [(2030, None), (2026, 2030), (1999, 2026)])
def test_a_year_that_is_not_there_is_refused(year: int, to_year: int | None) -> None:
    scenario = parse_scenario(two_years())
    with pytest.raises(InvalidScenario) as caught:
        why(scenario, scenario, year=year, to_year=to_year)

    assert [problem.path for problem in caught.value.problems] == ["year"]


def test_scenarios_without_a_year_in_common_need_two_years() -> None:
    before, after = parse_scenario(a_year(2024)), parse_scenario(a_year(2026))

    with pytest.raises(InvalidScenario):
        why(before, after)
    assert why(before, after, year=2024, to_year=2026).years == ()


def test_the_command_line_compares_two_files(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    paths = [tmp_path / "before.json", tmp_path / "after.json"]
    for path, wages in zip(paths, (100_000, 120_000), strict=True):
        path.write_text(json.dumps(a_year(2026, wages=wages)), encoding="utf-8")

    status = main(["why", "--from", str(paths[0]), "--to", str(paths[1])])
    answer = json.loads(capfdbinary.readouterr().out)

    assert status == 0
    assert answer["inputs"][0]["path"] == "years[0].wages"
    assert answer["federal_tax"]["lines"][0]["line"] == "16"


def test_the_command_line_compares_two_years_of_a_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(two_years()), encoding="utf-8")

    status = main(["why", "--year", "2026", "--to-year", "2027", str(path)])
    answer = json.loads(capfdbinary.readouterr().out)

    assert status == 0
    assert (answer["year_before"], answer["year_after"]) == (2026, 2027)


def test_a_file_that_is_missing_is_a_problem(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(two_years()), encoding="utf-8")

    assert main(["why", "--from", str(path), "--to", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in json.loads(capfdbinary.readouterr().out)["problems"][0]["message"]
