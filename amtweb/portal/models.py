"""What a firm and the people of a household that it advises have between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from amtweb.firms.models import Client, Firm, Member, Person, a_week_from_now, new_public_id
from amtweb.firms.permissions import Act, who_may
from amtweb.scenarios.models import Revision, Scenario
from amtweb.scenarios.stored_document import DocumentField

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_WORDS = 2_000
LONGEST_REASON = 1_000
LONGEST_LINE = 80


class ClientInvitation(models.Model):
    """Asks the holder of an address to see what is published for a household; good once."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL)
    email = models.EmailField()
    # It goes with the member who made it.
    invited_by = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="client_invitations"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=a_week_from_now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.email} to {self.client}"

    @staticmethod
    def that_are_open(now: datetime) -> Q:
        """Those that can be accepted at that moment."""
        return ClientInvitation.that_are_unused(now) & Q(
            client__closed_at__isnull=True, invited_by__role__in=who_may(Act.INVITE_CLIENTS)
        )

    @staticmethod
    def that_are_unused(now: datetime) -> Q:
        """Those that nobody has accepted or withdrawn and that have not ended.

        Of the row alone: an update by a condition on another table lets two win on PostgreSQL,
        which looks again at the row that it waited for and not at what was joined to it.
        """
        return Q(accepted_at=None, revoked_at=None, expires_at__gt=now)


class LinkQuerySet(models.QuerySet["Link"]):
    def live(self) -> LinkQuerySet:
        """Those of households that go on with their firm."""
        return self.filter(ended_at=None, client__closed_at=None)


class Link(models.Model):
    """An account that belongs to a household; it ends with the household's time at the firm."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="links")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="households"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL)
    since = models.DateTimeField(auto_now_add=True)
    # Of the last one of a household, who alone can take it back.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ("since",)
        constraints = (
            models.UniqueConstraint(fields=("client", "user"), name="linked_once_to_a_household"),
        )

    def __str__(self) -> str:
        return f"{self.user} of {self.client}"

    @property
    def name(self) -> str:
        """Who it is, as the firm and the rest of the household call them."""
        return self.person.name if self.person else self.user.email


class PublicationQuerySet(models.QuerySet["Publication"]):
    def standing(self) -> PublicationQuerySet:
        """Those of households that go on with their firm, whose scenario is still theirs."""
        return self.filter(
            client__closed_at=None, scenario__deleted_at=None, scenario__client=F("client")
        )

    def published(self) -> PublicationQuerySet:
        """Those that the household can read."""
        return self.standing().filter(withdrawn_at=None)


class Publication(models.Model):
    """A scenario that is published to its household, in one or several editions."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="publications")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="publications")
    # As of the newest edition: what the firm calls it since is the firm's.
    title = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=("client", "scenario"), name="published_in_one_place"),
        )

    def __str__(self) -> str:
        return self.title or "Untitled scenario"

    def get_absolute_url(self) -> str:
        return reverse("portal:published", args=[self.public_id])


class Edition(models.Model):
    """A revision as it was published, with the advisor's words; never changed."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="editions")
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("publication", "-number")
        constraints = (
            models.UniqueConstraint(fields=("publication", "number"), name="one_edition_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.publication}, edition {self.number}"


class Copy(models.Model):
    """A scenario of a client's own that began as an edition."""

    scenario = models.OneToOneField(Scenario, on_delete=models.CASCADE, related_name="copied_from")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="copies")

    def __str__(self) -> str:
        return f"{self.scenario}, from {self.edition}"


class State(models.TextChoices):
    """What became of figures that a client proposed."""

    OPEN = "open", "Not answered yet"
    TAKEN = "taken", "Taken over"
    BESIDE = "beside", "Kept as a scenario of its own"
    DECLINED = "declined", "Answered no"


class Suggestion(models.Model):
    """Figures that a client proposes in place of those of an edition."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="suggestions")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="suggestions")
    # As the client may have it: without what the firm did not show, under the ids that it showed.
    document = DocumentField()
    headline = models.JSONField()
    message = models.TextField(blank=True, max_length=LONGEST_WORDS)
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.TextField(blank=True, max_length=LONGEST_REASON)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"Figures for {self.edition}"

    def settle(self, state: State, reason: str = "") -> bool:
        """Answers it, once; whether nobody had before."""
        still_open = Suggestion.objects.filter(pk=self.pk, state=State.OPEN)
        return bool(still_open.update(state=state, reason=reason, answered_at=timezone.now()))


class Comment(models.Model):
    """What somebody says beside a publication, or a year or a line of it."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="comments")
    # What the writer saw.
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="comments")
    # A client's; it goes with the link.
    link = models.ForeignKey(
        Link, null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    # Otherwise the firm's, who stays when the member goes.
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments_to_clients"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    line = models.CharField(max_length=LONGEST_LINE, blank=True)
    """Of a form of the year, as the page of the forms names it."""
    text = models.TextField(max_length=LONGEST_WORDS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(line="") | ~Q(year=None), name="lines_are_of_years"),
        )

    def __str__(self) -> str:
        return f"On {self.publication}"


class Kind(models.TextChoices):
    """What somebody is told of, in words that a name of the scenario follows."""

    PUBLISHED = "published", "Published for you"
    REPLACED = "replaced", "Published anew, changed"
    WITHDRAWN = "withdrawn", "No longer published"
    GIVEN = "given", "A proposal for you"
    TAKEN = "taken", "Your figures were taken over"
    DECLINED = "declined", "Your figures were not taken over"
    COMMENTED = "commented", "New comment"
    PROPOSED = "proposed", "Figures proposed"
    LINKED = "linked", "Signed in for the first time"
    PARTED = "parted", "No longer linked with the firm"
    BACK = "back", "Linked with the firm again"
    # Without its name: the firm reads nothing of it any more.
    CLOSED = "closed", "A household has ended its link with the firm"


class Notice(models.Model):
    """Tells a person of something that is new to them; without figures."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    # As whose member they are told; None as a client.
    firm = models.ForeignKey(Firm, null=True, blank=True, on_delete=models.CASCADE)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    publication = models.ForeignKey(Publication, null=True, blank=True, on_delete=models.CASCADE)
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE)
    suggestion = models.ForeignKey(Suggestion, null=True, blank=True, on_delete=models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("user", "read_at"), name="notices_not_read"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.user}"


class MailWish(models.Model):
    """Whether somebody wants to be told by mail, and when they last were."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_wish"
    )
    wanted = models.BooleanField(default=True)
    last_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Mail to {self.user}"


Document = dict[str, Any]
