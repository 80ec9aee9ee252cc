"""Takes an import back: what it made and nobody has touched since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from amtweb.book_import.models import Reference, Taken
from amtweb.firms.access import note
from amtweb.firms.models import Client, Firm, Person, Tag
from amtweb.scenarios.models import Revision, Scenario

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from amtweb.book_import.models import Import
    from amtweb.firms.models import Member

MADE_WITH_A_CLIENT = (Person, Scenario, Taken, Reference, Client.tags.through)
MADE_WITH_A_SCENARIO = (Revision, Taken)


def take_back(member: Member, source: Import) -> None:
    """Removes what the import made and nobody has changed since; the rest stays.

    To take it back once more changes nothing.
    """
    with transaction.atomic():
        Firm.objects.select_for_update().get(pk=member.firm_id)
        source.refresh_from_db()
        if source.undone_at is not None:
            return
        scenarios = _unchanged_scenarios(source)
        clients = list(_unchanged_clients(source, scenarios).values_list("pk", flat=True))
        of_others = source.taken.filter(made_client_at=None, scenario__in=scenarios)
        alone = list(of_others.values_list("scenario", flat=True))
        Client.objects.filter(pk__in=clients).delete()
        Scenario.objects.filter(pk__in=alone).delete()
        Tag.objects.filter(pk__in=source.tags, clients=None).delete()
        left = source.taken.filter(Q(scenario__isnull=False) | Q(made_client_at__isnull=False))
        source.undone_at, source.left = timezone.now(), left.count()
        source.save(update_fields=["undone_at", "left"])
        note(member, "book_import_undone", f"import {source.public_id}")


def _unchanged_scenarios(source: Import) -> list[int]:
    made = Scenario.objects.filter(
        pk__in=source.taken.values("scenario"),
        draft_version=1,
        archived_at=None,
        deleted_at=None,
    )
    with_one = made.annotate(kept=Count("revisions")).filter(kept=1)
    return list(_alone(with_one, MADE_WITH_A_SCENARIO).values_list("pk", flat=True))


def _unchanged_clients(source: Import, scenarios: list[int]) -> QuerySet[Any]:
    as_made = Taken.objects.filter(
        source=source, client=OuterRef("pk"), made_client_at=OuterRef("changed_at")
    )
    others = Scenario.objects.filter(firm=source.firm, client__isnull=False)
    found = Client.objects.filter(Exists(as_made), archived_at=None).exclude(
        pk__in=others.exclude(pk__in=scenarios).values("client")
    )
    return _alone(found, MADE_WITH_A_CLIENT)


def _alone(found: QuerySet[Any], made_with: tuple[type[Model], ...]) -> QuerySet[Any]:
    """Those to which nothing belongs but what was made with them, whichever app keeps it."""
    for field in found.model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and field.related_model not in made_with:
            name = field.field.name
            belong = field.related_model._base_manager.filter(**{f"{name}__isnull": False})
            found = found.exclude(pk__in=belong.values(name))
    return found
