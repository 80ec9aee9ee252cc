"""Joint or separate: the two returns of a couple against one of both.

Each spouse has a scenario: income, grants, lots and what is carried in are their own.  The joint
return has the sum of both.  Separate ones take the same kind of deduction, as the standard
deduction of one is zero where the other itemizes: IRC 63(c)(6)(A).  Where nobody elects a kind,
either way of filing takes in each year the one that costs less in that year.

Separate returns first and joint ones later are computed too: a joint return carries on the losses
and the credit of both.  The other way round is not, as credit and losses would have to be divided.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.analysis.couple import (
    both_losses,
    jointly,
    kinds_of_deduction,
    separately,
    spouses_of,
)
from calculator.cautions import INCOME_OF_WASH_SALE, WASH_SALE, cautions
from calculator.equity.compensation import NO_EQUITY, equity_by_year
from calculator.timeline import carried_into_first_year, one_year
from calculator.year import CarriedIn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculator.results import YearResult
    from calculator.scenario import CapitalLoss, Scenario

AMOUNTS = (
    "adjusted_gross_income",
    "taxable_income",
    "regular_tax",
    "amti",
    "amt_exemption",
    "tentative_minimum_tax",
    "amt",
    "credit_available",
    "credit_used",
    "credit_generated",
    "credit_eroded",
    "credit_balance",
    "net_investment_income_tax",
    "additional_medicare_tax",
    "federal_tax",
)
"""Of each return; the names are those of the result."""
SAME_COST = 0.005
"""Dollars: of two kinds of deduction that cost the same, the first is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfCouple:
    """One year.  Dollars."""

    year: int
    joint: dict[str, float]
    separate: tuple[dict[str, float], dict[str, float]]
    """Of the two spouses, in the order in which they were given."""
    deduction: str
    """What both take on separate returns."""
    joint_deduction: str
    joint_saves: float
    """Federal tax of the two separate returns less that of the joint one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointFrom:
    """Separate returns before a year, and joint ones from it on.  Dollars over all years."""

    year: int
    federal_tax: float
    credit_left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WashSaleOfCouple:
    """A sale at a loss beside shares that the other spouse acquires."""

    spouse: int
    """0 or 1: whose sale it is."""
    sale: str
    """Its identifier in that spouse's scenario."""
    system: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOrSeparate:
    """The years, and their sums.  Dollars."""

    years: tuple[YearOfCouple, ...]
    joint_saves: float
    joint_credit_left: float
    separate_credit_left: float
    joint_from: tuple[JointFrom, ...]
    """Every year from which joint returns may begin, the first one of all joint."""
    wash_sales: tuple[WashSaleOfCouple, ...]
    """Those that only both scenarios together show."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return asdict(self)


class _Filed(NamedTuple):
    """A year of one return or of two, with the kind of deduction that all took."""

    results: tuple[YearResult, ...]
    kind: str
    carried: tuple[CarriedIn, ...]

    @property
    def federal_tax(self) -> float:
        return sum(float(each.federal_tax) for each in self.results)

    @property
    def credit_balance(self) -> float:
        return sum(float(each.credit_balance) for each in self.results)


def joint_or_separate(one: Scenario, other: Scenario) -> JointOrSeparate:
    """Compares separate returns of two spouses with a joint one, in every year that both cover.

    The filing status that the scenarios say is not looked at.

    Raises:
        InvalidScenario: They do not begin with the same year or are of different laws, one is not
            one person's, one deduction excludes the other, or together they are more than can be
            computed.
    """
    spouses = spouses_of(one, other)
    joint = jointly(*spouses)
    kinds = [kinds_of_deduction(*facts) for facts in zip(*(s.years for s in spouses), strict=True)]
    together = list(_returns((joint,), kinds))
    apart = list(_returns(tuple(map(separately, spouses)), kinds))
    years = tuple(map(_year, together, apart))
    return JointOrSeparate(
        years=years,
        joint_saves=sum(year.joint_saves for year in years),
        joint_credit_left=together[-1].credit_balance,
        separate_credit_left=apart[-1].credit_balance,
        joint_from=tuple(_every_beginning(joint, kinds, together, apart)),
        wash_sales=tuple(_wash_sales(joint, spouses)),
    )


def joint_scenario(one: Scenario, other: Scenario) -> Scenario:
    """The scenario of the joint return as it is compared, with the deductions that it takes."""
    joint = jointly(one, other)
    spouses = spouses_of(one, other)
    kinds = [kinds_of_deduction(*facts) for facts in zip(*(s.years for s in spouses), strict=True)]
    by_size = _returns((joint,), [(facts.deduction,) for facts in joint.years])
    taken = zip(joint.years, by_size, _returns((joint,), kinds), strict=True)
    years = (
        facts
        if usual.results[0].deduction.kind == chosen.results[0].deduction.kind
        else replace(facts, deduction=chosen.kind)
        for facts, usual, chosen in taken
    )
    return replace(joint, years=tuple(years))


def _returns(
    scenarios: tuple[Scenario, ...],
    kinds: Sequence[tuple[str, ...]],
    carried: tuple[CarriedIn, ...] | None = None,
    first: int = 0,
) -> Iterator[_Filed]:
    """Year after year, from the given one on, with the deduction that costs least in it."""
    equity = [equity_by_year(each) for each in scenarios]
    carried = carried or tuple(map(carried_into_first_year, scenarios))
    for place in range(first, len(kinds)):
        tried = []
        for kind in kinds[place]:
            pairs = []
            for scenario, own, brought in zip(scenarios, equity, carried, strict=True):
                facts = replace(scenario.years[place], deduction=kind)
                events = own.get(facts.year, NO_EQUITY)
                pairs.append(one_year(scenario, facts, events, brought))
            results, on = zip(*pairs, strict=True)
            tried.append(_Filed(results, kind, on))
        best = min(filed.federal_tax for filed in tried)
        filed = next(each for each in tried if each.federal_tax <= best + SAME_COST)
        carried = filed.carried
        yield filed


def _every_beginning(
    joint: Scenario,
    kinds: Sequence[tuple[str, ...]],
    together: Sequence[_Filed],
    apart: Sequence[_Filed],
) -> Iterator[JointFrom]:
    before = 0.0
    for place, filed in enumerate(together):
        years = together
        if place:
            last = apart[place - 1]
            before += last.federal_tax
            years = list(_returns((joint,), kinds, (_of_both(last),), place))
        yield JointFrom(
            year=filed.results[0].year,
            federal_tax=before + sum(each.federal_tax for each in years),
            credit_left=years[-1].credit_balance,
        )


def _of_both(last: _Filed) -> CarriedIn:
    """What two separate returns hand on to a joint one: the credit and the losses of both.

    The credit is what each of them has available: what the last year adds or takes is each one's.
    """
    mine, theirs = last.carried
    return CarriedIn(
        minimum_tax_credit=last.credit_balance,
        prior_year=None,
        capital_loss=both_losses(mine.capital_loss, theirs.capital_loss),
        amt_capital_loss=both_losses(mine.amt_capital_loss, theirs.amt_capital_loss),
    )


def _year(together: _Filed, apart: _Filed) -> YearOfCouple:
    (joint,) = together.results
    mine, theirs = apart.results
    return YearOfCouple(
        year=joint.year,
        joint=_amounts(joint),
        separate=(_amounts(mine), _amounts(theirs)),
        deduction=apart.kind,
        joint_deduction=joint.deduction.kind,
        joint_saves=float(mine.federal_tax + theirs.federal_tax - joint.federal_tax),
    )


def _amounts(year: YearResult) -> dict[str, float]:
    forms = year.forms
    part_i = forms.form_6251.part_i
    itemized = forms.schedule_a if year.deduction.itemizes else None
    return {name: float(getattr(year, name)) for name in AMOUNTS} | {
        "capital_loss_carryforward": _in_all(year.capital_loss_carryforward),
        "amt_capital_loss_carryforward": _in_all(year.amt_capital_loss_carryforward),
        "loss_deducted": -float(forms.schedule_d.loss_allowed),
        "amt_loss_deducted": -float(forms.amt_schedule_d.loss_allowed),
        # Line 4 is the sum of those before it but for what separate returns add.
        "amt_added_back": float(part_i.amti - sum(part_i[1:-1])),
        "state_and_local_taxes_deducted": 0.0 if itemized is None else float(itemized.form.taxes),
        "deduction_amount": float(year.deduction.amount),
        "schedule_1a_deductions": float(forms.form_1040.schedule_1a_deductions),
    }


def _in_all(loss: CapitalLoss) -> float:
    return float(loss.short_term + loss.long_term)


def _wash_sales(joint: Scenario, spouses: tuple[Scenario, Scenario]) -> Iterator[WashSaleOfCouple]:
    """What shares of one make of a sale of the other: a spouse's purchase counts as one's own."""
    offset = len(spouses[0].sales)
    known = {
        (caution.kind, _place(caution.path) + offset * whose)
        for whose, spouse in enumerate(spouses)
        for caution in cautions(spouse)
        if caution.kind in (WASH_SALE, INCOME_OF_WASH_SALE)
    }
    for caution in cautions(joint):
        if caution.kind not in (WASH_SALE, INCOME_OF_WASH_SALE):
            continue
        place = _place(caution.path)
        if (caution.kind, place) not in known:
            whose = int(place >= offset)
            yield WashSaleOfCouple(
                spouse=whose,
                sale=spouses[whose].sales[place - offset * whose].id,
                system=caution.system,
                message=caution.message,
            )


def _place(path: str) -> int:
    """The number in ``sales[3].loss_recognized``."""
    return int(path.partition("[")[2].partition("]")[0])
