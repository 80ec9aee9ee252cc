"""Plans for options: by hand, as the engine has them once applied, and by brute force."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.option_grants import Options
from calculator.analysis.option_plans import option_plans

FIRST_DAY = date(2026, 6, 1)


def document(wages=180_000, years=6, strikes=(1.5,)):
    return {
        "schema_version": 1,
        "years": [{"year": 2026 + later, "wages": wages} for later in range(years)],
        "grants": [
            {"id": f"g{n}", "kind": "iso", "date": "2020-01-02", "shares": 1e6, "strike": strike}
            for n, strike in enumerate(strikes, 1)
        ],
    }


def plans_for(base, *options, within=3, **more):
    asked = [Options(grant=f"g{n}", shares=s, value=v) for n, (s, v) in enumerate(options, 1)]
    return option_plans(parse_scenario(base), asked, FIRST_DAY, within, **more)


def applied(base, plan):
    rows = [{"id": f"e{n}"} | row for n, row in enumerate(plan.exercises())]
    return evaluate(parse_scenario(base | {"exercises": rows}))


EVERY = ("now", "line", "even", "cheapest")


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("strikes", [(1.5,), (2, 7)], ids=["one grant", "two grants"])
def test_a_plan_in_the_document_gives_its_very_figures(name, strikes):
    base = document(strikes=strikes)
    options = [(9_000, 12), (4_000, 12)][: len(strikes)]
    plan = getattr(plans_for(base, *options), name)()

    result = applied(base, plan)

    assert plan.amt == pytest.approx([float(year.amt) for year in result.years], abs=0.01)
    balance = [float(year.credit_balance) for year in result.years]
    assert plan.credit_balance == pytest.approx(balance, abs=0.01)
    assert plan.federal_tax == pytest.approx(float(result.totals.federal_tax), abs=0.01)


def test_all_at_once_pays_what_form_6251_says():
    # 105,000 of spread, of which 32,923.08 are before AMT: 26% of the rest.
    plan = plans_for(document(), (10_000, 12)).now()

    assert plan.shares == (10_000, 0, 0, 0, 0, 0)
    assert plan.amt[0] == pytest.approx(18_740, abs=0.01)
    assert plan.cash[0] == pytest.approx(18_740 + 15_000, abs=0.01)


def test_up_to_the_line_nothing_more_would_fit():
    base = document()
    plan = plans_for(base, (10_000, 12)).line()

    assert plan.shares[0] == 3_135
    assert sum(plan.shares) == 10_000
    assert max(plan.amt) <= 0.001
    one_more = [dict(row) for row in plan.exercises()]
    one_more[1]["shares"] += 1
    rows = [{"id": f"e{n}"} | row for n, row in enumerate(one_more)]
    assert evaluate(parse_scenario(base | {"exercises": rows})).years[1].amt > 0


def test_the_line_says_what_it_leaves():
    plan = plans_for(document(years=2), (10_000, 12)).line()

    assert plan.shares_left == 10_000 - sum(plan.shares) > 0


def test_an_even_part_of_each_grant_is_whole():
    plan = plans_for(document(strikes=(2, 7)), (1_000, 12), (500, 12)).even()

    assert plan.by_lot[:4] == ((166, 333), (167, 333), (167, 334), (0, 0))


def test_nothing_is_exercised_after_the_last_year_allowed():
    plans = plans_for(document(), (40_000, 12), within=5, last_year=2027)

    for name in EVERY:
        assert not any(getattr(plans, name)().shares[2:])


@pytest.mark.parametrize("wages", [120_000, 420_000])
def test_no_division_of_a_fine_grid_is_cheaper(wages):
    base = document(wages=wages, years=4, strikes=(2, 7))
    plans = plans_for(base, (20_000, 32), (9_000, 32), within=2)
    total, cheapest = plans.turn.shares, plans.cheapest()

    first = np.linspace(0, total, 401)
    counts = np.column_stack([first, total - first])
    before = np.column_stack([np.zeros(401), first])
    result = plans.turn.computed(plans.days[:2], plans.turn.split(before, counts))

    assert sum(cheapest.shares) == total
    assert cheapest.cost <= float(result.totals.present_value.min()) + 1


def test_where_it_is_as_cheap_the_simpler_plan_with_less_amt_is_taken():
    # All AMT of one big exercise comes back in time, so it costs no more in the end.
    plans = plans_for(document(years=10), (4_000, 12))

    cheapest = plans.cheapest()

    assert plans.now().cost == pytest.approx(cheapest.cost, abs=1)
    assert cheapest.same_as == "line"
    assert sum(cheapest.amt) <= 0.001


def test_a_part_in_the_first_year_is_that_and_no_more():
    # 26% of what 4,135 at a spread of 10.50 are above the 32,923.08 before AMT, all of it credit.
    plan = plans_for(document(years=1), (10_000, 12)).first(4_135)

    assert plan.shares == (4_135,)
    assert plan.shares_left == 5_865
    assert plan.added_tax == pytest.approx(2_728.55, abs=0.01)
    assert plan.added_credit == pytest.approx(2_728.55, abs=0.01)
    assert plan.lost == pytest.approx(0, abs=0.01)
