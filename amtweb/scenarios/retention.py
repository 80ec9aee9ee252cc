"""How long a deleted scenario can be had back.  The daily upkeep of the site keeps to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from amtweb.scenarios.models import Scenario

DELETED_FOR: Final = timedelta(days=30)


def purge_deleted() -> int:
    """Deletes for good what nobody asked back, with revisions and links; how many scenarios."""
    due = Scenario.objects.filter(deleted_at__lte=timezone.now() - DELETED_FOR)
    return due.delete()[1].get(Scenario._meta.label, 0)
