"""What a comparison says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.comparing.totals import had_credit, without_credit
from amtweb.scenarios.charts.money_words import counts, dollars

if TYPE_CHECKING:
    from amtweb.comparing.totals import Difference

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def sentence(each: Difference) -> str:
    """How a column differs from the baseline, on the whole."""
    letter, base = each.column.letter, each.baseline.letter
    if not each.years:
        return f"{letter} and {base} have no year in common."
    parts = [_tax(each), *_used_up(each)]
    said = f"{parts[0]}, and {parts[1]}" if len(parts) > 1 else parts[0]
    more = [_amount(each, "credit_eroded", "of its credit is lost to exclusion items")]
    if not _tells_the_same_as_tax(each):
        more.append(_amount(each, "amt", "AMT is due"))
    more.append(_amount(each, "amt_loss_left", "of AMT capital loss is left unused"))
    value = each.present_value
    if value is not None and counts(value - each.of("federal_tax")):
        worth = f"{dollars(abs(value))} {_more(value)}" if counts(value) else "the same"
        more.append(f"In present value its taxes come to {worth}")
    return f"{'. '.join((said, *filter(None, more)))}."


def span(years: tuple[int, ...]) -> str:
    """``2026`` or ``2026–2033``."""
    first, last = years[0], years[-1]
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def _tax(each: Difference) -> str:
    letter, base, tax = each.column.letter, each.baseline.letter, each.of("federal_tax")
    over = f"over {span(each.years)}" if len(each.years) > 1 else f"in {each.years[0]}"
    if not each.covers_all:
        over = f"{over}, which both cover"
    if not counts(tax):
        return f"{letter} pays the same federal tax as {base} {over}"
    return f"{letter} pays {dollars(abs(tax))} {_more(tax)} federal tax than {base} {over}"


def _used_up(each: Difference) -> list[str]:
    """When the credit is used up, or else what is left of it."""
    before, after = without_credit(each.baseline), without_credit(each.column)
    base = each.baseline.letter
    if before is not None and after is not None:
        if before == after:
            return [f"the credit of both is used up in {after}"]
        years = abs(before - after)
        number = NUMBERS[years] if years < len(NUMBERS) else str(years)
        when = f"{number} year{'s' * (years > 1)} {'sooner' if after < before else 'later'}"
        return [f"its credit is used up {when}, in {after} instead of {before}"]
    left = _left(each)
    if after is not None and had_credit(each.baseline):
        return [f"its credit is used up in {after}; that of {base} is not"]
    if before is not None and had_credit(each.column):
        return [f"its credit is not used up; that of {base} is, in {before}"]
    return [left] if left else []


def _left(each: Difference) -> str:
    left = each.of("credit_left")
    if not counts(left):
        return ""
    return f"{dollars(abs(left))} {_more(left)} credit is left at the end of {each.years[-1]}"


def _amount(each: Difference, key: str, words: str) -> str:
    amount = each.of(key)
    return f"{dollars(abs(amount))} {_more(amount)} {words}" if counts(amount) else ""


def _tells_the_same_as_tax(each: Difference) -> bool:
    return not counts(each.of("amt") - each.of("federal_tax"))


def _more(amount: float) -> str:
    return "more" if amount > 0 else "less"
