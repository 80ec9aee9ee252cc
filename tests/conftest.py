"""What holds for all tests."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

# The calculator is also tested where there is no Django.
pytest_plugins = ["tests.emptying"] if find_spec("django") else []

# A busy machine is no failure: nothing here is tested by the clock.
settings.register_profile("amtweb", deadline=None)
settings.load_profile("amtweb")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where the run is about another database, what uses none is left out."""
    if "DATABASE_URL" not in os.environ:
        return
    idle = [item for item in items if not uses_the_database(item)]
    config.hook.pytest_deselected(items=idle)
    items[:] = [item for item in items if uses_the_database(item)]


def uses_the_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database, or starts processes that do."""
    if item.get_closest_marker("django_db") or item.get_closest_marker("processes"):
        return True
    return not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
