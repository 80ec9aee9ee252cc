"""A firm that publishes to a household of two, and another household of the same firm."""

from __future__ import annotations

from typing import Any, NamedTuple

from amtweb.firms.models import Client
from amtweb.portal.invitations import accept, invite
from amtweb.portal.models import ClientInvitation, Link, Publication
from amtweb.portal.publishing import publish
from tests.web.firms.cast import Cast, cast
from tests.web.people import Person

SECRETS = ("Canary notes", "Canary tag", "Canary draft", "Canary later", "Canary-id", "Canary memo")
"""What no client may ever see."""


class Scene(NamedTuple):
    """Who is there, and what is published."""

    people: Cast
    ada: Person
    link: Link
    publication: Publication

    @property
    def client(self) -> Client:
        return self.people.household

    @property
    def by_client(self) -> str:
        return f"/advisor/published/{self.publication.public_id}/"

    @property
    def by_firm(self) -> str:
        return f"/clients/{self.client.public_id}/published/{self.publication.public_id}/"

    def another(self, email: str, client: Client | None = None) -> tuple[Person, Link]:
        """Somebody else, linked with the household or another client."""
        person = Person(email).signed_in()
        return person, linked(self.people, client or self.client, person)


def linked(people: Cast, client: Client, person: Person) -> Link:
    invitation = invite(
        ClientInvitation(client=client, email=person.email, invited_by=people.advisor.member)
    )
    link = accept(invitation, person.user)
    assert link is not None
    return link


def scene() -> Scene:
    """Ada of the household reads one scenario; the firm has more than she may know."""
    people = cast()
    firm = people.advisor
    people.household.tags.create(firm=people.firm, name="Canary tag")
    scenario = people.scenario
    address = scenario.get_absolute_url()
    firm.edit(address, op="save", note="Canary memo", title="Plan for Ada", notes="Canary draft")
    scenario.refresh_from_db()
    ada = Person("ada@example.org").signed_in()
    link = linked(people, people.household, ada)
    edition = publish(firm.member, people.household, scenario, "Read me", scenario.draft_version)
    other = firm.saved(title="Canary draft")
    other.client = people.household
    other.save()
    return Scene(people, ada, link, edition.publication)


def wages(document: dict[str, Any], amount: float) -> dict[str, Any]:
    """The document with other wages in its first year."""
    first, *rest = document["years"]
    return document | {"years": [first | {"wages": amount}, *rest]}
