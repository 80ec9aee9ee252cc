"""A site whose every text says whose it is, so that one in the wrong place is seen.

Two firms, a user and a browser each have one thing of every kind, made by the same code.
"""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from amtweb.accounts.models import User
from amtweb.analyses.panels import PANELS
from amtweb.book.feeds import make_feed
from amtweb.book.plans import mark_plan
from amtweb.book_import.models import Reference
from amtweb.firms.models import Client, Firm, Invitation, Member, Person, Role, Tag
from amtweb.proposals.models import IssueLink
from amtweb.runs.models import Kind
from amtweb.runs.starting import start
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.gallery import DEFAULT
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import EditSteps, Scenario
from amtweb.scenarios.visitors import digest_of_visitor
from amtweb.sharing.models import ShareLink, digest_of
from tests.web.proposals import made as proposals

SIDES = (
    *("alder", "birch", "owner", "browser"),
    # What a client of the first firm is shown, and has of their own; the same of another client.
    *("household", "household-own", "neighbour", "neighbour-own", "stranger", "stranger-own"),
)
NAMED_BY = {
    "workspaces/invitations/": {"public_id": "taken_up"},
    "workspaces/<": {"public_id": "firm"},
    "firm/members/": {"public_id": "member"},
    "firm/invitations/": {"public_id": "invitation"},
    "clients/<slug:public_id>/invitations/": {
        "public_id": "client",
        "invitation": "client_invitation",
    },
    "clients/": {"public_id": "client", "comment": "comment_by_firm"},
    "advisor/invitations/": {"public_id": "client_taken_up"},
    "advisor/proposals/": {"public_id": "proposal_to_them"},
    "advisor/links/": {"public_id": "link"},
    "advisor/copies/": {"public_id": "copy"},
    "advisor/": {"comment": "comment_by_client"},
    "scenarios/": {"public_id": "scenario"},
    "proposals/": {"public_id": "proposal", "fingerprint": "issue_link"},
    "firm/import/": {"public_id": "import"},
    "runs/": {"public_id": "run"},
    "book/views/": {"public_id": "book_view"},
    "book/feeds/": {"public_id": "feed"},
    "feeds/": {"token": "feed_token"},
    "shared/<slug:token>/proposal/": {"token": "issue_token"},
}
"""What the parts of addresses that begin so are called among ``names``; else as they are there."""
LITERALS = {
    "<slug:example_slug>": DEFAULT,
    "<int:year>": "2026",
    "<int:number>": "1",
    "<str:file>": "years.csv",
    "<str:part>": "reproduce.py",
    "<slug:table>": "sales",
    "<slug:concept>": "amt",
}
MISSING = "0" * 22


def canary(side: str, what: str = "") -> str:
    """A text that only this side has."""
    return f"zz{side}zz {what}".strip()


def mark(side: str) -> bytes:
    """What every text of the side has in it."""
    return canary(side).lower().encode()


def address_of(side: str, who: str) -> str:
    """An e-mail address of somebody whom only this side knows."""
    return f"{who}.zz{side}zz@example.org"


def document(side: str) -> dict[str, Any]:
    """A small scenario of the side's."""
    return {
        "schema_version": 1,
        "title": canary(side, "scenario"),
        "years": [{"year": 2025, "wages": 200000}, {"year": 2026, "wages": 200000}],
        "grants": [
            {
                "id": "g1",
                "label": canary(side, "grant"),
                "kind": "iso",
                "date": "2023-03-01",
                "shares": 1000,
                "strike": 2,
            }
        ],
        "exercises": [
            {
                "id": "e1",
                "grant": "g1",
                "date": "2026-02-10",
                "shares": 1000,
                "fair_market_value": 90,
            }
        ],
        "holdings": [
            {
                "id": "h1",
                "label": canary(side, "holding"),
                "acquired": "2015-05-01",
                "shares": 50,
                "basis": 40,
            }
        ],
    }


@cache
def headline() -> dict[str, Any]:
    """The figures of such a scenario, which are everybody's same."""
    return figures_of(result_of(document("")))


@dataclass
class Side:
    """What a firm, a user or a browser has; ``names`` are what addresses and forms call it."""

    side: str
    scenario: Scenario
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, side: str, **whose: Any) -> Side:
        """With a scenario that has a revision, links and steps to undo."""
        wanted = document(side)
        scenario = Scenario.objects.create(title=wanted["title"], draft=wanted, **whose)
        # The draft is a little further than the newest revision.
        earlier = wanted | {"years": [{"year": 2025}, {"year": 2026, "wages": 190000}]}
        scenario.make_revision(earlier, headline(), canary(side, "note"))
        EditSteps.objects.create(scenario=scenario, visitor=side, steps={})
        made = cls(side, scenario, {"scenario": scenario.public_id, "title": wanted["title"]})
        for kind, settled in LINKS.items():
            link, token = ShareLink.make(scenario, label=canary(side, "link"), **settled)
            made.names |= {f"{kind}_token": token, f"{kind}_link": link.token_digest}
        ShareLink.objects.filter(token_digest=made.names["dead_link"]).update(
            expires_at=timezone.now() - timedelta(minutes=1)
        )
        made.names["fingerprint"] = made.names["read_link"]
        return made


LINKS: Mapping[str, Mapping[str, Any]] = {"read": {}, "copy": {"may_copy": True}, "dead": {}}


@dataclass
class FirmSide(Side):
    """A firm with its members, invitations and a client."""

    firm: Firm = field(default_factory=Firm)
    members: dict[str, Member] = field(default_factory=dict)

    @classmethod
    def found(cls, side: str) -> FirmSide:
        """With everything that a firm can have."""
        firm = Firm.objects.create(name=canary(side, "firm"), disclaimer=canary(side, "disclaimer"))
        members = {
            role: Member.objects.create(firm=firm, user=user(address_of(side, role)), role=role)
            for role in Role
        }
        household = Client.objects.create(
            firm=firm,
            name=canary(side, "household"),
            notes=canary(side, "notes"),
            advisor=members[Role.ADVISOR],
        )
        Person.objects.create(client=household, name=canary(side, "person"), born=1980)
        household.tags.add(Tag.objects.create(firm=firm, name=canary(side, "tag")))
        invitation = Invitation.objects.create(
            firm=firm,
            email=address_of(side, "asked"),
            role=Role.ADVISOR,
            invited_by=members[Role.ADMIN],
        )
        made = cls.make(side, firm=firm, client=household)
        # Of another's alternatives one alone cannot be proposed.
        made.names["other_scenario"] = Side.make(side, firm=firm, client=household).names[
            "scenario"
        ]
        made.firm, made.members = firm, members
        made._propose(household)
        made._keep_a_book(household)
        made.names |= {
            "firm": firm.public_id,
            "firm_pk": str(firm.pk),
            "firm_name": firm.name,
            "client": household.public_id,
            "client_pk": str(household.pk),
            "member": members[Role.READ_ONLY].public_id,
            "member_pk": str(members[Role.ADVISOR].pk),
            "invitation": invitation.public_id,
        }
        return made

    def _keep_a_book(self, household: Client) -> None:
        mark_plan(household, self.scenario)
        view = self.firm.book_views.create(name=canary(self.side, "view"))
        feed, token = make_feed(self.members[Role.ADMIN], seed="", with_names=True)
        brought = self.firm.imports.create(counts={"clients": 1})
        brought.taken.create(client=household, scenario=self.scenario)
        Reference.objects.create(firm=self.firm, client=household, name=canary(self.side, "file"))
        asked = {"change": "now", "whom": canary(self.side, "whom")}
        run = start(self.members[Role.ADVISOR], Kind.RECOMPUTE, asked, self.firm.clients.all())
        self.names |= {
            "run": run.public_id,
            "import": brought.public_id,
            "book_view": view.public_id,
            "feed": feed.public_id,
            "feed_link": feed.token_digest,
            "read_feed_token": token,
            "copy_feed_token": token,
            "dead_feed_token": f"dead-{self.side}",
        }

    def _propose(self, household: Client) -> None:
        given = proposals.made(
            self.members[Role.ADVISOR], household, self.scenario, canary(self.side, "proposal")
        )
        dead = f"dead-{self.side}".ljust(len(given.token), "-")
        IssueLink.objects.create(
            issue=given.issue,
            maker=self.members[Role.ADVISOR],
            token_digest=digest_of(dead),
            revoked_at=timezone.now(),
        )
        self.names |= {
            "proposal": given.proposal.public_id,
            "first": given.proposal.draft["alternatives"][0]["key"],
            "second": given.proposal.draft["alternatives"][1]["key"],
            "issue_link": given.link.token_digest,
            "read_issue_token": given.token,
            "copy_issue_token": given.token,
            "dead_issue_token": dead,
        }


def user(email: str, **fields: Any) -> User:
    """Somebody whose address was confirmed long ago."""
    made = User.objects.create_user(email, "a few words in a row", **fields)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def of_a_browser(side: str) -> tuple[Side, str]:
    """What a browser has, and the key in its session by which it is known."""
    key = secrets.token_urlsafe(32)
    return Side.make(side, visitor=digest_of_visitor(key)), key


def address(route: str, names: Mapping[str, str]) -> str:
    """Where the route leads for what has these names; absent for what has none."""
    called: Mapping[str, str] = next(
        (calls for begins, calls in NAMED_BY.items() if route.startswith(begins)), {}
    )
    slug = PANELS[0].slug if "analyses" in route else DEFAULT

    def name(place: re.Match[str]) -> str:
        if place[0] in LITERALS:
            return LITERALS[place[0]]
        return slug if place[1] == "slug" else names.get(called.get(place[1], place[1]), MISSING)

    return "/" + re.sub(r"<\w+:(\w+)>", name, route)


def filled_in(fields: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """The fields with the names in the places of ``{…}``; what there is not is missing."""
    known = defaultdict(lambda: MISSING, names)
    return {field.format_map(known): value.format_map(known) for field, value in fields.items()}


def is_of_something(route: str) -> bool:
    """Whether the route names something that somebody has."""
    return address(route, {}) != address(route, _Everything())


class _Everything(dict[str, str]):
    def get(self, name: str, default: Any = None) -> Any:  # type: ignore[override]
        return "something"
