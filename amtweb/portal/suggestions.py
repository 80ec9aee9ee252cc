"""Figures that clients propose: sent by them, answered by the firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from amtweb.audit.log import AS_CLIENT, Actor, record
from amtweb.firms.access import note
from amtweb.portal import notices
from amtweb.portal.documents import from_client, of_edition, taken_over
from amtweb.portal.models import Kind, Link, State, Suggestion
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.differences import differences, gathered
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.library.making import LONGEST_TITLE, entitled, make_scenario
from amtweb.scenarios.models import digest_of
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.visitors import Visitor

if TYPE_CHECKING:
    from amtweb.firms.models import Member
    from amtweb.portal.models import Copy, Document, Edition
    from amtweb.scenarios.differences import Difference
    from amtweb.scenarios.models import Scenario

PROPOSED = " (proposed)"
NOTE = "Figures proposed by the client"


class AnsweredError(Exception):
    """Somebody else has answered meanwhile."""


class Delta(NamedTuple):
    """A figure of the headline, before and after."""

    label: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """By how much the later one is more."""
        return self.after - self.before


class Proposed(NamedTuple):
    """What a client proposes, against what they saw."""

    changes: tuple[Difference, ...]
    deltas: tuple[Delta, ...]
    used_up: tuple[int | None, int | None]
    """The year in which the credit is used up, before and after."""


def proposed(edition: Edition, figures: Document) -> Proposed:
    """What differs, field by field and in the headline, both computed today."""
    seen = of_edition(edition)
    pair = tuple(figures_of(result_of(each)) for each in (seen, figures))
    labels = {"amt": "AMT", "federal_tax": "Federal tax", "credit_left": "Credit left"}
    years = tuple(each["first_year_without_credit"] for each in pair)
    return Proposed(
        gathered(differences(seen, figures)),
        tuple(Delta(label, pair[0][key], pair[1][key]) for key, label in labels.items()),
        (years[0], years[1]),
    )


def propose(link: Link, copy: Copy, message: str, page: str) -> Suggestion:
    """Sends the figures of a copy to the firm; once, if the same page asks again."""
    figures = from_client(copy.scenario.draft)
    return once(
        Visitor(link.user_id, ""),
        key_of(page, f"propose {copy.scenario.public_id}", [digest_of(figures), message]),
        make=lambda: _propose(link, copy.edition, figures, message),
        name=lambda made: made.public_id,
        find=lambda name: Suggestion.objects.filter(public_id=name).first(),
    )


def has_moved(suggestion: Suggestion, scenario: Scenario) -> bool:
    """Whether the firm's scenario is another than the client saw."""
    return digest_of(scenario.draft) != suggestion.edition.revision.digest


def take_over(member: Member, suggestion: Suggestion, scenario: Scenario, version: int) -> None:
    """The figures become a new revision of the firm's scenario.

    Raises:
        AnsweredError: It has been answered.
        NewerDraftError: The scenario is another than the member saw.
    """
    with transaction.atomic():
        if not suggestion.settle(State.TAKEN):
            raise AnsweredError
        document = taken_over(suggestion.document, suggestion.edition, scenario.draft)
        headline = figures_of(result_of(document))
        scenario.save_draft(document, version=version, tab="", sequence=0)
        scenario.make_revision(document, headline, NOTE, author_id=member.user_id)
        _answered(member, suggestion, "figures_taken", Kind.TAKEN)


def keep_beside(member: Member, suggestion: Suggestion, scenario: Scenario) -> Scenario:
    """The figures become a scenario of their own of the same client.

    Raises:
        AnsweredError: It has been answered.
    """
    with transaction.atomic():
        if not suggestion.settle(State.BESIDE):
            raise AnsweredError
        seen = suggestion.edition.revision.document
        document = taken_over(suggestion.document, suggestion.edition, seen)
        title = str(scenario)[: LONGEST_TITLE - len(PROPOSED)] + PROPOSED
        document = entitled(document, title)
        made = make_scenario(
            Visitor(member.user_id, "", member),
            document,
            figures_of(result_of(document)),
            NOTE,
            client=suggestion.edition.publication.client,
        )
        _answered(member, suggestion, "figures_kept_beside", Kind.TAKEN)
    return made


def decline(member: Member, suggestion: Suggestion, reason: str) -> None:
    """Answers no, with a reason.

    Raises:
        AnsweredError: It has been answered.
    """
    with transaction.atomic():
        if not suggestion.settle(State.DECLINED, reason):
            raise AnsweredError
        _answered(member, suggestion, "figures_declined", Kind.DECLINED)


def _propose(link: Link, edition: Edition, figures: Document, message: str) -> Suggestion:
    made = Suggestion.objects.create(
        link=link,
        edition=edition,
        document=figures,
        headline=figures_of(result_of(figures)),
        message=message,
    )
    client = link.client
    about = f"figures {made.public_id}"
    record(client.firm.public_id, Actor(link.user_id, AS_CLIENT), "figures_proposed", about)
    notices.tell_firm(
        client, Kind.PROPOSED, but=link.user_id, publication=edition.publication, suggestion=made
    )
    return made


def _answered(member: Member, suggestion: Suggestion, act: str, kind: Kind) -> None:
    note(member, act, f"figures {suggestion.public_id}")
    publication = suggestion.edition.publication
    about = {"publication": publication, "suggestion": suggestion}
    notices.tell(suggestion.link.user_id, publication.client, kind, **about)
