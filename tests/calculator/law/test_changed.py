"""A law with parameters changed, and what follows from them."""

from __future__ import annotations

from math import inf, nan

import pytest

from calculator.errors import InvalidScenario
from calculator.law import law_for
from calculator.law.changed import LawChange, changeable_parameters, changed_law
from calculator.law.parameters import YearLaw
from calculator.scenario import LawChoice

SEPARATE = "married_filing_separately"


def law(year: int = 2026, status: str = "single") -> YearLaw:
    return law_for(year, status, LawChoice())


def test_a_parameter_is_changed_and_no_other() -> None:
    changed = changed_law(law(), [LawChange("amt.rate_break", 100_000.0)])

    assert changed == law()._replace(
        origin="counterfactual", amt=law().amt._replace(rate_break=100_000.0)
    )


def test_a_change_holds_from_its_year_on() -> None:
    changes = [LawChange("amt.low_rate", 0.2, from_year=2027)]

    assert changed_law(law(2026), changes) == law(2026)
    assert [changed_law(law(year), changes).amt.low_rate for year in (2027, 2028)] == [0.2, 0.2]


def test_later_changes_stand_over_earlier_ones() -> None:
    changes = [LawChange("amt.low_rate", 0.2), LawChange("amt.low_rate", 0.3, from_year=2026)]

    assert changed_law(law(2025), changes).amt.low_rate == 0.2
    assert changed_law(law(2026), changes).amt.low_rate == 0.3


def test_the_loss_limit_is_one_for_both_systems_unless_that_of_amt_is_changed() -> None:
    both = changed_law(law(), [LawChange("gains.loss_limit", 10_000.0)]).gains
    amt_alone = changed_law(law(), [LawChange("gains.amt_loss_limit", inf)]).gains

    assert (both.loss_limit, both.amt_loss_limit) == (10_000, 10_000)
    assert (amt_alone.loss_limit, amt_alone.amt_loss_limit) == (3_000, inf)


def test_separate_returns_are_increased_from_where_the_exemption_ends() -> None:
    start = law(status=SEPARATE).amt.phaseout_start
    changes = [LawChange("amt.exemption", 50_000.0), LawChange("amt.phaseout_rate", 0.25)]

    assert changed_law(law(status=SEPARATE), changes).amt.separate_addback_start == start + 200_000
    assert changed_law(law(), changes).amt.separate_addback_start == inf


def test_an_exemption_that_is_never_phased_out_has_no_end() -> None:
    changed = changed_law(law(status=SEPARATE), [LawChange("amt.phaseout_rate", 0.0)])

    assert changed.amt.separate_addback_start == inf


def test_a_rate_of_the_schedule_is_changed() -> None:
    changed = changed_law(law(), [LawChange("brackets.rates[6]", 0.396)]).brackets
    top = changed.floors[6]

    assert changed.tax(top) == law().brackets.tax(top)
    assert changed.tax(top + 1_000) == pytest.approx(law().brackets.tax(top) + 396)


def test_the_limit_on_itemized_deductions_begins_with_the_top_bracket() -> None:
    changed = changed_law(law(), [LawChange("brackets.floors[6]", 1_000_000.0)])

    assert changed.brackets.floors[6] == 1_000_000
    assert changed.deductions.itemized_limit_start == 1_000_000
    before = changed_law(law(2025), [LawChange("brackets.floors[6]", 1_000_000.0)])
    assert before.deductions.itemized_limit_start == inf


def test_every_parameter_can_be_changed() -> None:
    assert {"amt.exemption", "deductions.salt_cap", "surtaxes.additional_medicare_rate"} <= set(
        changeable_parameters()
    )
    for path in changeable_parameters():
        group, name = path.split(".")
        changed = changed_law(law(), [LawChange(path, 0.125)])
        assert getattr(getattr(changed, group), name) == 0.125


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("amt", 1.0),
        ("amt.exemptions", 1.0),
        ("origin", 1.0),
        ("deductions.allowed", 0.0),
        ("amt.__class__", 1.0),
        ("amt.exemption", -1.0),
        ("amt.exemption", nan),
        ("amt.exemption", inf),
        ("amt.low_rate", 1.5),
        ("deductions.gift_ceiling_fraction", 2.0),
        ("brackets.rates[6]", 1.01),
        ("brackets.rates[7]", 0.5),
        ("brackets.floors[0]", 10.0),
        ("brackets.floors[7]", 1e7),
        ("brackets.floors[6]", 1.0),
        ("brackets.floors[6]", inf),
        ("exemptions.phaseout_step", 0.0),
    ],
)
def test_what_no_law_could_say_is_refused(path: str, value: float) -> None:
    with pytest.raises(InvalidScenario) as caught:
        changed_law(law(), [LawChange(path, value)])

    assert [problem.path for problem in caught.value.problems] == ["change"]
