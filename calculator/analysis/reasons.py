"""Why an exercise or a sale counts as what it does: a sentence for each rule, and where it stands.

The computation decides by the same dates and parts; these are its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from calculator.equity.dispositions import (
    DISQUALIFYING,
    DISQUALIFYING_SAME_YEAR,
    NOT_ISO,
    QUALIFYING,
)
from calculator.equity.holding_period import anniversary, first_qualifying_day
from calculator.equity.iso_limits import last_day_as_iso, limit_uses
from calculator.law.options import option_law

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from calculator.amounts import Condition
    from calculator.equity.dispositions import Disposition
    from calculator.equity.iso_limits import LimitUse
    from calculator.equity.lots import Lot, Tranche
    from calculator.scenario import Exercise, Grant, Sale, Scenario

NOTICED = 1e-6
"""Dollars or shares; less is rounding."""


class Reason(NamedTuple):
    """A rule as it applies here."""

    words: str
    citation: str


Reasons: TypeAlias = "Callable[[Grant, Exercise, Tranche, Lot], tuple[Reason, ...]]"


def reasons_of_exercise(scenario: Scenario) -> Reasons:
    """What says why shares of an exercise count as they do."""
    first_year = scenario.years[0].year
    beyond: dict[str, list[LimitUse]] = {}
    for use in limit_uses(scenario):
        if _anywhere(use.beyond > NOTICED):
            beyond.setdefault(use.grant, []).append(use)

    def reasons(grant: Grant, exercise: Exercise, tranche: Tranche, lot: Lot) -> tuple[Reason, ...]:
        if tranche.vested is None:
            return tuple(_of_forfeited(grant, exercise, lot))
        if lot.granted is None:
            kind = _of_nonstatutory(grant, exercise, beyond.get(grant.id, []))
        else:
            split = len(tranche.lots) > 1 or exercise.iso_shares is not None
            kind = _of_incentive(grant, exercise, beyond.get(grant.id, []) if split else [])
        rest = (*_of_vesting(exercise, tranche, lot), *_of_value(lot))
        return (*kind, *rest, *_of_the_past(lot, first_year))

    return reasons


def reasons_of_sale(sale: Sale, part: Disposition) -> tuple[Reason, ...]:
    """Why shares of a sale count as they do."""
    lot = part.lot
    found = [*_of_worthless(sale)]
    if part.disposition == QUALIFYING:
        found += _of_qualifying(lot)
    elif part.disposition == NOT_ISO:
        found += _of_plain_shares(lot)
    else:
        found += _of_disqualifying(sale, part)
    return (*found, *_of_holding_periods(part), *_of_loss(sale, part))


def _of_incentive(grant: Grant, exercise: Exercise, beyond: list[LimitUse]) -> Iterator[Reason]:
    yield Reason(
        "An incentive stock option: no income for regular tax; AMT counts the spread, on Form "
        "6251 line 2i.",
        "IRC 421(a), 56(b)(3)",
    )
    last, ended = last_day_as_iso(grant), grant.employment_ended
    if ended is not None and exercise.date > ended:
        yield Reason(
            f"Exercised after employment ended on {ended}, but not after {last}, the last day as "
            "an incentive stock option.",
            _citation_of_leaving(grant),
        )
    if beyond:
        yield _of_limit(grant, exercise, beyond)


def _of_nonstatutory(grant: Grant, exercise: Exercise, beyond: list[LimitUse]) -> Iterator[Reason]:
    last = last_day_as_iso(grant)
    if grant.kind != "iso":
        yield Reason(
            "A nonstatutory option: the spread is wages in both systems.",
            "IRC 83(a); Treas. Reg. 1.83-7(a)",
        )
    elif last is not None and exercise.date > last:
        yield Reason(
            f"Exercised after {last}, the last day as an incentive stock option: employment ended "
            f"on {grant.employment_ended}, and {_term_in_words(grant)} are over. It counts as a "
            "nonstatutory option: the spread is wages in both systems.",
            _citation_of_leaving(grant),
        )
    else:
        yield _of_limit(grant, exercise, beyond)
        yield Reason(
            "The spread of a nonstatutory option is wages in both systems.",
            "IRC 83(a); Treas. Reg. 1.83-7(a)",
        )


def _of_limit(grant: Grant, exercise: Exercise, beyond: list[LimitUse]) -> Reason:
    limit = f"${option_law().exercisable_limit:,.0f}"
    told = " ".join(_use_in_words(use, limit) for use in beyond[:2])
    if len(beyond) > 2:
        told += f" So it is in {len(beyond) - 2} further years."
    early = " All of it counts in the year of the grant, as it may be exercised early."
    if exercise.iso_shares is not None:
        split = " How many of these shares are an incentive stock option’s is as the company says."
    else:
        split = " As nobody says which, each share is so in part."
    words = f"{told}{early if grant.early_exercise else ''}{split}"
    return Reason(words, "IRC 422(d); Treas. Reg. 1.422-4")


def _use_in_words(use: LimitUse, limit: str) -> str:
    if not all(isinstance(each, float) for each in (use.worth, use.room, use.beyond)):
        return f"More than {limit} of stock first becomes exercisable in {use.year}."
    taken = (
        ""
        if use.room == option_law().exercisable_limit
        else (f", of which earlier grants leave ${use.room:,.0f}")
    )
    return (
        f"In {use.year} options on ${use.worth:,.0f} of stock, at its value at grant, first become "
        f"exercisable; the limit is {limit}{taken}: {use.beyond:,.10g} of {use.shares:,.10g} "
        "options are nonstatutory."
    )


def _of_vesting(exercise: Exercise, tranche: Tranche, lot: Lot) -> Iterator[Reason]:
    if not tranche.vesting:
        return
    if exercise.section_83b_election:
        yield Reason(
            "The shares had yet to vest. By the election under section 83(b) the spread counts "
            "at exercise, and the holding periods for it begin there.",
            "IRC 83(b)",
        )
        return
    what = "AMT counts the spread" if lot.granted else "The spread is wages"
    yield Reason(
        f"The shares had yet to vest, and nothing was elected: {what} as they vest, at the value "
        "of that day.",
        "IRC 83(a)",
    )


def _of_forfeited(grant: Grant, exercise: Exercise, lot: Lot) -> Iterator[Reason]:
    words = (
        f"Employment ended on {grant.employment_ended}, before they vested: they go back for what "
        "was paid, without gain or loss."
    )
    if exercise.section_83b_election and _anywhere(lot.amt_spread > NOTICED):
        words += " What the election counted at exercise is not taken back."
    yield Reason(words, "IRC 83(b)(1); Treas. Reg. 1.83-2(a)")


def _of_value(lot: Lot) -> Iterator[Reason]:
    if isinstance(lot.amt_spread, float) and lot.amt_spread == 0.0:
        yield Reason(
            "The value is not above the strike: there is no spread.", "IRC 56(b)(3), 83(a)"
        )


def _of_the_past(lot: Lot, first_year: int) -> Iterator[Reason]:
    if lot.counted is not None and lot.counted.year < first_year:
        yield Reason(
            f"Counted before {first_year}, the first year here: only the two bases go on.", ""
        )


def _of_qualifying(lot: Lot) -> Iterator[Reason]:
    assert lot.granted is not None  # noqa: S101  (an incentive option's)
    yield Reason(
        f"A qualifying disposition: sold after {anniversary(lot.granted, 2)}, two years from the "
        f"grant, and after {anniversary(lot.acquired, 1)}, one year from the exercise. All is "
        "capital gain, in each system from its own basis.",
        "IRC 422(a)(1)",
    )


def _of_disqualifying(sale: Sale, part: Disposition) -> Iterator[Reason]:
    lot = part.lot
    assert lot.granted is not None  # noqa: S101  (an incentive option's)
    first = first_qualifying_day(lot.granted, lot.acquired)
    yield Reason(
        f"A disqualifying disposition: {first} would have been the first day after both two years "
        f"from the grant of {lot.granted} and one year from the exercise of {lot.acquired}. The "
        "spread is ordinary income, without Social Security and Medicare tax.",
        "IRC 421(b), 422(a)(1)",
    )
    yield from _of_limited_income(sale, part)
    if part.disposition == DISQUALIFYING_SAME_YEAR:
        yield Reason(
            "In the year in which AMT counts the spread, it treats the sale as regular tax does: "
            "of these shares nothing stays on Form 6251 line 2i.",
            "IRC 56(b)(3)",
        )
    elif part.disposition == DISQUALIFYING:
        yield Reason(
            "AMT counted the spread before: it has no ordinary income now, only a gain or loss "
            "from the AMT basis.",
            "IRC 56(b)(3)",
        )


def _of_limited_income(sale: Sale, part: Disposition) -> Iterator[Reason]:
    lot = part.lot
    below = _anywhere(sale.price < lot.price_paid + lot.spread - NOTICED)
    if below and sale.loss_recognized:
        yield Reason(
            "Sold below the value at which the spread is measured: the ordinary income is no more "
            "than the gain.",
            "IRC 422(c)(2)",
        )
    elif below:
        yield Reason(
            "Sold below the value at which the spread is measured, and the loss is said not to be "
            "recognized: the ordinary income is the whole spread, and not the gain alone.",
            "IRC 422(c)(2); Treas. Reg. 1.422-1(b)(2)",
        )


def _of_plain_shares(lot: Lot) -> Iterator[Reason]:
    if lot.counted is not None:
        yield Reason(
            "Shares of a nonstatutory option: what was wages is part of both bases, and the rest "
            "is capital gain.",
            "IRC 83(a), 1001",
        )
    else:
        yield Reason("Shares that no incentive stock option is behind: capital gain.", "IRC 1001")


def _of_holding_periods(part: Disposition) -> Iterator[Reason]:
    lot = part.lot
    if part.long_term == part.amt_long_term:
        if part.disposition == QUALIFYING:
            return
        words = "Long-term" if part.long_term else "Short-term"
        yield Reason(
            f"{words}: acquired on {lot.acquired}, and so long-term after "
            f"{anniversary(lot.acquired, 1)}.",
            "IRC 1222",
        )
        return
    yield Reason(
        f"Long-term for regular tax (acquired on {lot.acquired}), short-term for AMT, whose "
        f"holding period began as the shares vested on {lot.amt_acquired}.",
        "IRC 1222; Treas. Reg. 1.83-4(a)",
    )


def _of_worthless(sale: Sale) -> Iterator[Reason]:
    if sale.kind == "worthless":
        yield Reason(
            f"Worthless stock counts as sold for nothing on the last day of {sale.date.year}.",
            "IRC 165(g)(1)",
        )


def _of_loss(sale: Sale, part: Disposition) -> Iterator[Reason]:
    """A loss that is not recognized is no longer in the part: it is told by its prices."""
    lot = part.lot
    if sale.loss_recognized:
        return
    taxed = lot.spread if part.disposition in (DISQUALIFYING, DISQUALIFYING_SAME_YEAR) else 0.0
    if _anywhere(sale.price < lot.basis + taxed - NOTICED) or _anywhere(
        sale.price < lot.amt_basis - NOTICED
    ):
        yield Reason(
            "The loss is said not to be recognized (a wash sale, or a related buyer): it counts as "
            "zero. Add it to the basis of the shares that replace these.",
            "IRC 1091, 267",
        )


def _term_in_words(grant: Grant) -> str:
    law = option_law()
    by_disability = grant.employment_ended_by == "disability"
    months = law.months_after_disability if by_disability else law.months_after_leaving
    return f"{months} months after disability" if by_disability else f"{months} months"


def _citation_of_leaving(grant: Grant) -> str:
    return "IRC 422(c)(6)" if grant.employment_ended_by == "disability" else "IRC 422(a)(2)"


def _anywhere(condition: Condition) -> bool:
    return condition if isinstance(condition, bool) else bool(condition.any())
