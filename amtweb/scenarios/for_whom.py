"""For which client of the firm a scenario is, as forms ask and addresses say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from amtweb.firms.models import Client
from amtweb.firms.workspace import member_of, place_of
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.quotas import NotKeptError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.http import HttpRequest

    from amtweb.firms.models import Member
    from amtweb.scenarios.visitors import Visitor

FIELD: Final = "client"
SESSION_KEY: Final = "working_client"
_PUBLIC_ID = re.compile("[A-Za-z0-9_-]{1,32}")


class GoneClientError(NotKeptError):
    """The client is another firm's, or was deleted while one chose."""

    begins = "Not saved, and still here."

    def __init__(self) -> None:
        super().__init__("The client that you chose is not there any more. Choose another one.")


class ForWhom(NamedTuple):
    """What a form offers."""

    choices: list[tuple[str, str]]
    """Public ids, and names with those of the household's people, by which one finds them."""
    chosen: str


def said_client(fields: Mapping[str, str]) -> str:
    """The public id that a form or an address names; empty if it names none."""
    said = str(fields.get(FIELD, ""))
    return said if _PUBLIC_ID.fullmatch(said) else ""


def named_client(member: Member | None, public_id: str) -> Client | None:
    """The member's client of that public id; None for none, and for who works in no firm.

    Raises:
        GoneClientError: The firm has no such client.
    """
    if member is None or not public_id:
        return None
    found = Client.objects.of(member).filter(public_id=public_id).first()
    if found is None:
        raise GoneClientError
    return found


def posted_client(request: HttpRequest) -> Client | None:
    """The client that a form names.

    Raises:
        GoneClientError: The firm has no such client.
    """
    return named_client(member_of(request), said_client(request.POST))


def held_client(member: Member, client: Client) -> Client:
    """The same, who cannot be deleted until the transaction ends.

    Raises:
        GoneClientError: They were, just before.
    """
    held = Client.objects.of(member).select_for_update().filter(pk=client.pk).first()
    if held is None:
        raise GoneClientError
    return held


def for_whom(request: HttpRequest, preset: str = "") -> ForWhom | None:
    """What a form of the page offers; None for who works in no firm."""
    member = member_of(request)
    if member is None:
        return None
    fields = request.POST if request.method == "POST" else request.GET
    chosen = preset or said_client(fields)
    if not chosen and FIELD not in fields:
        chosen = kept_choice(request)
    clients = Client.objects.of(member).filter(archived_at=None).prefetch_related("people")
    return ForWhom([(each.public_id, _words(each)) for each in clients], chosen)


def _words(client: Client) -> str:
    people = ", ".join(person.name for person in client.people.all())
    return f"{client.name}: {people}" if people else client.name


def kept_choice(request: HttpRequest) -> str:
    """For whom the bench is, as last chosen."""
    return str(request.session.get(place_of(request, SESSION_KEY), ""))


def keep_choice(request: HttpRequest, public_id: str) -> None:
    """Remembers for whom the bench is."""
    key = place_of(request, SESSION_KEY)
    if public_id:
        request.session[key] = public_id
    else:
        request.session.pop(key, None)


def client_of_all(visitor: Visitor, public_ids: Collection[str]) -> Client | None:
    """The one client whom all of these scenarios are for; else None."""
    own = Scenario.objects.editable_by(visitor).filter(public_id__in=public_ids)
    found = {each.client_id: each.client for each in own.select_related("client").defer("draft")}
    return found.popitem()[1] if len(found) == 1 else None
