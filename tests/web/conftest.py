"""A world that the tests of a file share; each of them leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import override_settings

if TYPE_CHECKING:
    from tests.web.permissions.views import World

LONG = 24 * 60 * 60


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    from amtweb.reports import pdf
    from tests.web.permissions.views import make_world

    # Whoever confirmed themselves when the world began still counts as confirmed at its end.
    lasting = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=LONG)
    # What would be made into a PDF is quicker to have, and easier to read.
    unmade = patch.object(pdf, "_made", lambda asked: asked)
    with django_db_blocker.unblock(), lasting, unmade, transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
