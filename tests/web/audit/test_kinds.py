"""A day in a firm: every kind of act leaves one event, by who did it."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import NamedTuple

import pytest

from amtweb.audit.models import Event
from amtweb.audit.verification import breaks_in
from amtweb.book_import.models import Import
from tests.web.book_import.books import CLIENTS, PAGE, fields
from tests.web.firms.cast import Cast, Colleague, cast
from tests.web.people import Person

pytestmark = pytest.mark.django_db


class Step(NamedTuple):
    """Something that somebody does."""

    who: str
    act: str
    path: str
    sends: dict[str, str] | None = {}
    """None to look at it only."""
    refused: bool = False


DAY = (
    Step("admin", "entered", "workspaces/{firm}/enter/"),
    Step("admin", "firm_changed", "firm/settings/", {"name": "Canary Partners"}),
    Step("admin", "invited", "firm/invite/", {"email": "new@example.org", "role": "advisor"}),
    Step("admin", "invitation_withdrawn", "firm/invitations/{invitation}/withdraw/"),
    Step("admin", "role_changed", "firm/members/{assistant}/", {"op": "advisor"}),
    Step("admin", "role_changed", "firm/members/{assistant}/", {"op": "assistant"}),
    Step("admin", "sessions_ended", "firm/members/{leaver}/sessions/end/"),
    Step("admin", "member_removed", "firm/members/{leaver}/", {"op": "remove"}),
    Step("assistant", "client_made", "clients/new/", {"name": "New household"}),
    Step("assistant", "client_changed", "clients/{client}/edit/", {"name": "Renamed"}),
    Step("assistant", "client_archived", "clients/{client}/shelve/", {"op": "archive"}),
    Step("assistant", "client_unarchived", "clients/{client}/shelve/", {"op": "unarchive"}),
    Step("assistant", "plan_marked", "clients/{client}/plan/", {"scenario": "{scenario}"}),
    Step("reader", "book_seen", "book/", None),
    Step("assistant", "book_view_saved", "book/views/", {"name": "Ours", "for": "firm"}),
    Step("assistant", "book_view_deleted", "book/views/{view}/", {"op": "delete"}),
    Step("advisor", "book_exported", "book/clients.csv"),
    Step("advisor", "dates_exported", "book/dates.ics"),
    Step("advisor", "feed_made", "book/feeds/new/", {"seed": "a"}),
    Step("advisor", "feed_ended", "book/feeds/{feed}/end/"),
    Step("advisor", "book_imported", "firm/import/", {"": "import"}),
    Step("advisor", "book_import_undone", "firm/import/{import}/undo/"),
    Step("reader", "change", "clients/new/", {"name": "No"}, refused=True),
    Step("assistant", "delete", "clients/{client}/shelve/", {"op": "delete"}, refused=True),
    Step("assistant", "export", "book/clients.csv", refused=True),
    Step("assistant", "import_a_book", "firm/import/", None, refused=True),
    Step("advisor", "manage", "firm/settings/", {"name": "Mine"}, refused=True),
    Step("advisor", "read_the_log", "firm/log/", None, refused=True),
    Step("reader", "share", "scenarios/{scenario}/links/make/", refused=True),
    Step("admin", "log_exported", "firm/log/export/", {"form": "csv"}),
    Step("advisor", "client_deleted", "clients/{client}/shelve/", {"op": "delete"}),
    Step("assistant", "member_left", "firm/leave/"),
    Step("admin", "firm_deleted", "firm/delete/", {"name": "Canary Partners"}),
)


def test_each_kind_leaves_one_event_and_what_is_looked_up_leaves_none() -> None:
    people = cast()
    leaver = Colleague("leaver@example.org").in_firm(people.firm, "advisor")
    newcomer(people)
    log = people.firm.public_id
    for colleague in (people.admin, people.advisor):
        colleague.confirmed()
    names = {"firm": log, "leaver": leaver.member.public_id}
    names |= {"assistant": people.assistant.member.public_id}
    names |= {"client": people.household.public_id, "scenario": people.scenario.public_id}

    for step in DAY:
        before = list(Event.objects.filter(log=log).values_list("pk", flat=True))
        do(people, step, names | made(people))
        event = Event.objects.filter(log=log).exclude(pk__in=before).get()
        assert (event.act, event.refused) == (step.act, step.refused)
        assert event.who == getattr(people, step.who).user.pk
        for secret in ("Canary", "Renamed", "household", "@"):
            assert secret not in event.about

    kinds = Counter(step.act for step in DAY)
    assert len(kinds) + len(("joined", "firm_made")) >= 30
    assert list(breaks_in(log)) == []


def newcomer(people: Cast) -> None:
    """Somebody takes up an invitation, and makes a firm of their own."""
    person = Colleague("newcomer@example.org")
    person.with_account()
    person.sign_in_twice()
    invitation = people.firm.invitations.create(
        email=person.email, role="advisor", invited_by=people.admin.member
    )
    person.client.post(f"/workspaces/invitations/{invitation.public_id}/accept/")
    person.client.post("/workspaces/new-firm/", {"name": "Their own"})

    for act in ("joined", "firm_made"):
        assert Event.objects.get(act=act).who == person.user.pk


def made(people: Cast) -> dict[str, str]:
    """What earlier steps made, by the newest of each kind."""
    newest = {
        "invitation": people.firm.invitations.filter(accepted_at=None).first(),
        "view": people.firm.book_views.first(),
        "feed": people.advisor.member.feeds.first(),
        "import": Import.objects.first(),
    }
    return {name: each.public_id for name, each in newest.items() if each is not None}


def do(people: Cast, step: Step, names: dict[str, str]) -> None:
    who: Person = getattr(people, step.who)
    path = f"/{step.path.format(**names)}"
    if step.sends is None:
        response = who.client.get(path)
    elif "" in step.sends:
        response = who.client.post(PAGE, fields(people.advisor, clients=CLIENTS))
    else:
        sends = {name: value.format(**names) for name, value in step.sends.items()}
        response = who.client.post(path, sends)
    expected = (HTTPStatus.FORBIDDEN,) if step.refused else (HTTPStatus.OK, HTTPStatus.FOUND)
    assert response.status_code in expected, step
