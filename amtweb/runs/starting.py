"""Begins runs: stores what is asked of whom, and the tasks that work it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from amtweb.book.plans import plans_of
from amtweb.runs.models import Chunk, Item, Kind, Run, State
from amtweb.runs.tasks import enqueue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amtweb.firms.models import Client, Member

CHUNK: Final = 50
"""Items of a task: some tenths of a second; see the record of the decision."""
NO_PLAN: Final = "There is no scenario of this client."


def start(member: Member, kind: str, question: dict[str, Any], clients: Iterable[Client]) -> Run:
    """Begins a run with the scenarios that stand for the clients now."""
    plans = dict(plans_of(member.firm).values_list("client_id", "pk"))
    wanted = [(client.pk, plans.get(client.pk), "") for client in clients]
    with transaction.atomic():
        run = Run.objects.create(firm=member.firm, kind=kind, question=question, made_by=member)
        _fill(run, wanted)
    return run


def start_closing(member: Member, preview: Run, left_out: set[str], *, archive: bool) -> Run:
    """Closes the year for those whom the preview shows, but for the clients left out.

    Who asks twice gets the same run.
    """
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=preview.pk)
        begun = preview.acts.filter(undone_at=None).first()
        if begun is not None:
            return begun
        shown = preview.items.filter(state=State.DONE, client__archived_at=None)
        chosen = shown.exclude(client__public_id__in=left_out).order_by("pk")
        question = preview.question | {"archive": archive}
        run = Run.objects.create(
            firm=member.firm, kind=Kind.CLOSE, question=question, made_by=member, preview=preview
        )
        _fill(run, list(chosen.values_list("client_id", "scenario_id", "digest")))
    return run


def _fill(run: Run, wanted: list[tuple[int, int | None, str]]) -> None:
    for first in range(0, len(wanted), CHUNK):
        of_chunk = wanted[first : first + CHUNK]
        chunk = Chunk.objects.create(run=run)
        Item.objects.bulk_create(
            Item(
                run=run,
                chunk=chunk,
                client_id=client,
                scenario_id=scenario,
                digest=digest,
                state=State.WAITING if scenario else State.FAILED,
                reason="" if scenario else NO_PLAN,
            )
            for client, scenario, digest in of_chunk
        )
        task = enqueue(chunk.pk, len(wanted))
        Chunk.objects.filter(pk=chunk.pk).update(task=task)


def cancel(run: Run) -> None:
    """Stops a run: what is done is kept, and nothing is stored after this.

    It waits for a client's year that is being closed.
    """
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        Run.objects.filter(pk=run.pk, cancelled_at=None).update(cancelled_at=timezone.now())
