from __future__ import annotations

import pytest

from tests.web.people import Person
from tests.web.visitors import Visitor


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def person() -> Person:
    return Person().signed_in()
