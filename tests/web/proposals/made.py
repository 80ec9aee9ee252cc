"""A proposal with an issue and a link to it, made without asking the site."""

from __future__ import annotations

from typing import Any, NamedTuple

from amtweb.firms.models import Client, Member
from amtweb.proposals import drafts, issuing, logos
from amtweb.proposals.logos import Picture
from amtweb.proposals.models import Issue, IssueLink, Proposal, canonical, digest_of
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import digest_of as digest_of_token

A_PICTURE = Picture("image/png", b"a picture", 40, 20)


class Made(NamedTuple):
    """What there is then."""

    proposal: Proposal
    issue: Issue
    link: IssueLink
    token: str


def made(member: Member, client: Client, scenario: Scenario, words: str = "Words") -> Made:
    """A firm with a logo, and a proposal that its client was given."""
    logos.put_up(member.firm, A_PICTURE)
    revision = scenario.revisions.get(number=1)
    draft = drafts.empty(f"{words} title") | {"before": words, "after": words}
    for _ in range(2):
        draft = drafts.with_one_more(draft, revision)
    proposal = drafted(client, draft)
    issue, _ = issuing.give(proposal, member, version=1)
    token = f"{issue.pk:043}"
    link = IssueLink.objects.create(
        issue=issue, maker=member, label=words, token_digest=digest_of_token(token)
    )
    return Made(proposal, issue, link, token)


def drafted(client: Client, draft: dict[str, Any]) -> Proposal:
    """A proposal with this draft."""
    return Proposal.objects.create(
        client=client,
        title=draft["title"],
        draft=draft,
        draft_digest=digest_of(canonical(draft)),
    )
