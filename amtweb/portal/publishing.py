"""Publishes revisions to households, and takes them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from amtweb.firms.access import note
from amtweb.portal import notices
from amtweb.portal.models import Edition, Kind, Publication
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import NewerDraftError

if TYPE_CHECKING:
    from amtweb.firms.models import Client, Member
    from amtweb.scenarios.models import Scenario


def publish(
    member: Member, client: Client, scenario: Scenario, words: str, version: int
) -> Edition:
    """Pins the scenario as it stands, for the household to read in place of what it read before.

    Raises:
        NewerDraftError: The scenario is another than the member saw when they decided.
    """
    with transaction.atomic():
        standing = type(scenario).objects.select_for_update().get(pk=scenario.pk)
        if standing.draft_version != version:
            raise NewerDraftError
        headline = figures_of(result_of(standing.draft))
        revision = standing.make_revision(standing.draft, headline, author_id=member.user_id)
        publication, _ = Publication.objects.get_or_create(client=client, scenario=standing)
        newest = publication.editions.order_by("-number").first()
        if (
            newest is not None
            and publication.withdrawn_at is None
            and (newest.revision_id, newest.words) == (revision.pk, words)
        ):
            return newest
        publication.withdrawn_at, publication.title = None, standing.draft.get("title", "")
        publication.save(update_fields=["withdrawn_at", "title"])
        edition = publication.editions.create(
            number=newest.number + 1 if newest else 1, revision=revision, words=words, member=member
        )
        note(member, "published", f"publication {publication.public_id}")
        kind = Kind.REPLACED if newest else Kind.PUBLISHED
        notices.tell_clients(client, kind, but=member.user_id, publication=publication)
    return edition


def withdraw(member: Member, publication: Publication) -> None:
    """From the next request on the household does not see it."""
    with transaction.atomic():
        published = Publication.objects.filter(pk=publication.pk, withdrawn_at=None)
        if published.update(withdrawn_at=timezone.now()):
            note(member, "publication_withdrawn", f"publication {publication.public_id}")
            client = publication.client
            notices.tell_clients(
                client, Kind.WITHDRAWN, but=member.user_id, publication=publication
            )
