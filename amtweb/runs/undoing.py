"""Takes back a year that was closed for many: what a run made goes, if nobody has changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from amtweb.book.models import Plan as Mark
from amtweb.runs.models import Item, Run, State
from amtweb.scenarios.models import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE: Final = 500


class Undone(NamedTuple):
    """How many were taken back, and how many stay because they were changed."""

    taken_back: int
    kept: int


def undo(run: Run) -> Undone:
    """Deletes the scenarios that the run made, as the list does: they can be had back for a while.

    One that was changed, renamed, archived or marked in any way since stays. What the run archived
    comes out of the archive, where its successor goes.
    """
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        stopped = Run.objects.filter(pk=run.pk, undone_at=None)
        if not stopped.update(undone_at=timezone.now()):
            return Undone(0, 0)
        # Nothing more is made: whoever makes something has the run's row first.
        Run.objects.filter(pk=run.pk, cancelled_at=None).update(cancelled_at=timezone.now())
        done = run.items.filter(state=State.DONE, made__deleted_at=None).exclude(made=None)
        # One that is another client's by now is no longer the run's to take back.
        made = list(done.filter(made__client=F("client")))
        gone = {pk for some in _parts(made) for pk in _delete_unchanged(some)}
        back = [item for item in made if item.made_id in gone]
        for some in _parts(back):
            _bring_back(some)
    return Undone(len(back), len(made) - len(back))


def _parts(items: list[Item]) -> Iterator[list[Item]]:
    for first in range(0, len(items), AT_ONCE):
        yield items[first : first + AT_ONCE]


def _delete_unchanged(items: list[Item]) -> list[int]:
    """Deletes the scenarios of the items that are as they were made."""
    made = [item.made_id for item in items]
    as_made = Scenario.objects.filter(
        pk__in=made, draft_version=1, archived_at=None, deleted_at=None
    )
    once_saved = as_made.annotate(saved=Count("revisions")).filter(saved=1)
    same = once_saved.filter(Q(revisions__digest=F("draft_digest")))
    wanted = list(same.values_list("pk", flat=True))
    # Asked again, because somebody may have changed one in this moment.
    unchanged = Scenario.objects.filter(pk__in=wanted, draft_version=1, deleted_at=None)
    locked = list(unchanged.select_for_update().values_list("pk", flat=True))
    Scenario.objects.filter(pk__in=locked).update(deleted_at=timezone.now())
    return locked


def _bring_back(items: list[Item]) -> None:
    archived = [item.scenario_id for item in items if item.result.get("archived")]
    Scenario.objects.filter(pk__in=archived).update(archived_at=None)
    for item in items:
        if item.result.get("marked") and item.scenario_id is not None and item.made_id:
            gone, _ = Mark.objects.filter(client=item.client_id, scenario=item.made_id).delete()
            if gone:
                Mark.objects.get_or_create(client_id=item.client_id, scenario_id=item.scenario_id)
