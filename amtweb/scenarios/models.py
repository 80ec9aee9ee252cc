"""What is stored of a scenario: a draft that every edit lands in, and immutable revisions.

The document is the truth; beside it stands only what the site must find it by.  Figures are never
stored as truth: a revision keeps its headline as it was shown that day, with the version of the
engine that computed it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from amtweb.firms.models import Client, Firm
from amtweb.scenarios.quotas import REVISIONS, FullHistoryError, FullLibraryError, most_scenarios
from amtweb.scenarios.stored_document import DocumentField
from calculator import ENGINE_VERSION, SCHEMA_VERSION
from calculator.law import law_version

if TYPE_CHECKING:
    from amtweb.scenarios.visitors import Visitor

Document = dict[str, Any]
LONGEST_NOTE = 200


class NewerDraftError(Exception):
    """The draft was changed elsewhere since this editor last saw it."""


class RevisionsStandError(Exception):
    """A revision cannot be changed once it is made."""


def new_public_id() -> str:
    """An address that cannot be guessed: 128 random bits."""
    return secrets.token_urlsafe(16)


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def of(self, visitor: Visitor) -> ScenarioQuerySet:
        """All that is a visitor's own, deleted or not; of who works in a firm, the firm's."""
        if visitor.member is not None:
            return self.filter(firm_id=visitor.member.firm_id)
        if visitor.user_id is not None:
            return self.filter(owner_id=visitor.user_id)
        return self.of_browsers().filter(visitor=visitor.digest) if visitor.digest else self.none()

    def of_browsers(self) -> ScenarioQuerySet:
        """Those of visitors without an account."""
        return self.filter(owner=None, firm=None)

    def editable_by(self, visitor: Visitor) -> ScenarioQuerySet:
        """The scenarios that a visitor may see and change: their own, unless deleted."""
        return self.of(visitor).filter(deleted_at=None)

    def reserve(self, visitor: Visitor, places: int = 1) -> None:
        """Makes sure that the visitor may keep so many more, until the transaction ends.

        Only one such count runs at a time: of a firm or a user behind their row, of a browser
        behind its oldest scenario.  A browser without any has nothing to wait behind; as many of
        its first saves as the server takes at once could slip past the count, each of them once.

        Raises:
            FullLibraryError: There is no room for them.
        """
        if visitor.member is not None:
            Firm.objects.select_for_update().get(pk=visitor.member.firm_id)
        elif visitor.user_id is not None:
            users = get_user_model()._default_manager.select_for_update()
            users.get(pk=visitor.user_id)
        else:
            self.of(visitor).select_for_update().order_by("pk").only("pk").first()
        if self.editable_by(visitor).count() + places > most_scenarios(visitor):
            raise FullLibraryError(visitor)


class OpenScenarios(models.Manager["Scenario"]):
    """All but those of clients that have parted from their firm, whatever leads to them."""

    def get_queryset(self) -> models.QuerySet[Scenario]:
        parted = Client.with_closed.filter(pk=OuterRef("client_id"), closed_at__isnull=False)
        # Not a join: rows that are found so can be locked and changed on every database.
        return super().get_queryset().filter(~Exists(parted))


ScenarioManager = OpenScenarios.from_queryset(ScenarioQuerySet)


class Scenario(models.Model):
    """A scenario of one owner: a user, a firm, or the browser that made it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE
    )
    # A firm's scenario belongs to nobody who works there; without a client it is a pattern.
    firm = models.ForeignKey(Firm, null=True, blank=True, on_delete=models.CASCADE)
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.CASCADE, related_name="scenarios"
    )
    # SHA-256 of the key in the session of the browser that made it.
    visitor = models.CharField(max_length=64, blank=True, db_index=True)
    title = models.CharField(max_length=120, blank=True)
    draft = DocumentField()
    # What the list searches, and by what it sees whether the newest revision says the same.
    words = models.TextField(blank=True)
    draft_digest = models.CharField(max_length=64, blank=True)
    draft_version = models.PositiveBigIntegerField(default=1)
    # The open editor that wrote last, and the number of its request.
    draft_tab = models.CharField(max_length=32, blank=True)
    draft_sequence = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    # For a while a deleted scenario can be had back; nobody but its owner's list knows of it.
    deleted_at = models.DateTimeField(null=True, blank=True)

    # The first is also what leads from a client to its scenarios.
    objects = ScenarioManager()
    with_closed = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(firm=None) | Q(owner=None, visitor=""), name="one_owner"
            ),
            models.CheckConstraint(
                condition=Q(client=None) | Q(firm__isnull=False), name="clients_are_of_firms"
            ),
        )

    def __str__(self) -> str:
        return self.title or "Untitled scenario"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.words = words_of(self.draft)
            self.draft_digest = digest_of(self.draft)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("scenarios:scenario", args=[self.public_id])

    def save_draft(self, document: Document, *, version: int, tab: str, sequence: int) -> None:
        """Puts the document in place of the draft that the editor saw.

        One conditional update, so that two writers cannot both win on any database.  An editor
        whose last answer got lost knows an old version, yet nobody else wrote in between: it goes
        on by its own numbering.  The same request sent again is saved already.

        Raises:
            NewerDraftError: Another editor has written something else since.
        """
        seen = Q(draft_version=version)
        if tab:
            seen |= Q(draft_tab=tab, draft_sequence__lt=sequence)
        digest = digest_of(document)
        written = Scenario.objects.filter(seen, pk=self.pk).update(
            draft=document,
            title=document.get("title", ""),
            words=words_of(document),
            draft_digest=digest,
            draft_version=F("draft_version") + 1,
            draft_tab=tab,
            draft_sequence=sequence,
            changed_at=timezone.now(),
        )
        self.refresh_from_db(fields=None if not written else WRITTEN_WITH_A_DRAFT)
        sent_again = (tab, sequence, digest) == (
            self.draft_tab,
            self.draft_sequence,
            self.draft_digest,
        )
        if not written and not (tab and sent_again):
            raise NewerDraftError
        self.draft = document

    def make_revision(
        self,
        document: Document,
        headline: Document,
        note: str = "",
        *,
        author_id: int | None = None,
    ) -> Revision:
        """Keeps the document for good.

        The newest revision again if it holds the same, and the note says nothing else: a save that
        is sent twice is one.

        Raises:
            FullHistoryError: There are as many revisions as a scenario may have.
        """
        with transaction.atomic():
            # One at a time, so that two saves cannot take the same number.
            Scenario.objects.select_for_update().get(pk=self.pk)
            newest = self.revisions.order_by("-number").first()
            digest = digest_of(document)
            if newest is not None and newest.digest == digest and note in ("", newest.note):
                return newest
            last = newest.number if newest else 0
            if last >= REVISIONS:
                raise FullHistoryError
            made = self._revision(last + 1, document, headline, note, author_id)
            made.save(force_insert=True)
            return made

    def first_revision(self, headline: Document, note: str, *, author_id: int | None) -> Revision:
        """What keeps the draft of a scenario that has no revision yet; not stored."""
        return self._revision(1, self.draft, headline, note, author_id)

    def _revision(
        self, number: int, document: Document, headline: Document, note: str, author_id: int | None
    ) -> Revision:
        return Revision(
            scenario=self,
            number=number,
            document=document,
            schema_version=SCHEMA_VERSION,
            engine_version=ENGINE_VERSION,
            law_version=law_version(),
            digest=digest_of(document),
            headline=headline,
            note=note[:LONGEST_NOTE],
            author_id=author_id,
        )


WRITTEN_WITH_A_DRAFT = ("title", "draft_version", "draft_tab", "draft_sequence", "changed_at")


class EditSteps(models.Model):
    """What one browser did in the editor of a scenario, to be taken back."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="edit_steps")
    visitor = models.CharField(max_length=64)
    steps = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("scenario", "visitor"), name="steps_of_one_browser"),
        )

    def __str__(self) -> str:
        return f"Steps in {self.scenario}"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def update(self, **_: Any) -> NoReturn:
        raise RevisionsStandError


class Revision(models.Model):
    """A scenario as it was saved at a moment; never changed."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = DocumentField()
    schema_version = models.PositiveSmallIntegerField()
    engine_version = models.CharField(max_length=20)
    # Of the tables of the law that the headline was computed with.
    law_version = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    # The figures as shown that day.
    headline = models.JSONField()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("scenario", "-number")
        constraints = (
            models.UniqueConstraint(fields=("scenario", "number"), name="one_revision_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.scenario}, revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RevisionsStandError
        super().save(*args, **kwargs)


class DoneOnce(models.Model):
    """An operation that is not to be done again when the same request comes again."""

    # Who asked: a user, or a browser.
    who = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    # What it made, as the operation names it.
    made = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("who", "key"), name="done_once"),)

    def __str__(self) -> str:
        return f"Done {self.done_at}"


def digest_of(document: Document) -> str:
    """The same for documents that say the same, whatever the order of their fields."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def words_of(document: Document) -> str:
    """What a scenario is searched by, without regard to case: its title and its labels."""
    rows = (row for kind in document.values() if isinstance(kind, list) for row in kind)
    labels = (row.get("label", "") for row in rows)
    return "\n".join(filter(None, (document.get("title", ""), *labels))).casefold()
