"""Whose two scenarios an address names, and what they come to jointly and separately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from django.urls import reverse

from amtweb.comparing.addresses import READABLE
from amtweb.comparing.columns import Complaint, compared
from calculator import InvalidScenario
from calculator.analysis.couple import alone_beside, refuse_of_two
from calculator.analysis.joint_or_separate import joint_or_separate

if TYPE_CHECKING:
    from django.http import HttpRequest

    from calculator import Scenario
    from calculator.analysis.joint_or_separate import JointOrSeparate

YOURS, SPOUSES = NAMES = ("yours", "spouse")
NOBODY = "nobody"
"""For a spouse who has nothing of all that a scenario says."""
WHOSE = ("Yours", "Your spouse’s")
JOINT_RETURN = "married_filing_jointly"


class Spouse(NamedTuple):
    """One of the two, as the address names them."""

    reference: str
    title: str
    kind: str
    address: str
    """Where the scenario is; empty for nobody's."""
    facts: Scenario

    @property
    def seems_joint(self) -> bool:
        """Whether the scenario says that it is of a joint return."""
        return self.facts.years[0].household.filing_status == JOINT_RETURN


class Couple(NamedTuple):
    """Both, and the comparison of their returns."""

    spouses: tuple[Spouse, Spouse]
    compared: JointOrSeparate


class Pair(NamedTuple):
    """What an address names, as far as it can be found and computed."""

    references: tuple[str, str]
    couple: Couple | None
    complaints: tuple[Complaint, ...]

    @property
    def to_divide(self) -> str:
        """What may be a scenario of both, to be divided in two; empty for nothing."""
        if self.couple is not None:
            joint = [each.reference for each in self.couple.spouses if each.seems_joint]
            return joint[0] if joint else ""
        return self.references[0] if self.complaints and not self.is_absent else ""

    @property
    def is_absent(self) -> bool:
        """Whether there is nothing like it, as far as this visitor may know."""
        return any(each.is_absent for each in self.complaints)


def pair_of(request: HttpRequest, query: Any) -> Pair:
    """The pair that the fields of an address, or of a form, name."""
    yours, spouses = (query.get(name, "").strip() for name in NAMES)
    mine, complaints = _found(request, yours)
    theirs, more = (None, ()) if spouses == NOBODY else _found(request, spouses)
    complaints += more
    if mine is not None and spouses == NOBODY:
        theirs = Spouse(NOBODY, "Nobody’s", "no income, no options", "", alone_beside(mine.facts))
    if mine is None or theirs is None:
        return Pair((yours, spouses), None, complaints)
    try:
        couple = Couple((mine, theirs), joint_or_separate(mine.facts, theirs.facts))
    except InvalidScenario as refusal:
        complaints += tuple(Complaint("Both", each.message) for each in refusal.problems)
        return Pair((yours, spouses), None, complaints)
    return Pair((yours, spouses), couple, complaints)


def address_of(yours: str, spouses: str, name: str = "joint_or_separate") -> str:
    """Where the comparison of two scenarios is."""
    query = urlencode({YOURS: yours, SPOUSES: spouses}, safe=READABLE, quote_via=quote)
    return f"{reverse(f'couples:{name}')}?{query}"


def _found(request: HttpRequest, text: str) -> tuple[Spouse | None, tuple[Complaint, ...]]:
    if not text:
        return None, ()
    columns, complaints = compared(request, [text])
    if not columns:
        return None, complaints
    (column,) = columns
    source = column.source
    kind = ", ".join((source.kind, *column.changes))
    try:
        refuse_of_two(column.facts)
    except InvalidScenario as refusal:
        (problem,) = refusal.problems
        return None, (Complaint(source.name, problem.message),)
    spouse = Spouse(str(column.reference), source.name, kind, source.address, column.facts)
    return spouse, complaints
