"""The lines of the book: computed, kept, and computed anew where they have aged.

A line says what it was computed from.  It has aged when the scenario that stands for its client
is another or was edited, when the tables of the law or the engine are others, and when a day has
passed.  Nothing else decides that, so it does no harm if two compute the same line at once, or if
one writes what it read a moment ago: such a line has aged as soon as it is written.
"""

from __future__ import annotations

import logging
import random
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.expressions import F
from django.utils import timezone

from amtweb.book.models import Line
from amtweb.book.plans import with_plans
from amtweb.book.reasons import reasons
from amtweb.firms.models import Client, Firm
from amtweb.scenarios.aged import versions_of_today
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.places import place_of
from amtweb.scenarios.editor.wording import write_day
from amtweb.scenarios.lots.names import names_of
from amtweb.scenarios.models import Scenario
from calculator import InvalidScenario, parse_scenario
from calculator.analysis.attention import ENDS, attention

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from amtweb.scenarios.lots.names import Names
    from calculator.analysis.dates import DateOfShares


A_STEP = 0.8
"""Seconds after which a step of the work ends, with what it has begun."""
AT_ONCE = 25
"""Lines that are written together."""
LONGEST_PROBLEM = 500
AMOUNTS = (
    *("year", "credit_balance", "amt", "loss_to_pair"),
    *("room_before_amt", "credit_at_risk", "options_left"),
)
UNKNOWN = "It could not be computed."

logger = logging.getLogger("amtweb.book")


class Progress(NamedTuple):
    """How far the book is up to date."""

    done: int
    """Lines that this step computed."""
    left: int
    """Lines that have aged, or are not there yet."""


def book_of(firm: Firm) -> QuerySet[Any]:
    """The firm's current clients with their lines, and whether each line ``has_aged``."""
    engine, law = versions_of_today()
    is_fresh = Q(
        line__scenario=F("plan_pk"),
        line__digest=F("plan_digest"),
        line__law_version=law,
        line__engine_version=engine,
        line__day=today(),
    )
    needs_none = Q(plan_pk=None, line=None)
    has_aged = Case(When(is_fresh | needs_none, then=Value(value=False)), default=Value(value=True))
    clients = Client.objects.filter(firm=firm, archived_at=None).select_related("line")
    return with_plans(clients).annotate(has_aged=has_aged)


def today() -> date:
    """The day of which the lines are."""
    return timezone.now().date()


def bring_up_to_date(firm: Firm, *, seconds: float = A_STEP) -> Progress:
    """Computes lines that have aged, until there are none or the time is over."""
    until = time.monotonic() + seconds
    aged = list(book_of(firm).filter(has_aged=True).values_list("pk", "plan_pk"))
    # Two who do this at once seldom take the same ones.
    random.shuffle(aged)
    done = 0
    for first in range(0, len(aged), AT_ONCE):
        some = dict(aged[first : first + AT_ONCE])
        _compute_and_keep(some)
        done += len(some)
        if time.monotonic() >= until:
            break
    left = book_of(firm).filter(has_aged=True).count() if done else 0
    return Progress(done, left)


def bring_all_up_to_date(*, seconds: float) -> int:
    """Computes the lines of every firm that have aged, as far as the time goes; returns how many.

    The firms take turns, so that a large book leaves the others their part.
    """
    until, done = time.monotonic() + seconds, 0
    waiting = list(Firm.objects.all())
    while waiting and time.monotonic() < until:
        steps = [(firm, bring_up_to_date(firm)) for firm in waiting]
        done += sum(step.done for _, step in steps)
        waiting = [firm for firm, step in steps if step.left and step.done]
    return done


def line_of(client: Client, scenario: Scenario) -> Line:
    """The line as of now, not kept."""
    engine, law = versions_of_today()
    line = Line(
        client=client,
        scenario=scenario,
        digest=scenario.draft_digest,
        law_version=law,
        engine_version=engine,
        day=today(),
        computed_at=timezone.now(),
    )
    try:
        line.problem = _fill(line, scenario.draft)
    except Exception:
        # One broken document must not keep the rest of the book from its lines.
        logger.exception("a line of the book could not be computed")
        line.problem = UNKNOWN
    return line


def _fill(line: Line, document: Mapping[str, Any]) -> str:
    """Computes the figures; returns why there are none, if so."""
    try:
        scenario = parse_scenario(document)
        found = attention(scenario, line.day, days_ahead=None)
    except InvalidScenario as refusal:
        tree = typed.from_document(document)
        told = (f"{place_of(each.path, tree)}: {each.message}" for each in refusal.problems)
        return " ".join(told).removeprefix(": ")[:LONGEST_PROBLEM]
    for name in AMOUNTS:
        setattr(line, name, getattr(found, name))
    names = names_of(scenario, str)
    exercised = {each.id: write_day(each.date) for each in scenario.exercises}
    line.days = [
        {
            "on": day.date.isoformat(),
            "kind": day.kind,
            "name": _name(day, names, exercised),
            "key": f"{day.kind} {day.of} {day.vesting}".strip(),
        }
        for day in found.days
    ]
    # A key of digits alone would be taken for a place in a list.
    line.amt_by_year = {f"y{year}": amt for year, amt in found.amt_by_year}
    line.next_on = found.days[0].date if found.days else None
    line.months = "".join(sorted({f" {day.date:%Y-%m}" for day in found.days}))
    line.matters = len(reasons(line, line.day))
    return ""


def _name(day: DateOfShares, names: Names, exercised: Mapping[str, str]) -> str:
    """``ISO-2``, or ``ISO-2 (Mar 3, 2026)`` for the shares of an exercise."""
    if day.kind in ENDS:
        return names["grants", day.of].name
    lot = names["lots", day.of].name
    if day.of not in exercised:
        return lot
    return f"{lot.rpartition(', exercised ')[0]} ({exercised[day.of]})"


def _compute_and_keep(plans: Mapping[int, int | None]) -> None:
    scenarios = Scenario.objects.filter(pk__in=[pk for pk in plans.values() if pk])
    drafts = scenarios.select_related("client").only(
        "draft", "draft_digest", "client_id", "client__id"
    )
    lines = [line_of(each.client, each) for each in drafts if each.client is not None]
    without = [client for client, plan in plans.items() if plan is None]
    try:
        with transaction.atomic():
            # In one order, so that two writers do not wait for each other.
            Line.objects.bulk_create(
                sorted(lines, key=_client_of),
                update_conflicts=True,
                unique_fields=["client"],
                update_fields=KEPT,
            )
            Line.objects.filter(client__in=without).delete()
    except IntegrityError:
        # A client or a scenario was deleted meanwhile; the others have aged and get their turn.
        logger.info("lines of the book were not kept: one of them has no client any more")


def _client_of(line: Line) -> int:
    return line.client_id


KEPT = [
    field.name
    for field in Line._meta.concrete_fields
    if not field.primary_key and field.name != "client"
]
