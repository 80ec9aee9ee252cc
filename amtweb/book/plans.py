"""Which scenario stands for a client: in the book, and wherever one of many is meant.

It is the one that the firm has marked; without a mark, or if the marked one is archived, deleted
or another client's by now, it is the client's that was changed last.  One whose years have not
begun stands back for one whose have: what is made by closing a year stands from the next year on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from amtweb.book.models import Plan
from amtweb.firms.models import Client
from amtweb.scenarios.models import Scenario

if TYPE_CHECKING:
    from amtweb.firms.models import Firm


def plan_of(client: Client) -> Scenario | None:
    """The scenario that stands for the client; None if there is none that could."""
    return _first_to_stand(client=client).select_related("client").first()


def plans_of(firm: Firm) -> QuerySet[Scenario]:
    """One scenario of every current client of the firm that has one."""
    standing = _first_to_stand(client=OuterRef("pk")).values("pk")[:1]
    clients = Client.objects.filter(firm=firm, archived_at=None)
    chosen = clients.annotate(stands=Subquery(standing)).values("stands")
    return Scenario.objects.filter(pk__in=chosen).select_related("client")


def with_plans(clients: QuerySet[Client]) -> QuerySet[Client]:
    """The clients, each with the key and the digest of the draft that stands for it, or None."""
    standing = _first_to_stand(client=OuterRef("pk"))
    return clients.annotate(
        plan_pk=Subquery(standing.values("pk")[:1]),
        plan_digest=Subquery(standing.values("draft_digest")[:1]),
    )


def mark_plan(client: Client, scenario: Scenario | None) -> None:
    """From now on that scenario of the client's stands for it; with None, the one changed last."""
    if scenario is None:
        Plan.objects.filter(client=client).delete()
    else:
        Plan.objects.filter(client=client).exclude(scenario=scenario).delete()
        Plan.objects.get_or_create(client=client, scenario=scenario)


def mark_successor(client: Client, scenario: Scenario) -> None:
    """That scenario of the client's stands in place of the marked one once its years begin."""
    Plan.objects.get_or_create(client=client, scenario=scenario)


def begins_with(year: int) -> Q:
    """The scenarios whose first year that is."""
    return Q(draft__years__0__year=year)


def _first_to_stand(client: Client | OuterRef) -> QuerySet[Scenario]:
    """The scenarios that could stand for the client, the one that does before all others."""
    mark = Plan.objects.filter(scenario=OuterRef("pk"), client=OuterRef("client"))
    candidates = Scenario.objects.filter(client=client, deleted_at=None, archived_at=None)
    begins_later = Q(draft__years__0__year__gt=timezone.now().year)
    return candidates.annotate(
        marked_at=Subquery(mark.values("marked_at")[:1]),
        stands_back=Case(When(begins_later, then=Value(1)), default=Value(0)),
        is_marked=Case(When(marked_at=None, then=Value(0)), default=Value(1)),
    ).order_by("-is_marked", "stands_back", F("marked_at").desc(), "-changed_at", "-pk")
