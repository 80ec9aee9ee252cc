from __future__ import annotations

import pytest

from amtweb.proposals.models import Issue, Proposal
from tests.web.firms.cast import Cast, cast
from tests.web.proposals import desk


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def proposal(people: Cast) -> Proposal:
    """All of the shares, or half of them."""
    return desk.begun(people, people.scenario, desk.plan(people.household, "Half", **desk.half()))


@pytest.fixture
def issue(people: Cast, proposal: Proposal) -> Issue:
    return desk.given(people, proposal)
