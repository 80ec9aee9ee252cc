"""What goes by itself, and when.  No timer of the machine is needed for it.

The site purges when it is started (``make run``) and then, at most once a day in each of its
processes, after a request that writes.  ``manage.py purge`` does the same for whoever likes timers.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.utils import timezone

from amtweb.scenarios.models import Scenario
from amtweb.scenarios.visitors import keep_known

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    Rule = Callable[[datetime], int]

DELETED_FOR: Final = timedelta(days=30)
"""How long a deleted scenario can be had back."""
UNUSED_BROWSER: Final = timedelta(days=90)
"""What was saved without an account goes so long after the last change to any of it."""
EVERY: Final = timedelta(days=1)

_log = logging.getLogger(__name__)
_rules: dict[str, Rule] = {}
_last_purge: list[datetime] = []


def rule(of: str) -> Callable[[Rule], Rule]:
    """Registers what deletes the rows that are due at a moment and says how many they were."""

    def register(deletes: Rule) -> Rule:
        _rules[of] = deletes
        return deletes

    return register


@rule("deleted scenarios")
def deleted_scenarios(now: datetime) -> int:
    """Those that nobody asked back."""
    return _delete(Scenario.objects.filter(deleted_at__lte=now - DELETED_FOR))


@rule("scenarios of unused browsers")
def unused_browsers(now: datetime) -> int:
    """All of a browser at once, so that what is seldom opened does not go before the rest."""
    without_account = Scenario.objects.filter(owner=None)
    used = without_account.filter(changed_at__gt=now - UNUSED_BROWSER)
    return _delete(without_account.exclude(visitor__in=used.order_by().values("visitor")))


@rule("ended sessions")
def ended_sessions(now: datetime) -> int:
    return Session.objects.filter(expire_date__lte=now).delete()[0]


def purge() -> dict[str, int]:
    """Deletes all that is due, rule by rule; how many rows each of them took."""
    now = timezone.now()
    taken = {}
    for of, deletes in _rules.items():
        with transaction.atomic():
            taken[of] = deletes(now)
    return taken


class RetentionMiddleware:
    """Purges once a day, and keeps a browser known as long as it is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers first.  Reading changes nothing, so that only what writes sets it off."""
        response = self.get_response(request)
        if request.method == "POST":
            keep_known(request)
            _purge_if_due()
        return response


def _purge_if_due() -> None:
    now = timezone.now()
    if _last_purge and now - _last_purge[-1] < EVERY:
        return
    _last_purge[:] = [now]
    try:
        purge()
    except DatabaseError:
        # Whoever posted has nothing to do with it, and tomorrow is another day.
        _log.warning("the purge failed; it is tried again in a day")


def _delete(scenarios: QuerySet[Scenario]) -> int:
    """Scenarios with their revisions and links; how many scenarios they were."""
    return scenarios.delete()[1].get(Scenario._meta.label, 0)
