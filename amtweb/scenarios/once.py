"""Operations that make something do it once, however often the same request comes.

A double click, and a retry after an answer that got lost, are one request: the same page, the same
button, the same content.  With other content it is a request of its own.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from amtweb.scenarios.models import DoneOnce

if TYPE_CHECKING:
    from collections.abc import Callable

    from amtweb.scenarios.visitors import Visitor

Made = TypeVar("Made")
KEPT = timedelta(days=1)


def key_of(page: str, operation: str, content: Any = None) -> str:
    """The key of a request; empty, which is done every time, without the name of a page.

    Args:
        page: A random name that the page was given when it was made, and sends back.
        operation: What is asked for, and of what.
        content: What else was sent, as JSON can hold it.
    """
    if not page:
        return ""
    request = json.dumps([page, operation, content], sort_keys=True)
    return hashlib.sha256(request.encode()).hexdigest()


def forget_done() -> int:
    """Deletes the keys of requests that nobody sends again; how many."""
    return DoneOnce.objects.filter(done_at__lt=timezone.now() - KEPT).delete()[0]


def once(
    visitor: Visitor,
    key: str,
    *,
    make: Callable[[], Made],
    name: Callable[[Made], str],
    find: Callable[[str], Made | None],
) -> Made:
    """What ``make`` gives, or gave when the same visitor came with the same key.

    The key is stored in the transaction that ``make`` works in: both are kept or neither, and who
    comes at the same time waits.  What ``find`` does not find any more by its name is made anew.
    """
    who = f"user {visitor.user_id}" if visitor.user_id is not None else visitor.digest
    with transaction.atomic():
        if not key or not who:
            return make()
        forget_done()
        try:
            with transaction.atomic():
                record = DoneOnce.objects.create(who=who, key=key)
        except IntegrityError:
            record = DoneOnce.objects.select_for_update().get(who=who, key=key)
        made = find(record.made) if record.made else None
        if made is None:
            made = make()
            record.made = name(made)
            record.save(update_fields=["made"])
        return made
