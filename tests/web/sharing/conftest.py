"""A scenario that is shared, and who shares it."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from amtweb.scenarios.models import Scenario
from tests.web.sharing.links import made
from tests.web.visitors import Visitor


@pytest.fixture(autouse=True)
def nothing_was_missed_before(db: None) -> None:
    cache.clear()


@pytest.fixture
def owner() -> Visitor:
    return Visitor()


@pytest.fixture
def saved(owner: Visitor) -> Scenario:
    return owner.saved(title="Shared by Ana", notes="Private", **{"years[0].wages": "123,456"})


@pytest.fixture
def token(owner: Visitor, saved: Scenario) -> str:
    return made(owner, saved)


@pytest.fixture
def copyable(owner: Visitor, saved: Scenario) -> str:
    return made(owner, saved, may_copy="on")
