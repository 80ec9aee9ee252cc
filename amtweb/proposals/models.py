"""Proposals: a draft that the firm writes, and issues of it, each what the client was given."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from amtweb.firms.models import Client, Firm, Member, new_public_id
from amtweb.firms.permissions import Act, who_may
from amtweb.sharing.models import REMEMBERED, expiry
from amtweb.sharing.models import digest_of as digest_of_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Content = dict[str, Any]
LONGEST_TITLE = 120
MOST_EARLIER = 20
"""Steps that can be taken back."""
NOT_ISSUED = "draft"
GIVEN = "given"
CHANGED = "changed"


class NewerDraftError(Exception):
    """The draft was changed elsewhere since this page last saw it."""


class IssuesStandError(Exception):
    """What a client was given cannot be changed."""


class Logo(models.Model):
    """A picture as this site wrote it; of what was uploaded nothing else is kept."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="logos")
    content_type = models.CharField(max_length=20)
    data = models.BinaryField()
    digest = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    # Those that are not stand on issues that were made with them.
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("firm",), condition=Q(is_current=True), name="one_logo_of_a_firm"
            ),
        )

    def __str__(self) -> str:
        return f"Logo of {self.firm}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def of(self, member: Member) -> ProposalQuerySet:
        """Those for the clients of the firm that the member works in now."""
        return self.filter(client__firm_id=member.firm_id, client__closed_at=None)

    def in_state(self, state: str) -> ProposalQuerySet:
        """Those in one of the states that ``Proposal.state`` names."""
        if state == NOT_ISSUED:
            return self.filter(issued_digest="")
        given = self.exclude(issued_digest="")
        same = Q(draft_digest=F("issued_digest"))
        return given.filter(same) if state == GIVEN else given.exclude(same)


class Proposal(models.Model):
    """Scenarios of a client side by side, with the advisor's words; what is written is a draft."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="proposals")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    title = models.CharField(max_length=LONGEST_TITLE)
    # As ``drafts`` has it.
    draft = models.JSONField()
    draft_digest = models.CharField(max_length=64)
    draft_version = models.PositiveBigIntegerField(default=1)
    # The drafts before this one, the last of them last.
    earlier = models.JSONField(default=list)
    # The draft as the newest issue was made of it; empty without one.
    issued_digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> str:
        """Whether the client has it, and as it stands now."""
        if not self.issued_digest:
            return NOT_ISSUED
        return GIVEN if self.issued_digest == self.draft_digest else CHANGED

    def write(
        self, draft: Mapping[str, Any], *, version: int, earlier: list[Content] | None = None
    ) -> bool:
        """Puts a draft in place of the one that was seen; whether it is another.

        One conditional update, so that two writers cannot both win on any database.  What is sent
        twice is written once.

        Args:
            draft: The new one.
            version: Of the one that was seen.
            earlier: What can then be taken back to; usually also the one that was seen.

        Raises:
            NewerDraftError: Somebody has written something else since.
        """
        digest = digest_of(canonical(draft))
        if digest == self.draft_digest:
            return False
        if earlier is None:
            earlier = [*self.earlier, self.draft][-MOST_EARLIER:]
        written = Proposal.objects.filter(pk=self.pk, draft_version=version).update(
            draft=draft,
            title=draft["title"],
            draft_digest=digest,
            draft_version=F("draft_version") + 1,
            earlier=earlier,
            changed_at=timezone.now(),
        )
        if not written:
            raise NewerDraftError
        self.refresh_from_db()
        return True


class IssueQuerySet(models.QuerySet["Issue"]):
    def update(self, **_: Any) -> NoReturn:
        raise IssuesStandError

    def of(self, member: Member) -> IssueQuerySet:
        """Those of the firm that the member works in now."""
        return self.filter(
            proposal__client__firm_id=member.firm_id, proposal__client__closed_at=None
        )

    def newest(self) -> IssueQuerySet:
        """Of every proposal the newest issue, the last given first."""
        later = Issue.objects.filter(proposal=OuterRef("proposal"), number__gt=OuterRef("number"))
        newest = self.filter(~Exists(later)).select_related("proposal__client__firm", "logo")
        return newest.order_by("-issued_at", "-pk")

    def given_to(self, client: Client) -> IssueQuerySet:
        """What the client is shown: of every proposal the newest issue."""
        return self.newest().filter(proposal__client=client)


class Issue(models.Model):
    """What a client was given on a day; never changed.

    All that is shown stands in ``shown``, words and figures: nothing of it is computed or looked
    up anew.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField()
    # As it was given: that of the draft may be another since.
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    # Text rather than JSON, of which a database keeps only what it means.
    shown = models.TextField()
    digest = models.CharField(max_length=64)
    # For the firm: the draft that it was made of, and the documents that were computed.
    draft = models.JSONField()
    documents = models.JSONField()
    logo = models.ForeignKey(
        Logo, null=True, blank=True, on_delete=models.RESTRICT, related_name="issues"
    )
    engine_version = models.CharField(max_length=20)
    law_version = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ("proposal", "-number")
        constraints = (
            models.UniqueConstraint(fields=("proposal", "number"), name="one_issue_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.title}, issue {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise IssuesStandError
        super().save(*args, **kwargs)

    @property
    def content(self) -> Content:
        """What is shown."""
        content: Content = json.loads(self.shown)
        return content

    @property
    def is_as_given(self) -> bool:
        """Whether what is kept is what its digest was made of."""
        return digest_of(self.shown) == self.digest


class IssueLinkQuerySet(models.QuerySet["IssueLink"]):
    def live(self) -> IssueLinkQuerySet:
        """Those that open, as of now: whoever made it still works there, the client is one."""
        return self.filter(
            maker__user__is_active=True,
            maker__role__in=who_may(Act.SHARE),
            maker__firm=F("issue__proposal__client__firm"),
            issue__proposal__client__archived_at=None,
            issue__proposal__client__closed_at=None,
            revoked_at=None,
            expires_at__gt=timezone.now(),
        )

    def opened_by(self, token: str) -> IssueLinkQuerySet:
        """The live link of an address; none for any other, for whatever reason."""
        return self.live().filter(token_digest=digest_of_token(token))

    def long_dead(self) -> IssueLinkQuerySet:
        """Those that even the firm need not see any more."""
        then = timezone.now() - REMEMBERED
        return self.filter(Q(expires_at__lte=then) | Q(revoked_at__lte=then))

    def revoke(self) -> int:
        """From now on they are dead; how many were not before."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


class IssueLink(models.Model):
    """A link that shows an issue to whoever holds it; the address itself is never stored."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="links")
    # The link is dead without: it goes with the member who made it.
    maker = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    label = models.CharField(max_length=80, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=expiry)
    revoked_at = models.DateTimeField(null=True, blank=True)
    times_opened = models.PositiveIntegerField(default=0)
    # A day and no more: neither when on that day nor by whom.
    last_opened_on = models.DateField(null=True, blank=True)

    objects = IssueLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"A link to {self.issue}"

    def note_opening(self, day: date) -> None:
        """Counts that somebody looked; in one update, so that none is lost."""
        links = IssueLink.objects.filter(pk=self.pk)
        links.update(times_opened=F("times_opened") + 1, last_opened_on=day)


def canonical(content: Mapping[str, Any]) -> str:
    """The one text of what a content says, whatever the order of its fields."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest_of(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
