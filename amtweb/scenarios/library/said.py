"""What the list says after something was done; without scripts it waits for the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.firms.workspace import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from amtweb.scenarios.library.changes import Changed
    from amtweb.scenarios.quotas import NotKeptError

SESSION_KEY = "library_said"


class Said(NamedTuple):
    """Words, the title of what they are about, and how to take it back."""

    words: str
    title: str = ""
    address: str = ""
    """Where what is named can be opened."""
    undo: str = ""
    chosen: Sequence[str] = ()
    refused: bool = False
    in_list: bool = False
    needs_account: bool = False


def of_change(changed: Changed) -> Said:
    """What a change did."""
    did, undo, count = changed.change.did, changed.change.undo, len(changed.public_ids)
    if not count:
        return Said("Choose one or more scenarios first.", refused=True)
    if count == 1:
        return Said(did, changed.title, undo=undo, chosen=changed.public_ids)
    return Said(f"{did} {count} scenarios.", undo=undo, chosen=changed.public_ids)


def of_refusal(no_room: NotKeptError) -> Said:
    return Said(
        str(no_room),
        refused=True,
        in_list=no_room.in_list,
        needs_account=no_room.needs_account,
    )


def keep(request: HttpRequest, said: Said) -> None:
    """For the page that the browser is sent to."""
    request.session[place_of(request, SESSION_KEY)] = list(said)


def heard(request: HttpRequest) -> Said | None:
    """What was kept to be said, once."""
    kept = request.session.pop(place_of(request, SESSION_KEY), None)
    return Said(*kept) if kept else None
