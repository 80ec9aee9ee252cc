"""The sense of options and shares: terms, vesting, the end of employment, splits.

``RULES_OF_OPTIONS`` look only at what could be read.  ``RULES_OF_VESTED_SHARES`` look at scenarios
in which nothing else is wrong, in shares as after all splits.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from calculator.amounts import Dollars, total_of
from calculator.document.reading import quoted
from calculator.document.rule_parts import (
    Rule,
    anywhere,
    by_id,
    exceeds,
    first_excess,
    known,
    listed,
)
from calculator.equity.dispositions import sale_date
from calculator.equity.holding_period import anniversary, is_qualifying
from calculator.equity.iso_limits import incentive_shares, iso_parts
from calculator.equity.lots import tranches_of
from calculator.equity.splits import stock_of
from calculator.errors import Problem
from calculator.law.options import option_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculator.equity.lots import Tranche
    from calculator.scenario import Exercise, Grant, Sale, Scenario, Vesting


def vestings_name_grants(scenario: Scenario) -> Iterator[Problem]:
    """Every vesting names a grant."""
    if not known(scenario.grants):
        return
    grants = {grant.id for grant in scenario.grants}
    for i, vesting in enumerate(listed(scenario.vestings)):
        if known(vesting.grant) and vesting.grant not in grants:
            message = f"There is no grant {quoted(vesting.grant)}."
            yield Problem(path=f"vestings[{i}].grant", message=message)


def vestings_follow_their_grants(scenario: Scenario) -> Iterator[Problem]:
    """Nothing vests before it is granted."""
    grants = by_id(listed(scenario.grants))
    for i, vesting in enumerate(listed(scenario.vestings)):
        grant = grants.get(vesting.grant)
        if grant and known(vesting.date, grant.date) and vesting.date < grant.date:
            message = f"The options vest before their grant of {grant.date}."
            yield Problem(path=f"vestings[{i}].date", message=message)


def grants_come_before_their_ends(scenario: Scenario) -> Iterator[Problem]:
    """A grant expires, and employment ends, no earlier than it is granted."""
    for i, grant in enumerate(listed(scenario.grants)):
        for name, what in (
            ("expires", "The grant expires"),
            ("employment_ended", "Employment ends"),
        ):
            end = getattr(grant, name)
            if known(end, grant.date) and end is not None and end < grant.date:
                message = f"{what} before the day of the grant, {grant.date}."
                yield Problem(path=f"grants[{i}].{name}", message=message)


def incentive_options_end_in_time(scenario: Scenario) -> Iterator[Problem]:
    """An incentive stock option is not exercisable for more than ten years."""
    for i, grant in enumerate(listed(scenario.grants)):
        if not known(grant.expires, grant.date, grant.kind):
            continue
        if grant.expires is None or grant.kind != "iso":
            continue
        years = option_law().years_of_term
        if grant.expires > anniversary(grant.date, years):
            message = (
                f"An option that runs for more than {years} years is no incentive stock option "
                "(section 422(b)(3)): correct the day, or enter it as an NSO."
            )
            yield Problem(path=f"grants[{i}].expires", message=message)


def exercises_come_before_the_grant_expires(scenario: Scenario) -> Iterator[Problem]:
    """No exercise is dated after its grant has expired."""
    grants = by_id(listed(scenario.grants))
    for i, exercise in enumerate(listed(scenario.exercises)):
        grant = grants.get(exercise.grant)
        if not grant or not known(exercise.date, grant.expires) or grant.expires is None:
            continue
        if exercise.date > grant.expires:
            message = f"The grant expired on {grant.expires}."
            yield Problem(path=f"exercises[{i}].date", message=message)


def only_incentive_options_have_their_shares(scenario: Scenario) -> Iterator[Problem]:
    """Shares are designated as those of an incentive stock option only where there is one."""
    grants = by_id(listed(scenario.grants))
    for i, exercise in enumerate(listed(scenario.exercises)):
        grant = grants.get(exercise.grant)
        designated = exercise.iso_shares
        if not grant or not known(designated, grant.kind) or designated is None:
            continue
        if grant.kind != "iso":
            message = "The grant is not one of incentive stock options: leave this out."
            yield Problem(path=f"exercises[{i}].iso_shares", message=message)


def worthless_stock_has_no_price(scenario: Scenario) -> Iterator[Problem]:
    """Nothing is paid for worthless stock."""
    for i, sale in enumerate(listed(scenario.sales)):
        if known(sale.kind, sale.price) and sale.kind == "worthless" and anywhere(sale.price > 0.0):
            message = "Nothing is paid for worthless stock: enter 0, or a sale."
            yield Problem(path=f"sales[{i}].price", message=message)


def splits_make_sense(scenario: Scenario) -> Iterator[Problem]:
    """A split is of a stock that there is, and makes some shares of others."""
    for i, split in enumerate(listed(scenario.splits)):
        if known(split.ratio) and anywhere(split.ratio <= 0.0):
            message = "Enter how many new shares there are for each old one: 10, or 0.1."
            yield Problem(path=f"splits[{i}].ratio", message=message)
        if not known(split.stock, scenario.grants, scenario.holdings):
            continue
        stocks: set[str | None] = {grant.stock for grant in scenario.grants}
        stocks |= {stock_of(holding) for holding in scenario.holdings if known(holding.iso)}
        if split.stock not in stocks:
            message = (
                f"No grant or holding is of the stock {quoted(split.stock)}."
                if split.stock
                else "Name the stock: every grant here names its own."
            )
            yield Problem(path=f"splits[{i}].stock", message=message)


def no_more_vests_than_is_granted(scenario: Scenario) -> Iterator[Problem]:
    """The vestings of a grant add up to no more than its shares."""
    grants = by_id(scenario.grants)
    for name, vestings in _by_grant(scenario.vestings).items():
        if (place := first_excess(vestings, grants[name].shares)) is not None:
            message = f"More shares vest than {quoted(name)} granted."
            yield Problem(path=f"vestings[{place}].shares", message=message)


def no_more_is_exercised_than_is_exercisable(scenario: Scenario) -> Iterator[Problem]:
    """Only what has vested is exercised, but where a grant may be exercised early."""
    vestings, grants = _by_grant(scenario.vestings), by_id(scenario.grants)
    for name, exercises in _by_grant(scenario.exercises).items():
        grant, schedule = grants[name], vestings.get(name)
        if schedule is None:
            continue
        taken: Dollars = 0.0
        for place, exercise in sorted(exercises, key=lambda numbered: numbered[1].date):
            taken = taken + exercise.shares
            open_to_it = total_of(
                each.shares
                for _, each in schedule
                if grant.early_exercise or _has_vested(each, grant, exercise.date)
            )
            if exceeds(taken, open_to_it):
                message = (
                    "More shares are exercised than are to vest."
                    if grant.early_exercise
                    else "More shares are exercised than have vested by this day."
                )
                yield Problem(path=f"exercises[{place}].shares", message=message)
                break


def shares_have_vested_when_they_are_sold(scenario: Scenario) -> Iterator[Problem]:
    """Shares exercised early are sold only after they have vested."""
    tranches = tranches_of(scenario)
    sales: dict[str, list[tuple[int, Sale]]] = defaultdict(list)
    for i, sale in enumerate(scenario.sales):
        sales[sale.source].append((i, sale))
    for source, own in sales.items():
        if not any(tranche.vesting for tranche in tranches[source]):
            continue
        taken: Dollars = 0.0
        for place, sale in sorted(own, key=lambda numbered: numbered[1].date):
            taken = taken + sale.shares
            if exceeds(taken, _vested_by(tranches[source], sale.date)):
                message = "More shares are sold than have vested by this day."
                yield Problem(path=f"sales[{place}].shares", message=message)
                break


def values_at_vesting_are_known(scenario: Scenario) -> Iterator[Problem]:
    """Where shares wait to vest, the value on that day decides their income.

    With an election it does so only for regular tax, and only on a disqualifying disposition.
    """
    tranches, grants = tranches_of(scenario), by_id(scenario.grants)
    last = datetime.date(scenario.years[-1].year, 12, 31)
    needed: dict[str, str] = {}
    for exercise in scenario.exercises:
        grant = grants[exercise.grant]
        for tranche in tranches[exercise.id]:
            if not tranche.vesting or tranche.vested is None or tranche.vested > last:
                continue
            if not exercise.section_83b_election:
                needed[tranche.vesting] = (
                    "Give the value of a share on this day: shares exercised before it count now, "
                    "as no election under section 83(b) was made."
                )
            elif _sold_too_soon(scenario, exercise, grant):
                needed[tranche.vesting] = (
                    "Give the value of a share on this day: it measures the income of the shares "
                    "sold too soon, whatever was elected for AMT."
                )
    for i, vesting in enumerate(scenario.vestings):
        if vesting.id in needed and vesting.fair_market_value is None:
            yield Problem(path=f"vestings[{i}].fair_market_value", message=needed[vesting.id])


def no_more_is_designated_than_there_is(scenario: Scenario) -> Iterator[Problem]:
    """Designated shares are within their exercise and within what the limit leaves."""
    parts, left_by_limit = iso_parts(scenario), incentive_shares(scenario)
    taken: dict[str, Dollars] = defaultdict(float)
    designates: set[str] = set()
    numbered = enumerate(scenario.exercises)
    for i, exercise in sorted(numbered, key=lambda each: each[1].date):
        designated, name = exercise.iso_shares, exercise.grant
        path = f"exercises[{i}].iso_shares"
        if designated is None:
            taken[name] = taken[name] + exercise.shares * parts[exercise.id]
            if name in designates and exceeds(taken[name], left_by_limit[name]):
                message = "Earlier exercises say how many shares are an ISO's: say it here too."
                yield Problem(path=path, message=message)
            continue
        designates.add(name)
        taken[name] = taken[name] + designated
        if exceeds(designated, exercise.shares):
            yield Problem(path=path, message="These are more shares than are exercised.")
        elif exceeds(taken[name], left_by_limit[name]):
            message = "These are more shares of an incentive stock option than the limit leaves."
            yield Problem(path=path, message=message)


def _by_grant(events: Sequence[Any]) -> dict[str, list[tuple[int, Any]]]:
    found: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for i, event in enumerate(events):
        found[event.grant].append((i, event))
    return found


def _has_vested(vesting: Vesting, grant: Grant, day: datetime.date) -> bool:
    ended = grant.employment_ended
    return vesting.date <= day and (ended is None or vesting.date <= ended)


def _vested_by(tranches: Sequence[Tranche], day: datetime.date) -> Dollars:
    return total_of(
        tranche.shares
        for tranche in tranches
        if tranche.vested is not None and tranche.vested <= day
    )


def _sold_too_soon(scenario: Scenario, exercise: Exercise, grant: Grant) -> bool:
    return grant.kind == "iso" and any(
        not is_qualifying(grant.date, exercise.date, sale_date(sale))
        for sale in scenario.sales
        if sale.source == exercise.id
    )


RULES_OF_OPTIONS: Final[tuple[Rule, ...]] = (
    vestings_follow_their_grants,
    grants_come_before_their_ends,
    incentive_options_end_in_time,
    exercises_come_before_the_grant_expires,
    only_incentive_options_have_their_shares,
    worthless_stock_has_no_price,
    splits_make_sense,
)

RULES_OF_VESTED_SHARES: Final[tuple[Rule, ...]] = (
    no_more_vests_than_is_granted,
    no_more_is_exercised_than_is_exercisable,
    shares_have_vested_when_they_are_sold,
    values_at_vesting_are_known,
    no_more_is_designated_than_there_is,
)
