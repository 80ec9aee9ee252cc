"""What holds for all tests."""

from __future__ import annotations

import gc
import os
from collections import Counter
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

# A fifth of the time went into looking for garbage among all that stays: modules, templates, tests.
gc.set_threshold(50_000, 50, 100)

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


SAMPLE = 3


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where the run is about another database, what uses none is left out, and of a test with many
    parameters every third is enough, unless they differ in what is stored.
    """
    if "DATABASE_URL" not in os.environ:
        return
    seen: Counter[str] = Counter()
    chosen: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        wanted = uses_the_database(item)
        if wanted and hasattr(item, "callspec") and not item.get_closest_marker("every_parameter"):
            name = item.nodeid.partition("[")[0]
            wanted = seen[name] % SAMPLE == 0
            seen[name] += 1
        (chosen if wanted else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = chosen


def pytest_collection_finish() -> None:
    """What is here before the first test stays to the last."""
    gc.collect()
    gc.freeze()


def uses_the_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database, or starts processes that do."""
    if item.get_closest_marker("django_db") or item.get_closest_marker("processes"):
        return True
    return not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
