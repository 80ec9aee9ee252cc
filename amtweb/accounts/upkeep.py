"""Clears away what nobody can reach or needs any more."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, connections, router
from django.utils import timezone

from amtweb.accounts.models import User
from amtweb.accounts.sealing import sealed_anew
from amtweb.book.lines import bring_all_up_to_date
from amtweb.portal.notices import forget_old, mail_what_waits
from amtweb.portal.unlinking import erase_closed
from amtweb.proposals.models import IssueLink
from amtweb.scenarios.models import EditSteps, Scenario
from amtweb.scenarios.once import forget_done
from amtweb.scenarios.retention import purge_deleted
from amtweb.scenarios.undo import BROWSER_OF_A_USER
from amtweb.scenarios.visitors import SESSION_KEY, digest_of_visitor
from amtweb.sharing.models import ShareLink

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger("amtweb.accounts")

DAY = timedelta(days=1)
WITHOUT_AN_ADDRESS = timedelta(days=7)
"""How long somebody may take to enter the code that confirms the address."""
A_FEW_ROWS = 500
SECONDS_TO_WAIT_FOR_READERS = 2
SECONDS_BESIDE_VISITORS = 10
"""For the lines of books, in a process that has visitors to answer."""

_next_look = 0.0


def tidy(*, seconds_for_books: float = inf) -> dict[str, int]:
    """Clears everything away that is over, and computes what has aged; returns how much of each."""
    return {
        "sessions": Session.objects.filter(expire_date__lt=timezone.now()).delete()[0],
        "scenarios": _forget_unreachable(),
        "deleted scenarios": purge_deleted(),
        "households that left": erase_closed(),
        "old news": forget_old(),
        "mails of news": mail_what_waits(),
        "steps of editors": _forget_steps(),
        "links": ShareLink.objects.long_dead().delete()[0],
        "links to proposals": IssueLink.objects.long_dead().delete()[0],
        "accounts": _forget_unconfirmed(),
        "sign-ins": _forget_sign_ins(),
        "operations done once": forget_done(),
        "limits": _forget_limits(),
        "seeds": _renew_seals(),
        "lines of books": bring_all_up_to_date(seconds=seconds_for_books),
    }


def once_a_day(sender: Any, **_: Any) -> None:
    """After an answer, tidies if no process has for a day."""
    global _next_look  # noqa: PLW0603 - one clock a process
    if time.monotonic() < _next_look:
        return
    _next_look = time.monotonic() + timedelta(hours=1).total_seconds()
    try:
        if cache.add("tidied", "", timeout=DAY.total_seconds()):
            tidy(seconds_for_books=SECONDS_BESIDE_VISITORS)
    except Exception:
        # The visitor has their answer; the next day's turn may succeed.
        logger.exception("the daily upkeep failed")
    finally:
        connections.close_all()


def truncate_log() -> None:
    """Writes SQLite's log into the database, so that what was deleted is not in it either."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        timeout = connection.settings_dict["OPTIONS"].get("timeout", 5)
        cursor.execute(f"PRAGMA busy_timeout={SECONDS_TO_WAIT_FOR_READERS * 1000}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout={int(timeout) * 1000}")


def _forget_sign_ins() -> int:
    """Since when, from where and with which browser: of sessions that have ended by their age."""
    before = timezone.now() - settings.LONGEST_SIGN_IN
    return int(UserSession.objects.filter(created_at__lt=before).delete()[0])


def _forget_unreachable() -> int:
    """The scenarios of browsers whose session has ended: there is nobody to open them."""
    alive = set(_browsers_alive())
    before = timezone.now() - DAY
    ownerless = Scenario.objects.of_browsers().filter(changed_at__lt=before)
    gone = [
        pk
        for pk, visitor in ownerless.values_list("pk", "visitor").iterator()
        if visitor not in alive
    ]
    for first in range(0, len(gone), A_FEW_ROWS):
        Scenario.objects.of_browsers().filter(pk__in=gone[first : first + A_FEW_ROWS]).delete()
    return len(gone)


def _forget_steps() -> int:
    """What was typed in editors that nobody can go back to: their browser has signed out."""
    # Read before the sessions, so that who begins meanwhile is not taken for gone.
    editors = set(EditSteps.objects.values_list("visitor", flat=True))
    gone = sorted(editors - set(_browsers_alive()))
    return sum(
        EditSteps.objects.filter(visitor__in=gone[first : first + A_FEW_ROWS]).delete()[0]
        for first in range(0, len(gone), A_FEW_ROWS)
    )


def _browsers_alive() -> Iterator[str]:
    """What scenarios and steps of editors are found by, of the sessions that go on."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(A_FEW_ROWS):
        held = session.get_decoded()
        for name in (SESSION_KEY, BROWSER_OF_A_USER):
            if name in held:
                yield digest_of_visitor(held[name])


def _forget_unconfirmed() -> int:
    """The accounts whose address was never confirmed, so that nobody could ever sign in."""
    before = timezone.now() - WITHOUT_AN_ADDRESS
    never_used = User.objects.filter(last_login=None, is_staff=False, date_joined__lt=before)
    return never_used.exclude(emailaddress__verified=True).delete()[0]


def _forget_limits() -> int:
    """The limits on attempts that have run out."""
    backend: Any = caches["default"]
    if not isinstance(backend, DatabaseCache):
        return 0
    table_of: Any = backend
    using = connections[router.db_for_write(table_of.cache_model_class)]
    with using.cursor() as cursor:
        now = using.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
        table = using.ops.quote_name(table_of._table)
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - our name
        return int(cursor.rowcount)


def _renew_seals() -> int:
    """Seals anew what an earlier key sealed, so that the earlier key can be forgotten."""
    renewed = 0
    for authenticator in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).iterator():
        for name in ("secret", "seed"):
            anew = sealed_anew(authenticator.data.get(name, ""))
            if anew:
                authenticator.data[name] = anew
                authenticator.save(update_fields=["data"])
                renewed += 1
    return renewed
