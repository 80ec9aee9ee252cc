"""Which of a visitor's scenarios the list shows, in what order, and what it says of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, FloatField, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Lower
from django.urls import reverse

from amtweb.scenarios.aged import versions_of_today
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.for_whom import named_client, said_client
from amtweb.scenarios.headline import SEEN
from amtweb.scenarios.models import Revision, Scenario
from amtweb.scenarios.sparkline import bars

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from amtweb.firms.models import Client
    from amtweb.scenarios.visitors import Visitor

PAGE: Final = 50
LONGEST_SEARCH: Final = 200
CURRENT, ARCHIVED, DELETED = "current", "archived", "deleted"
SHELVES: Final[dict[str, Q]] = {
    CURRENT: Q(deleted_at=None, archived_at=None),
    ARCHIVED: Q(deleted_at=None, archived_at__isnull=False),
    DELETED: Q(deleted_at__isnull=False),
}


class View(NamedTuple):
    """What somebody looks at: a shelf, searched and sorted, and a page of it."""

    shelf: str = CURRENT
    search: str = ""
    sort: str = "changed"
    page: str = "1"
    client: str = ""
    """Of a firm: the public id of the client whose scenarios are shown; empty for all."""

    def address(self, **changes: str) -> str:
        """Where the list looks like this, but for the changes."""
        view = self._replace(**changes)
        names = {
            "show": view.shelf,
            "client": view.client,
            "q": view.search,
            "sort": view.sort,
            "page": view.page,
        }
        said = {name: names[name] for name, usual in _USUAL.items() if names[name] != usual}
        address = reverse("scenarios:library")
        return f"{address}?{urlencode(said)}" if said else address


_USUAL = {"show": CURRENT, "client": "", "q": "", "sort": "changed", "page": "1"}
PATTERNS: Final = "none"
"""In the place of a client: the scenarios that are for none."""


def view_of(fields: Mapping[str, Any]) -> View:
    """Reads an address or a form; what is not of ours counts as not said."""
    shelf, sort = fields.get("show", ""), fields.get("sort", "")
    search = fields.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    page = fields.get("page", "")
    return View(
        shelf if shelf in SHELVES else CURRENT,
        search,
        sort if sort in SORTS else "changed",
        page if page.isascii() and page.isdigit() and len(page) < 6 else "1",
        said_client(fields),
    )


def _newest() -> QuerySet[Revision]:
    return Revision.objects.filter(scenario=OuterRef("pk")).order_by("-number")


def _figure(name: str) -> Subquery:
    """A figure of the newest revision's headline."""
    number = Cast(KT(f"headline__{name}"), FloatField())
    return Subquery(_newest().annotate(figure=number).values("figure")[:1])


def _name() -> Any:
    untitled = When(title="", then=Value("untitled scenario"))
    return Case(untitled, default=Lower("title"))


def _changed() -> Any:
    """On its shelf a deleted one stands where it was deleted."""
    return Coalesce("deleted_at", "changed_at")


class Sort(NamedTuple):
    """An order that can be asked for."""

    words: str
    by: Callable[[], Any]
    descending: bool


SORTS: Final = {
    "changed": Sort("Newest first", _changed, descending=True),
    "oldest": Sort("Oldest first", _changed, descending=False),
    "name": Sort("Name, A to Z", _name, descending=False),
    "name-down": Sort("Name, Z to A", _name, descending=True),
    "credit": Sort("Most credit left", partial(_figure, "credit_left"), descending=True),
    "credit-up": Sort("Least credit left", partial(_figure, "credit_left"), descending=False),
    "amt": Sort("Most AMT", partial(_figure, "amt"), descending=True),
    "amt-up": Sort("Least AMT", partial(_figure, "amt"), descending=False),
}
COLUMNS: Final = {
    "name": ("name", "name-down"),
    "credit": ("credit", "credit-up"),
    "amt": ("amt", "amt-up"),
    "changed": ("changed", "oldest"),
}
"""The orders that the head of a column asks for in turn."""
FIGURES: Final = (
    "amt",
    "credit_left",
    "first_year_without_credit",
    "federal_tax",
    "credit_by_year",
)


class Newest(NamedTuple):
    """What the list tells of a scenario's newest revision."""

    number: int
    digest: str
    figures: dict[str, Any]
    """Some of its headline's, as they were shown that day."""
    is_of_today: bool
    """Whether the calculator and the tables of that day are those of today."""


class Row(NamedTuple):
    """A scenario as the list shows it."""

    scenario: Scenario
    newest: Newest | None
    course: SafeString | None
    """The credit of each year, as a picture."""
    years: str
    rename_address: str
    """Where the list is the same, with this one's title to be written."""
    of_its_client: str
    """Where the list has those of the same client."""

    @property
    def credit(self) -> str:
        """What becomes of the credit, in as few words as fit a column."""
        if self.newest is None:
            return "\u2013"
        figures = self.newest.figures
        if figures["credit_left"] >= SEEN:
            return dollars(figures["credit_left"])
        used_up: int | None = figures["first_year_without_credit"]
        return f"used up in {used_up}" if used_up else "none"

    @property
    def is_ahead(self) -> bool:
        """Whether the draft says something that no revision keeps."""
        return self.newest is None or self.newest.digest != self.scenario.draft_digest


class Listing(NamedTuple):
    """A page of the list, and what stands around it."""

    view: View
    rows: list[Row]
    page: Page[Scenario]
    counts: dict[str, int]
    """Of scenarios on each shelf, whatever is searched for."""
    client: Client | None
    """Whose alone they are, if a firm's list is asked for those of one."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on any shelf."""
        return not any(self.counts.values())

    @property
    def kept(self) -> int:
        """How many count towards what the visitor may keep."""
        return self.counts[CURRENT] + self.counts[ARCHIVED]

    @property
    def earlier(self) -> str:
        """Where the page before is, if there is one."""
        page = self.page
        return self._at(page.previous_page_number()) if page.has_previous() else ""

    @property
    def later(self) -> str:
        page = self.page
        return self._at(page.next_page_number()) if page.has_next() else ""

    @property
    def unsearched(self) -> str:
        """Where the same shelf is in full."""
        return self.view.address(search="", client="", page="1")

    @property
    def of_all_clients(self) -> str:
        """Where the same list is for everybody."""
        return self.view.address(client="", page="1")

    @property
    def of_patterns(self) -> str:
        """Where the same list has what is for no client."""
        return self.view.address(client=PATTERNS, page="1")

    @property
    def has_patterns_alone(self) -> bool:
        """Whether it has what is for no client, and nothing else."""
        return self.view.client == PATTERNS

    def _at(self, page: int) -> str:
        return self.view.address(page=str(page))


def listing(visitor: Visitor, view: View) -> Listing:
    """What the visitor sees of their scenarios in this view: in four questions, however many.

    Raises:
        GoneClientError: It asks for a client whom the visitor's firm does not have.
    """
    own, client = Scenario.objects.of(visitor), None
    if visitor.member is None:
        view = view._replace(client="")
    elif view.client == PATTERNS:
        own = own.filter(client=None)
    elif view.client:
        client = named_client(visitor.member, view.client)
        own = own.filter(client=client)
    counts = own.aggregate(**{shelf: Count("pk", filter=of) for shelf, of in SHELVES.items()})
    page = Paginator(_found(own, view), PAGE).get_page(view.page)
    view = view._replace(page=str(page.number))
    scenarios = list(page)
    newest_ones = [getattr(scenario, "newest_revision", None) for scenario in scenarios]
    newest = _newest_of([pk for pk in newest_ones if pk])
    rows = [
        _row(scenario, newest.get(pk or 0), view)
        for scenario, pk in zip(scenarios, newest_ones, strict=True)
    ]
    return Listing(view, rows, page, counts, client)


def _found(own: QuerySet[Scenario], view: View) -> QuerySet[Scenario]:
    found = own.filter(SHELVES[view.shelf])
    for word in view.search.casefold().split():
        found = found.filter(Q(words__contains=word) | Q(client__name__icontains=word))
    sort = SORTS[view.sort]
    by = sort.by()
    first = by.desc(nulls_last=True) if sort.descending else by.asc(nulls_last=True)
    newest = Subquery(_newest().values("pk")[:1])
    found = found.select_related("client").defer("draft", "client__notes")
    return found.annotate(newest_revision=newest).order_by(first, F("pk").desc())


def _newest_of(keys: list[int]) -> dict[int, Newest]:
    """The revisions of these keys.  A headline holds more than is shown, and stays where it is."""
    found = Revision.objects.filter(pk__in=keys).order_by()
    versions = ("engine_version", "law_version")
    fields = ["pk", "number", "digest", *versions, *(f"headline__{name}" for name in FIGURES)]
    return {
        pk: Newest(
            number,
            digest,
            dict(zip(FIGURES, figures, strict=True)),
            (engine, law) == versions_of_today(),
        )
        for pk, number, digest, engine, law, *figures in found.values_list(*fields)
    }


def _row(scenario: Scenario, newest: Newest | None, view: View) -> Row:
    by_year: dict[str, float] = (newest and newest.figures["credit_by_year"]) or {}
    years = list(by_year)
    span = "\u2013".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    course = bars(list(by_year.values())) if years else None
    address = view.address()
    rename = f"{address}{'&' if '?' in address else '?'}rename={scenario.public_id}"
    of = scenario.client.public_id if scenario.client else PATTERNS
    return Row(scenario, newest, course, span, rename, view.address(client=of, page="1"))
