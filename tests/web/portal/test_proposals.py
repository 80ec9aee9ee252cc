"""What a household was given is among what its people see, and nobody else's."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.utils import timezone

from amtweb.audit.models import Event
from amtweb.firms.models import Client
from amtweb.portal.models import Kind, Link, Notice
from amtweb.proposals import logos
from amtweb.proposals.models import Proposal
from tests.web.firms.cast import Cast, cast
from tests.web.people import Person
from tests.web.proposals import desk
from tests.web.proposals.test_issues import picture
from tests.web.reading import Page

pytestmark = pytest.mark.django_db


def person_of(household: Client, email: str) -> Person:
    person = Person(email).signed_in()
    Link.objects.create(client=household, user=person.user)
    return person


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def ada(people: Cast) -> Person:
    return person_of(people.household, "ada@example.org")


@pytest.fixture
def proposal(people: Cast) -> Proposal:
    return desk.begun(people, people.scenario, desk.plan(people.household, "Half", **desk.half()))


def test_a_client_reads_the_newest_issue_and_is_told_of_it(
    people: Cast, ada: Person, proposal: Proposal
) -> None:
    place = f"/advisor/proposals/{proposal.public_id}/"
    assert ada.client.get(place).status_code == HTTPStatus.NOT_FOUND
    assert "Two ways" not in ada.client.get("/advisor/").content.decode()

    logos.put_up(people.firm, logos.made_anew(picture()))
    desk.given(people, proposal)
    desk.edit(people.advisor, proposal, title="Only a draft", before="Only a draft")

    home = ada.client.get("/advisor/").content.decode()
    assert "Two ways to exercise" in home
    assert "Only a draft" not in home
    (article,) = Page(ada.client.get(place).content).all("article")
    assert "Two ways to exercise" in article.text
    assert "Only a draft" not in article.text
    assert ada.client.get(f"{place}logo")["Content-Type"] == "image/png"
    assert [each.kind for each in Notice.objects.filter(user=ada.user)] == [Kind.GIVEN]
    assert "A proposal for you" in ada.client.get("/news/").content.decode()
    desk.given(people, proposal)
    assert "Only a draft" in ada.client.get(place).content.decode()
    opened = Event.objects.filter(act="proposal_opened", who=ada.user.pk)
    assert {event.role for event in opened} == {"client"}


def test_nobody_elses_household_sees_it(people: Cast, ada: Person, proposal: Proposal) -> None:
    neighbour = Client.objects.create(firm=people.firm, name="Neighbours")
    other = person_of(neighbour, "eve@example.org")
    nobody = Person("mallory@example.org").signed_in()
    desk.given(people, proposal)
    place = f"/advisor/proposals/{proposal.public_id}/"

    for who in (other, nobody):
        for part in ("", "proposal.pdf", "logo"):
            assert who.client.get(f"{place}{part}").status_code == HTTPStatus.NOT_FOUND
        assert "Two ways" not in who.client.get("/advisor/").content.decode()
    # Who has left the firm reads no more of it.
    assert ada.client.get(place).status_code == HTTPStatus.OK
    Client.objects.filter(pk=people.household.pk).update(closed_at=timezone.now())
    assert ada.client.get(place).status_code == HTTPStatus.NOT_FOUND
