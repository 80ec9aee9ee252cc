"""A look at the book: what is searched, filtered and sorted, as it stands in an address."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qs, urlencode

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse

from amtweb.book.lines import today
from amtweb.firms.models import Person, Tag
from calculator.analysis.attention import DAYS_AHEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

LONGEST: Final = 100
LONGEST_LOOK: Final = 2_000
LARGEST: Final = 10**12
MOST_DAYS: Final = 3_660
NOBODY: Final = "nobody"
"""In place of an advisor in charge."""
SEEN: Final = 0.5
"""Dollars; less is not seen once it is rounded."""
ALL: Final = "all"
"""In place of a view: the book as it is without one."""

NEEDS: Final[Mapping[str, str]] = {
    "": "Everyone",
    "any": "Anything to look at",
    "dates": "Dates ahead",
    "loss": "AMT loss to pair",
    "amt": "AMT expected",
    "erosion": "Credit at risk",
    "room": "Room before AMT, and options left",
    "credit": "Credit balance",
    "problem": "No figures",
}
"""What clients can be found by, and its words."""
_AMOUNTS: Final = {
    "loss": "line__loss_to_pair",
    "amt": "line__amt",
    "erosion": "line__credit_at_risk",
    "room": "line__room_before_amt",
    "credit": "line__credit_balance",
}


class Sort(NamedTuple):
    """A column that the book can be sorted by."""

    by: Callable[[], Any]
    descending: bool
    """At the first press."""


def _first_tag() -> Any:
    tags = Tag.objects.filter(clients=OuterRef("pk")).order_by(Lower("name"))
    return Subquery(tags.values(lowered=Lower("name"))[:1])


SORTS: Final[Mapping[str, Sort]] = {
    "name": Sort(lambda: Lower("name"), descending=False),
    "attention": Sort(lambda: F("line__matters"), descending=True),
    "credit": Sort(lambda: F("line__credit_balance"), descending=True),
    "amt": Sort(lambda: F("line__amt"), descending=True),
    "loss": Sort(lambda: F("line__loss_to_pair"), descending=True),
    "erosion": Sort(lambda: F("line__credit_at_risk"), descending=True),
    "room": Sort(lambda: F("line__room_before_amt"), descending=True),
    "options": Sort(lambda: F("line__options_left"), descending=True),
    "date": Sort(lambda: F("line__next_on"), descending=False),
    "advisor": Sort(lambda: Lower("advisor__user__email"), descending=False),
    "tags": Sort(_first_tag, descending=False),
    "computed": Sort(lambda: F("line__computed_at"), descending=True),
}
USUAL: Final = {
    **dict.fromkeys(("q", "advisor", "tag", "needs", "least", "within", "year", "month"), ""),
    "sort": "-attention",
    "page": "1",
    "view": "",
}
_FORMS: Final = {
    "year": r"[12]\d{3}",
    "month": r"[12]\d{3}-(0[1-9]|1[0-2])",
    "sort": rf"-?({'|'.join(SORTS)})",
    "page": r"\d{1,5}",
}


class Look(NamedTuple):
    """Each as in the address; what is not of ours counts as not said."""

    q: str = ""
    advisor: str = ""
    tag: str = ""
    needs: str = ""
    least: str = ""
    """Dollars, as typed."""
    within: str = ""
    """Days, as typed."""
    year: str = ""
    """Of the AMT; else each client's present year."""
    month: str = ""
    """Of a date ahead."""
    sort: str = "-attention"
    page: str = "1"
    view: str = ""
    """The saved view that it began as; it says nothing of its own."""

    @property
    def query(self) -> str:
        """What it says, without the page and the name of the view."""
        return self._query(page="1", view="")

    @property
    def whole(self) -> str:
        """All that it says, as one field of a form holds it."""
        return self._query()

    @property
    def filters(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self._replace(sort=USUAL["sort"]).query)

    @property
    def amount(self) -> int | None:
        """The dollars from which on something counts; None if what is typed is no amount."""
        return _number(self.least.removeprefix("$"), LARGEST, 0)

    @property
    def days(self) -> int | None:
        """How many days ahead count; None if what is typed is no number of them."""
        return _number(self.within, MOST_DAYS, DAYS_AHEAD)

    @property
    def mistakes(self) -> dict[str, str]:
        """What of it cannot be read, by the field."""
        found = {}
        if self.amount is None:
            found["least"] = "Enter whole dollars, such as 10,000."
        if self.days is None:
            found["within"] = f"Enter a number of days, up to {MOST_DAYS:,}."
        return found

    def address(self, page_name: str = "book:book", **changes: str) -> str:
        """Where the book looks like this, but for the changes."""
        query, address = self._query(**changes), reverse(page_name)
        return f"{address}?{query}" if query else address

    @property
    def said(self) -> dict[str, str]:
        """All that is not as usual, as a form sends it."""
        said = self._asdict()
        return {key: said[key] for key, usual in USUAL.items() if said[key] != usual}

    def _query(self, **changes: str) -> str:
        return urlencode(self._replace(**changes).said)


def look_of(fields: Mapping[str, Any]) -> Look:
    """Reads an address or a form."""
    said = {}
    for name, usual in USUAL.items():
        text = fields.get(name, usual).replace("\x00", "")[:LONGEST].strip()
        fits = name not in _FORMS or re.fullmatch(_FORMS[name], text, re.ASCII)
        said[name] = text if fits else usual
    if said["needs"] not in NEEDS:
        said["needs"] = ""
    return Look(**said)


def look_in(fields: Mapping[str, Any]) -> Look:
    """Reads the look that a form sends as one field."""
    sent = fields.get("look", "")[:LONGEST_LOOK]
    return look_of({name: values[-1] for name, values in parse_qs(sent).items()})


def seen_by(look: Look, clients: QuerySet[Any]) -> Any:
    """Those of the clients that the look finds, in its order."""
    for word in look.q.split():
        person = Exists(Person.objects.filter(client=OuterRef("pk"), name__icontains=word))
        clients = clients.filter(Q(name__icontains=word) | person | _tagged(name__icontains=word))
    if look.advisor:
        whose = (
            {"advisor": None} if look.advisor == NOBODY else {"advisor__public_id": look.advisor}
        )
        clients = clients.filter(**whose)
    if look.tag:
        clients = clients.filter(_tagged(name=look.tag))
    if look.month:
        clients = clients.filter(line__months__contains=f" {look.month}")
    clients = clients.filter(_needed(look))
    sort = SORTS[look.sort.removeprefix("-")]
    by = sort.by()
    descending = look.sort.startswith("-")
    first = by.desc(nulls_last=True) if descending else by.asc(nulls_last=True)
    return clients.order_by(first, Lower("name"), "pk")


def _tagged(**tag: str) -> Exists:
    return Exists(Tag.objects.filter(clients=OuterRef("pk"), **tag))


def _needed(look: Look) -> Q:
    if look.needs == "any":
        return Q(line__matters__gt=0, plan_pk__isnull=False)
    if look.needs == "problem":
        return Q(plan_pk=None) | ~Q(line__problem="") & Q(line__isnull=False)
    if look.needs == "dates":
        until = today() + timedelta(days=DAYS_AHEAD if look.days is None else look.days)
        return Q(line__next_on__range=(today(), until), plan_pk__isnull=False)
    if look.needs not in _AMOUNTS:
        return Q()
    column = _AMOUNTS[look.needs]
    if look.needs == "amt" and look.year:
        column = f"line__amt_by_year__y{look.year}"
    enough = Q(**{f"{column}__gte": max(look.amount or 0, SEEN)}, plan_pk__isnull=False)
    return enough & Q(line__options_left__gt=0) if look.needs == "room" else enough


def _number(text: str, largest: int, empty: int) -> int | None:
    """Thousands may be marked; None for what is no number, or too large a one."""
    if not text:
        return empty
    digits = text.replace(",", "")
    if not re.fullmatch(r"\d{1,15}", digits, re.ASCII) or int(digits) > largest:
        return None
    return int(digits)
