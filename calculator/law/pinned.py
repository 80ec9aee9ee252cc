"""The law of a year with some parameters as they are in another year.

They are taken as they stand there, not indexed further, for the same filing status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from calculator.law.assembly import end_of_exemption
from calculator.law.changed import SUPPOSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.law.parameters import YearLaw

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "amt_phaseout": ("amt.phaseout_start", "amt.phaseout_rate"),
    "amt": ("amt",),
    "brackets": ("brackets", "gains"),
    "deductions": ("deductions", "exemptions"),
    "all": ("brackets", "gains", "deductions", "exemptions", "amt", "surtaxes"),
}
"""What can be taken from another year: groups of its law, or single parameters."""


class Pin(NamedTuple):
    """From which year a part of the law is taken, and from which year on."""

    part: str
    year: int
    from_year: int


def pinned_law(law: YearLaw, other: YearLaw, part: str) -> YearLaw:
    """The law with a part of another year's."""
    for path in PARTS[part]:
        group, _, name = path.partition(".")
        theirs = getattr(other, group)
        if name:
            theirs = getattr(law, group)._replace(**{name: getattr(theirs, name)})
        law = law._replace(**{group: theirs})
    amt = law.amt
    if amt.separate_addback_rate:
        # It follows from what may have been taken from the other year.
        start = end_of_exemption(amt.exemption, amt.phaseout_start, amt.phaseout_rate)
        law = law._replace(amt=amt._replace(separate_addback_start=start))
    return law._replace(origin=SUPPOSED)
