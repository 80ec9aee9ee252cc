"""Links that were made before there was anything to settle go on as they were."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink, digest_of, expiry

BEFORE = ("sharing", "0001_initial")
TOKEN = "t" * 43


def migrate(*targets: tuple[str, str]) -> Any:
    """To the targets, or to the newest of all; returns the models as they are then."""
    executor = MigrationExecutor(connection)
    nodes = [*targets] or executor.loader.graph.leaf_nodes()
    return executor.migrate(nodes).apps


@pytest.mark.django_db(transaction=True)
def test_they_show_their_revision_and_may_be_copied(saved: Scenario) -> None:
    revision = saved.revisions.get()
    try:
        apps = migrate(BEFORE)
        apps.get_model("sharing", "ShareLink").objects.create(
            revision_id=revision.pk, token_digest=digest_of(TOKEN), expires_at=expiry()
        )
    finally:
        migrate()

    link = ShareLink.objects.get()
    assert link.scenario == saved
    assert link.revision == revision
    assert link.may_copy
    assert Client().get(f"/shared/{TOKEN}/").status_code == HTTPStatus.OK
    assert Client().get(f"/shared/{TOKEN}/copy/").status_code == HTTPStatus.OK
