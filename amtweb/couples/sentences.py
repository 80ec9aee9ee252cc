"""What a comparison says in words: what it comes to, and which rules make the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.comparing.sentences import span
from amtweb.couples.rows import amounts_of, in_sum
from amtweb.scenarios.charts.money_words import counts, dollars, in_years
from amtweb.scenarios.charts.money_words import span as all_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calculator.analysis.joint_or_separate import JointOrSeparate, YearOfCouple

NONE = "none"
"""The deduction of the flat model, which has no brackets either."""


def headline(compared: JointOrSeparate) -> str:
    """Which costs more over all years, and the year that says the opposite most."""
    years = compared.years
    over = f"over {span(_numbers(years))}" if len(years) > 1 else f"in {years[0].year}"
    saves = compared.joint_saves
    if not counts(saves):
        said = f"Separate returns cost as much as joint ones {over}"
    else:
        said = f"Separate returns {_cost(saves)} {dollars(abs(saves))} {_more(saves)} {over}"
    sign = 1 if saves >= 0 else -1
    other = min(years, key=lambda year: sign * year.joint_saves)
    if len(years) > 1 and sign * other.joint_saves < 0 and counts(other.joint_saves):
        own = other.joint_saves
        return f"{said}; in {other.year} they {_cost(own)} {dollars(abs(own))} {_more(own)}."
    return f"{said}."


def findings(compared: JointOrSeparate) -> list[str]:
    """What to know beside the headline."""
    return [*_credit(compared), *_switch(compared)]


def _cost(saves: float) -> str:
    return "cost" if saves > 0 else "save"


def _more(saves: float) -> str:
    return "more" if saves > 0 else "in tax"


def _numbers(years: Sequence[YearOfCouple]) -> tuple[int, ...]:
    return tuple(year.year for year in years)


def _when(years: Sequence[YearOfCouple]) -> str:
    """``from 2026 to 2030``, or the years one by one."""
    numbers = _numbers(years)
    if len(numbers) == numbers[-1] - numbers[0] + 1:
        return all_of(numbers)
    return in_years(numbers)


def _credit(compared: JointOrSeparate) -> Iterator[str]:
    joint, separate = compared.joint_credit_left, compared.separate_credit_left
    last = compared.years[-1].year
    more = separate - joint
    if counts(more):
        comes_back = (
            "up to as much of the difference can still come back"
            if more * compared.joint_saves > 0
            else "it can still come back"
        )
        which, other = ("separate", "joint") if more > 0 else ("joint", "separate")
        least, most = sorted((joint, separate))
        yield (
            f"After {last}, {which} returns have {dollars(abs(more))} more AMT credit left than "
            f"{other} ones, {dollars(most)} against {dollars(least)}: {comes_back}."
        )
    elif counts(joint):
        yield f"After {last}, {dollars(joint)} of AMT credit is left either way."


def _switch(compared: JointOrSeparate) -> Iterator[str]:
    """Whether to file separately at first and jointly later is better than either throughout."""
    first, *later = compared.joint_from
    if not later:
        return
    best = min(later, key=lambda each: each.federal_tax)
    separate = first.federal_tax + compared.joint_saves
    gain = min(first.federal_tax, separate) - best.federal_tax
    if counts(gain) and gain > 0:
        left = best.credit_left
        yield (
            f"Separate returns until {best.year - 1} and joint ones from {best.year} cost least: "
            f"{dollars(gain)} less than one way throughout, with {dollars(left)} of AMT credit "
            "left at the end."
        )


def drivers(compared: JointOrSeparate) -> list[str]:
    """The rules of separate returns that are felt here, with the years and the amounts."""
    years = compared.years
    return [
        *_exemption(years),
        *_added_back(years),
        *_losses(years),
        *_surtaxes(years),
        *_deductions(years),
        *_regular(years),
    ]


def _exemption(years: Sequence[YearOfCouple]) -> Iterator[str]:
    felt = [
        year
        for year in years
        if any(counts(amounts_of(year, key).more) for key in ("amt", "credit_used"))
        and counts(amounts_of(year, "amt_exemption").joint)
    ]
    if felt:
        worst = max(felt, key=lambda year: abs(amounts_of(year, "amt").more))
        own = amounts_of(worst, "amt_exemption")
        yield (
            "The AMT exemption of a separate return is half the joint one and phases out at half "
            f"the income, each alone. In {worst.year} it is {dollars(own.yours)} on your return "
            f"and {dollars(own.spouses)} on your spouse’s, jointly {dollars(own.joint)}."
        )


def _added_back(years: Sequence[YearOfCouple]) -> Iterator[str]:
    felt = [year for year in years if counts(amounts_of(year, "amt_added_back").separate)]
    if felt:
        amount = in_sum(felt, "amt_added_back").separate
        yield (
            "Where the exemption of a separate return is gone, a part of what is beyond is added "
            f"to AMT income, up to the exemption (section 55(d)(2)): {dollars(amount)} "
            f"{_when(felt)}."
        )


def _losses(years: Sequence[YearOfCouple]) -> Iterator[str]:
    for key, deducted, words in (
        ("capital_loss_carryforward", "loss_deducted", "capital loss"),
        ("amt_capital_loss_carryforward", "amt_loss_deducted", "AMT capital loss"),
    ):
        felt = [
            year
            for year in years
            if counts(amounts_of(year, key).more) or counts(amounts_of(year, deducted).more)
        ]
        if felt:
            own = amounts_of(felt[-1], key)
            limit = ""
            if any(counts(amounts_of(year, deducted).more) for year in felt):
                limit = f"A net {words} is deducted up to half the joint limit on each return. "
            yield (
                f"{limit}On separate returns the {words} of one does not meet the gain of the "
                f"other. At the end of {felt[-1].year} {dollars(own.separate)} is carried on, "
                f"jointly {dollars(own.joint)}."
            )


def _surtaxes(years: Sequence[YearOfCouple]) -> Iterator[str]:
    for key, words in (
        ("net_investment_income_tax", "net investment income tax"),
        ("additional_medicare_tax", "Additional Medicare Tax"),
    ):
        own = in_sum(years, key)
        if counts(own.more) and own.more > 0:
            yield (
                f"The threshold of the {words} is half the joint one on each separate return: "
                f"{dollars(own.separate)} in all, jointly {dollars(own.joint)}."
            )


def _deductions(years: Sequence[YearOfCouple]) -> Iterator[str]:
    itemized = [year for year in years if year.deduction == "itemized"]
    if itemized:
        yield (
            "On separate returns both itemize, as one of them does (section 63(c)(6)(A)), "
            f"{_when(itemized)}: together they deduct "
            f"{dollars(in_sum(itemized, 'deduction_amount').separate)}, jointly "
            f"{dollars(in_sum(itemized, 'deduction_amount').joint)}."
        )
    taxes = in_sum(years, "state_and_local_taxes_deducted")
    if counts(taxes.more) and itemized:
        yield (
            "State and local taxes are deducted up to half the joint cap on each separate return: "
            f"{dollars(taxes.separate)} over all years, jointly {dollars(taxes.joint)}."
        )
    senior = in_sum(years, "schedule_1a_deductions")
    if counts(senior.more):
        yield (
            "There is no senior deduction on separate returns: "
            f"{dollars(-senior.more)} less is deducted."
        )


def _regular(years: Sequence[YearOfCouple]) -> Iterator[str]:
    more = in_sum(years, "regular_tax").more
    has_brackets = years[0].joint_deduction != NONE
    if counts(more) and has_brackets:
        words = "more" if more > 0 else "less"
        yield (
            "The brackets of separate returns are half the joint ones, and each return uses its "
            f"own alone: {dollars(abs(more))} {words} regular tax before credits."
        )
