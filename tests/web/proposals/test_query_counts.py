"""What the pages of proposals ask of the database does not grow with what there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amtweb.firms.models import Client
from amtweb.proposals.models import Issue, Proposal
from tests.web.firms.cast import Cast
from tests.web.proposals import desk
from tests.web.proposals.made import drafted

pytestmark = pytest.mark.django_db

MANY = 12


def asked(people: Cast, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        people.advisor.page(path)
    return len(queries)


def test_no_page_asks_more_of_more(people: Cast, proposal: Proposal, issue: Issue) -> None:
    token = desk.linked(people.advisor, issue)
    paths = [
        *("/proposals/", people.household.get_absolute_url(), desk.at(proposal)),
        *(desk.at(proposal, "preview/"), desk.of_issue(issue), desk.of_issue(issue, "links/")),
        *(f"/clients/{people.household.public_id}/propose/", f"/shared/{token}/proposal/"),
    ]
    few = {path: asked(people, path) for path in paths}

    for number in range(MANY):
        client = Client.objects.create(firm=people.firm, name=f"Household {number}")
        drafted(client, proposal.draft)
        drafted(people.household, proposal.draft)
        desk.linked(people.advisor, issue, label=f"{number}")
        desk.plan(people.household, f"Plan {number}")
    for _ in range(4):
        desk.edit(people.advisor, proposal, op="add", add=f"{people.scenario.public_id}:saved")
    desk.given(people, proposal)

    many = {path: asked(people, path) for path in paths}
    # Fewer where what was shown first was computed for the first time.
    assert {path: count for path, count in many.items() if count > few[path]} == {}
