"""One of everything that a firm and a client's account have between them."""

from __future__ import annotations

from typing import NamedTuple

from amtweb.accounts.models import User
from amtweb.firms.models import Client, Member
from amtweb.portal.documents import of_edition
from amtweb.portal.models import (
    ClientInvitation,
    Comment,
    Copy,
    Edition,
    Link,
    Publication,
    Suggestion,
)
from amtweb.portal.publishing import publish
from amtweb.scenarios.models import Scenario
from calculator import SCHEMA_VERSION, parse_scenario

DOCUMENT = {
    "schema_version": SCHEMA_VERSION,
    "title": "Published",
    "household": {"filing_status": "single"},
    "years": [{"year": year, "wages": 200_000} for year in (2026, 2027)],
}


class Between(NamedTuple):
    """Everything by what an address calls it."""

    client: Client
    scenario: Scenario
    edition: Edition
    publication: Publication
    link: Link
    copy: Copy
    suggestion: Suggestion
    invitation: ClientInvitation
    to_the_user: ClientInvitation
    by_client: Comment
    by_firm: Comment

    def named(self, route: str) -> dict[str, str]:
        """What the places of an address stand for."""
        public_id = self.client.public_id
        for place, named in (
            ("advisor/invitations/", self.to_the_user),
            ("advisor/links/", self.link),
            ("advisor/copies/", self.copy.scenario),
        ):
            if route.startswith(place):
                public_id = named.public_id
        said = self.by_firm if route.startswith("clients/") else self.by_client
        return {
            "<slug:public_id>": public_id,
            "<slug:publication>": self.publication.public_id,
            "<slug:scenario>": self.scenario.public_id,
            "<slug:link>": self.link.public_id,
            "<slug:suggestion>": self.suggestion.public_id,
            "<slug:invitation>": self.invitation.public_id,
            "<slug:comment>": said.public_id,
        }


def between(member: Member, user: User, client: Client) -> Between:
    """A publication that the user reads, with a copy, figures, comments and invitations."""
    parse_scenario(DOCUMENT)
    scenario = Scenario.objects.create(
        firm=member.firm, client=client, title="Published", draft=DOCUMENT
    )
    link = Link.objects.create(client=client, user=user)
    edition = publish(member, client, scenario, "Words to the client", scenario.draft_version)
    own = Scenario.objects.create(owner=user, title="My copy", draft=of_edition(edition))
    theirs = {"publication": edition.publication, "edition": edition}
    asked = {"client": client, "invited_by": member}
    return Between(
        client=client,
        scenario=scenario,
        edition=edition,
        publication=edition.publication,
        link=link,
        copy=Copy.objects.create(scenario=own, edition=edition),
        suggestion=Suggestion.objects.create(
            link=link, edition=edition, document=own.draft, headline={}, message="What if?"
        ),
        invitation=ClientInvitation.objects.create(email="asked@example.org", **asked),
        to_the_user=ClientInvitation.objects.create(email=user.email, **asked),
        by_client=Comment.objects.create(link=link, text="From the client", **theirs),
        by_firm=Comment.objects.create(member=member, text="From the firm", **theirs),
    )
