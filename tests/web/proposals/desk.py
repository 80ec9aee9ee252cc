"""An advisor at the desk, who puts scenarios of a client side by side."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from amtweb.firms.models import Client
from amtweb.proposals.models import Issue, Proposal
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.gallery import DEFAULT, example
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import Scenario
from tests.web.firms.cast import Cast, Colleague
from tests.web.reading import Page

TOKEN = re.compile(r"/shared/([^/]+)/proposal/")


def document(**changes: Any) -> dict[str, Any]:
    return example(DEFAULT).document | changes


def half() -> dict[str, Any]:
    """The usual plan with half of the shares."""
    of = document()
    return {
        name: [row | {"shares": row["shares"] / 2} for row in of[name]]
        for name in ("exercises", "sales")
    }


def plan(household: Client, title: str, **changes: Any) -> Scenario:
    """A scenario of the client's, saved once."""
    of = document(title=title, **changes)
    made = Scenario.objects.create(firm=household.firm, client=household, title=title, draft=of)
    made.make_revision(of, figures_of(result_of(of)))
    return made


def begun(cast: Cast, *scenarios: Scenario, title: str = "Two ways to exercise") -> Proposal:
    """A proposal with these scenarios as they were saved."""
    address = f"/clients/{cast.household.public_id}/propose/"
    taken = {f"take-{each.public_id}": "saved" for each in scenarios}
    response = cast.advisor.client.post(address, {"title": title, "tab": ""} | taken)
    assert response.status_code == HTTPStatus.FOUND, response.content.decode()
    return Proposal.objects.get(public_id=response["Location"].split("/")[2])


def at(proposal: Proposal, place: str = "") -> str:
    return f"/proposals/{proposal.public_id}/{place}"


def typed(who: Colleague, proposal: Proposal) -> dict[str, str]:
    """What the form of the draft would send now."""
    return who.page(at(proposal)).fields("draft")


def edit(who: Colleague, proposal: Proposal, **changes: str) -> Any:
    """The answer to the form with these changes; names end in the letter of a scenario, if any."""
    proposal.refresh_from_db()
    fields = typed(who, proposal)
    keys = dict(zip("ABCDEF", (a["key"] for a in proposal.draft["alternatives"]), strict=False))
    named = {
        f"{name[:-2]}-{keys[name[-1]]}" if name[-2:-1] == "_" else name: text
        for name, text in changes.items()
    }
    if fields.get("recommended") is None:
        fields.pop("recommended", None)
    response = who.client.post(at(proposal, "edit/"), fields | named)
    proposal.refresh_from_db()
    return response


def give(who: Colleague, proposal: Proposal) -> Any:
    proposal.refresh_from_db()
    return who.client.post(at(proposal, "give/"), {"version": str(proposal.draft_version)})


def given(cast: Cast, proposal: Proposal) -> Issue:
    """The issue that giving it makes."""
    response = give(cast.advisor, proposal)
    assert response.status_code == HTTPStatus.FOUND, response.content.decode()
    return proposal.issues.first()  # type: ignore[return-value]


def of_issue(issue: Issue, place: str = "") -> str:
    return at(issue.proposal, f"issues/{issue.number}/{place}")


def linked(who: Colleague, issue: Issue, **settled: str) -> str:
    """The token of a new link to it."""
    address = of_issue(issue, "links/")
    seed = next(
        each.attributes["value"]
        for each in who.page(address).all("input")
        if each.attributes.get("name") == "seed"
    )
    response = who.client.post(f"{address}make/", {"seed": seed} | settled)
    assert response.status_code == HTTPStatus.OK
    match = TOKEN.search(Page(response.content).find("address").attributes["value"])
    assert match is not None
    return match[1]
