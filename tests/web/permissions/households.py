"""What a firm and the accounts of its clients have between them, every text with a canary."""

from __future__ import annotations

from amtweb.accounts.models import User
from amtweb.firms.models import Client, Member
from amtweb.portal.documents import of_edition
from amtweb.portal.models import ClientInvitation, Comment, Copy, Link, Suggestion
from amtweb.portal.publishing import publish
from amtweb.scenarios.models import Scenario
from tests.web.permissions.world import address_of, canary, document, headline
from tests.web.proposals import made as proposals


def linked(side: str, user: User, client: Client, member: Member) -> dict[str, str]:
    """A publication that the user reads, and all that can follow; what addresses call it."""
    shown = document(side)
    scenario = Scenario.objects.create(
        firm=client.firm, client=client, title=shown["title"], draft=shown
    )
    link = Link.objects.create(client=client, user=user)
    edition = publish(member, client, scenario, canary(side, "words"), scenario.draft_version)
    # What the client makes of it is nobody else's, until they propose it.
    changed = of_edition(edition) | {"title": canary(f"{side}-own", "copy")}
    own = Scenario.objects.create(owner=user, title=changed["title"], draft=changed)
    Copy.objects.create(scenario=own, edition=edition)
    proposed = Suggestion.objects.create(
        link=link,
        edition=edition,
        document=shown | {"years": [{"year": 2026, "wages": 300000}]},
        headline=headline(),
        message=canary(side, "message"),
    )
    said = {"publication": edition.publication, "edition": edition}
    by_client = Comment.objects.create(link=link, text=canary(side, "comment"), **said)
    by_firm = Comment.objects.create(member=member, text=canary(side, "answer"), **said)
    given = proposals.made(member, client, scenario, canary(side, "proposal"))
    asked = {"client": client, "invited_by": member}
    invitation = ClientInvitation.objects.create(email=address_of(side, "asked"), **asked)
    to_them = ClientInvitation.objects.create(email=user.email, **asked)
    return {
        "published_scenario": scenario.public_id,
        "publication": edition.publication.public_id,
        "proposal_to_them": given.proposal.public_id,
        "link": link.public_id,
        "copy": own.public_id,
        "suggestion": proposed.public_id,
        "client_invitation": invitation.public_id,
        "client_taken_up": to_them.public_id,
        "comment_by_client": by_client.public_id,
        "comment_by_firm": by_firm.public_id,
    }
