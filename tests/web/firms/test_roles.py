"""What each role may do with what is the firm's, by every button that changes it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from amtweb.firms.models import Invitation, Member, Role
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.firms.cast import Cast, cast
from tests.web.people import Person

if TYPE_CHECKING:
    from tests.web.firms.cast import Colleague

pytestmark = pytest.mark.django_db

# What is sent where, and which roles that is for.
CHANGES = ("assistant", "advisor", "admin")
ADVISES = ("advisor", "admin")
SENT = {
    "edit the scenario": ("scenarios/{scenario}/", {"title": "Canary plan"}, CHANGES),
    "duplicate it": ("scenarios/{scenario}/duplicate/", {}, CHANGES),
    "rename it": ("scenarios/{scenario}/rename/", {"title": "Canary plan"}, CHANGES),
    "delete it": ("scenarios/{scenario}/delete/", {}, ADVISES),
    "archive it": ("scenarios/chosen/", {"op": "archive:{scenario}"}, CHANGES),
    "delete it from the list": ("scenarios/chosen/", {"op": "delete:{scenario}"}, ADVISES),
    "make one": ("scenarios/new/", {"title": "Another"}, CHANGES),
    "share it": ("scenarios/{scenario}/links/make/", {}, ADVISES),
    "revoke all links": ("scenarios/{scenario}/links/revoke-all/", {}, ADVISES),
    "take on a client": ("clients/new/", {"name": "New"}, CHANGES),
    "edit a client": ("clients/{client}/edit/", {"name": "New"}, CHANGES),
    "archive a client": ("clients/{client}/shelve/", {"op": "archive"}, CHANGES),
    "delete a client": ("clients/{client}/shelve/", {"op": "delete"}, ADVISES),
    "rename the firm": ("firm/settings/", {"name": "New"}, ("admin",)),
    "invite": ("firm/invite/", {"email": "new@example.org", "role": "advisor"}, ("admin",)),
    "promote": ("firm/members/{member}/", {"op": "admin"}, ("admin",)),
}


def send(people: Cast, who: Colleague, what: str) -> HTTPStatus:
    path, fields, _ = SENT[what]
    places = {
        "scenario": people.scenario.public_id,
        "client": people.household.public_id,
        "member": people.reader.member.public_id,
    }
    typed = {name: value.format(**places) for name, value in fields.items()}
    response = who.client.post(f"/{path.format(**places)}", typed)
    return HTTPStatus(response.status_code)


@pytest.mark.parametrize("what", SENT)
def test_a_role_does_what_it_includes_and_nothing_else(what: str) -> None:
    people = cast()
    before = list(Scenario.objects.values()), list(ShareLink.objects.values())

    roles = {"reader": people.reader, "assistant": people.assistant, "advisor": people.advisor}
    for role, colleague in roles.items():
        if role not in SENT[what][2]:
            assert send(people, colleague, what) == HTTPStatus.FORBIDDEN
    assert (list(Scenario.objects.values()), list(ShareLink.objects.values())) == before
    for role, colleague in roles.items():
        if role in SENT[what][2]:
            assert send(people, colleague, what) != HTTPStatus.FORBIDDEN
            break


@pytest.mark.parametrize("what", SENT)
def test_nothing_of_a_firm_is_there_for_another_firm(what: str) -> None:
    people = cast()
    before = list(Scenario.objects.filter(firm=people.firm).values())
    people.stranger.confirmed()

    status = send(people, people.stranger, what)

    if "{" in SENT[what][0]:
        assert status == HTTPStatus.NOT_FOUND
    assert list(Scenario.objects.filter(firm=people.firm).values()) == before
    people.firm.refresh_from_db()
    assert people.firm.name == "Canary Advisors"


def test_who_has_another_role_by_now_lets_nobody_in() -> None:
    people = cast()
    guest = Person("guest@example.org").signed_in()
    invited = Invitation.objects.create(
        firm=people.firm, email=guest.email, role=Role.ADMIN, invited_by=people.admin.member
    )
    accept = f"/workspaces/invitations/{invited.public_id}/accept/"
    Member.objects.filter(pk=people.admin.member.pk).update(role=Role.READ_ONLY)

    assert guest.client.post(accept).status_code == HTTPStatus.NOT_FOUND
    assert people.firm.name not in guest.client.get("/workspaces/").content.decode()
    assert guest.email not in people.reader.client.get("/firm/").content.decode()

    Member.objects.filter(pk=people.admin.member.pk).update(role=Role.ADMIN)
    assert guest.client.post(accept).status_code == HTTPStatus.FOUND


def test_the_name_of_a_firm_stands_in_one_line_of_a_mail() -> None:
    people = cast()
    people.admin.client.post("/firm/settings/", {"name": "One\rBcc: two@example.org\nThree"})

    people.firm.refresh_from_db()
    assert people.firm.name == "One Bcc: two@example.org Three"
