"""Lines that a form tells one to skip: printed as zero, whatever the arithmetic behind them has.

The arithmetic fills in every line, as a batch needs it; where a form says "skip", its lines change
nothing that follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.amounts import choose, larger_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calculator.amounts import Condition, Dollars

    Lines = dict[str, Dollars]


def without_skipped_lines(forms: dict[str, Lines]) -> dict[str, Lines]:
    """The lines of a year's forms as printed."""
    _carryover(forms["capital_loss_carryover"])
    _carryover(forms["amt_capital_loss_carryover"])
    if "schedule_d_tax_worksheet" in forms:
        _schedule_d_tax_worksheet(forms["schedule_d_tax_worksheet"], forms["schedule_d"])
    _form_6251(forms["form_6251"])
    _form_8801(forms["form_8801"])
    return forms


NO_DOLLAR = 1e-6
"""What rounding may leave between two lines that are the same."""


def _same(one: Dollars, other: Dollars) -> Condition:
    return larger_of(one - other, other - one) <= NO_DOLLAR


def _skip(lines: Lines, numbers: Iterable[int], where: Condition) -> None:
    if where is False:
        return
    for number in numbers:
        key = str(number)
        if key in lines:
            lines[key] = choose(where, 0.0, lines[key])


def _carryover(lines: Lines) -> None:
    """Lines 6 to 8 are for a short-term loss, lines 9 to 13 for a long-term one."""
    _skip(lines, range(6, 9), lines["5"] == 0.0)
    _skip(lines, range(9, 14), lines["9"] == 0.0)


def _schedule_d_tax_worksheet(lines: Lines, schedule: Lines) -> None:
    """Lines 23 to 43 where all is taxed at 0%, 33 to 43 where it is at 0 and 15%.

    Lines 35 to 40 are for unrecaptured section 1250 gain, lines 41 to 43 for 28% gain.
    """
    no_1250, no_28 = schedule["19"] == 0.0, schedule["18"] == 0.0
    all_at_low = _same(lines["1"], lines["16"])
    all_at_middle = _same(lines["1"], lines["32"])
    _skip(lines, range(35, 41), no_1250)
    _skip(lines, range(41, 44), no_28)
    _skip(lines, range(33, 44), all_at_middle)
    _skip(lines, range(23, 44), all_at_low)


def _form_6251(lines: Lines) -> None:
    """Lines 33 to 37 where lines 12 and 32 are the same; Part III where line 6 is zero."""
    if "12" not in lines:
        return
    _skip(lines, range(33, 38), _same(lines["12"], lines["32"]))
    _skip(lines, range(12, 41), lines["6"] == 0.0)


def _form_8801(lines: Lines) -> None:
    """Lines 48 to 52 where lines 27 and 47 are the same; what follows a zero on lines 4 or 10."""
    if "4" not in lines:
        return
    if "27" in lines:
        _skip(lines, range(48, 53), _same(lines["27"], lines["47"]))
        _skip(lines, range(27, 56), lines["10"] == 0.0)
    _skip(lines, range(11, 15), lines["10"] == 0.0)
    _skip(lines, range(4, 15), lines["4"] <= 0.0)
