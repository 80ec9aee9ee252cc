"""What a visitor works on, kept in their session so that it survives a reload.

Each workspace of a session has its own, which the others never see.

Beside the last document that could be computed stands what is typed now, if it cannot be: nothing
typed is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from amtweb.firms.workspace import place_of
from amtweb.scenarios import beginnings, for_whom, undo
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import place_in_order
from amtweb.scenarios.gallery import DEFAULT, example
from calculator import SCHEMA_VERSION
from calculator.document import upgraded_document

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.scenarios.editor.typed import Tree
    from amtweb.scenarios.edits import Edit

DOCUMENT = "working_document"
TYPED = "working_typed"
BLANK = "blank"
YEARS_OF_A_BLANK = 10
WRITTEN_BY = "working_written_by"
STARTED = "working_started"
"""What a short form made the working copy of, as far as others are to know."""


class WorkingCopy(NamedTuple):
    """The last good document, and the tree to show."""

    document: dict[str, Any]
    tree: Tree


def working_copy(request: HttpRequest) -> WorkingCopy:
    """What the visitor last worked on; the default example for a new one."""
    kept = request.session.get(place_of(request, DOCUMENT)) or example(DEFAULT).document
    document = upgraded_document(kept)
    # What was typed over a document of an earlier version cannot be upgraded with it.
    tree = request.session.get(place_of(request, TYPED)) if document is kept else None
    return WorkingCopy(document, tree or typed.from_document(document))


def blank_document() -> dict[str, Any]:
    """Nothing but the next years."""
    this_year = timezone.now().year
    years = [{"year": this_year + later} for later in range(YEARS_OF_A_BLANK)]
    return {"schema_version": SCHEMA_VERSION, "years": years}


def beginning_shown(request: HttpRequest) -> dict[str, Any] | None:
    """What the page of this edit began with, if nothing of that page was kept before.

    Until then the working copy is another: an example and a blank are kept from the first edit on.
    """
    tab, _ = place_in_order(request.POST)
    last_tab, _ = request.session.get(place_of(request, WRITTEN_BY), ("", 0))
    name = request.POST.get("begins", "")
    if tab == last_tab or not name:
        return None
    if name == BLANK:
        return blank_document()
    if name.startswith(beginnings.LIKE):
        return beginnings.named(request, name)
    try:
        return example(name).document
    except KeyError:
        return None


def keep(request: HttpRequest, edit: Edit, last_good: dict[str, Any]) -> None:
    """Remembers what was typed, and the document: this one, or the last good one before.

    An edit that comes after a newer one of the same editor is passed over.
    """
    tab, sequence = place_in_order(request.POST)
    last_tab, last_sequence = request.session.get(place_of(request, WRITTEN_BY), ("", 0))
    if tab == last_tab and sequence < last_sequence:
        return
    request.session[place_of(request, WRITTEN_BY)] = (tab, sequence)
    if for_whom.FIELD in request.POST:
        for_whom.keep_choice(request, for_whom.said_client(request.POST))
    put(request, edit, last_good)


def put(request: HttpRequest, edit: Edit, last_good: dict[str, Any]) -> None:
    """The same for an edit that comes from outside of the editor."""
    bench = edit.bench
    document = last_good if bench.document is None else bench.document
    request.session[place_of(request, DOCUMENT)] = document
    if edit.is_step:
        undo.keep(request, None, edit.steps)
    if bench.document is None or bench.pending:
        request.session[place_of(request, TYPED)] = bench.tree
    else:
        request.session.pop(place_of(request, TYPED), None)


def start_from(request: HttpRequest, document: dict[str, Any], client: str | None = None) -> None:
    """The document takes the place of what the visitor worked on.

    Args:
        request: Whose.
        document: What.
        client: For whom it is, by public id; for the same as before, if it is not said.
    """
    client = for_whom.kept_choice(request) if client is None else client
    forget(request)
    for_whom.keep_choice(request, client)
    request.session[place_of(request, DOCUMENT)] = document


def is_begun(request: HttpRequest) -> bool:
    """Whether there is something of the visitor's own that could be lost."""
    return place_of(request, DOCUMENT) in request.session


def forget(request: HttpRequest) -> None:
    """Back to the default example."""
    undo.forget(request)
    for key in (DOCUMENT, TYPED, WRITTEN_BY, STARTED, for_whom.SESSION_KEY):
        request.session.pop(place_of(request, key), None)
