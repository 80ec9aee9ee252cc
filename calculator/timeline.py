"""Folds the years of a scenario: what one year carries over, the next begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, choose, total_of
from calculator.equity.compensation import NO_EQUITY, EquityYear, equity_by_year
from calculator.filed_amounts import filed_equity, filed_facts, filed_opening
from calculator.law import law_for
from calculator.law.as_filed import as_filed
from calculator.results import NEVER, ScenarioResult, Totals, YearResult
from calculator.year import CarriedIn, compute_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from calculator.law.parameters import YearLaw
    from calculator.scenario import Assumptions, LawChoice, Method, Scenario, YearFacts

    LawOf: TypeAlias = Callable[[int, str, LawChoice], YearLaw]


class YearInputs(NamedTuple):
    """All that a year is computed from."""

    facts: YearFacts
    equity: EquityYear
    law: YearLaw
    carried: CarriedIn
    method: Method

    def compute(self) -> tuple[YearResult, CarriedIn]:
        """The year's result, and what it hands on to the next."""
        return compute_year(*self)


HALF_A_CENT = 0.005
"""A smaller balance is what rounding left of a credit that is used up."""


def evaluate(scenario: Scenario, *, law_of: LawOf = law_for) -> ScenarioResult:
    """Every year of the scenario in order, and the totals.

    One scenario is computed with plain floats; where the document held arrays, all amounts of the
    result have the scenario's batch shape.  ``law_of`` gives the law of a year for a filing
    status, for those who suppose another.
    """
    years = tuple(each_year(scenario, law_of=law_of))
    return ScenarioResult(
        years,
        totals_of(years, scenario.assumptions),
        scenario.batch_shape,
    )


def each_year(scenario: Scenario, *, law_of: LawOf = law_for) -> Iterator[YearResult]:
    """One year after the other, for those who keep only some amounts of a large batch.

    All forms of a year take some 3 kB a scenario; those that are dropped make room for the next.
    """
    return (result for _, result in each_year_with_inputs(scenario, law_of=law_of))


def each_year_with_inputs(
    scenario: Scenario, *, law_of: LawOf = law_for
) -> Iterator[tuple[YearInputs, YearResult]]:
    """Each year beside what it is computed from, for those who change one thing in one year."""
    equity = equity_by_year(scenario)
    carried = carried_into_first_year(scenario)
    for facts in scenario.years:
        own = equity.get(facts.year, NO_EQUITY)
        inputs = inputs_of_year(scenario, facts, own, carried, law_of=law_of)
        result, carried = inputs.compute()
        yield inputs, result


def one_year(
    scenario: Scenario,
    facts: YearFacts,
    equity: EquityYear,
    carried: CarriedIn,
    *,
    law_of: LawOf = law_for,
) -> tuple[YearResult, CarriedIn]:
    """A year under the law and the method of a scenario, and what it hands on to the next."""
    return inputs_of_year(scenario, facts, equity, carried, law_of=law_of).compute()


def inputs_of_year(
    scenario: Scenario,
    facts: YearFacts,
    equity: EquityYear,
    carried: CarriedIn,
    *,
    law_of: LawOf = law_for,
) -> YearInputs:
    """A year under the law and the method of a scenario, before it is computed."""
    law = law_of(facts.year, facts.household.filing_status, scenario.law)
    if scenario.is_filed:
        told = filed_facts(facts, equity), filed_equity(equity), as_filed(law)
    else:
        told = facts, equity, law
    return YearInputs(*told, carried, scenario.method)


def carried_into_first_year(scenario: Scenario) -> CarriedIn:
    """What the first year begins with."""
    opening = filed_opening(scenario.opening) if scenario.is_filed else scenario.opening
    return CarriedIn(
        minimum_tax_credit=opening.minimum_tax_credit,
        prior_year=None,
        capital_loss=opening.capital_loss,
        amt_capital_loss=opening.amt_capital_loss,
    )


def totals_of(years: Sequence[YearResult], assumed: Assumptions) -> Totals:
    """Sums over the years, and what is left after the last.

    Present values are as of the first year.  The credit left is worth what the person says, at
    the end of the last year; nothing unless they say so.
    """
    growth = 1.0 + assumed.discount_rate
    return Totals(
        regular_tax=total_of(year.regular_tax for year in years),
        amt=total_of(year.amt for year in years),
        credit_used=total_of(year.credit_used for year in years),
        credit_eroded=total_of(year.credit_eroded for year in years),
        net_investment_income_tax=total_of(year.net_investment_income_tax for year in years),
        additional_medicare_tax=total_of(year.additional_medicare_tax for year in years),
        federal_tax=total_of(year.federal_tax for year in years),
        state_tax=0.0,
        present_value=total_of(
            year.federal_tax / growth**later for later, year in enumerate(years)
        ),
        credit_left=years[-1].credit_balance,
        first_year_without_credit=_first_year_without_credit(years),
        value_of_credit_left=assumed.credit_value
        * years[-1].credit_balance
        / growth ** (len(years) - 1),
    )


def _first_year_without_credit(years: Sequence[YearResult]) -> Dollars:
    first: Dollars = NEVER
    for year in reversed(years):
        recovered = (year.credit_available >= HALF_A_CENT) & (year.credit_balance < HALF_A_CENT)
        first = choose(recovered, float(year.year), first)
    return first
