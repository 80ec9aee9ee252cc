"""The draft of a proposal: begun, written, looked at, copied, thrown away."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from amtweb.firms.access import in_firm, note
from amtweb.firms.models import Client
from amtweb.firms.permissions import Act
from amtweb.proposals import drafts
from amtweb.proposals.content import NotComputedError, content_of
from amtweb.proposals.drafts import FEWEST, MOST, UnfitError
from amtweb.proposals.forms import DraftForm, NewForm
from amtweb.proposals.log_objects import about
from amtweb.proposals.logos import current_logo
from amtweb.proposals.models import (
    LONGEST_TITLE,
    NewerDraftError,
    Proposal,
    canonical,
    digest_of,
)
from amtweb.proposals.page import context_of, logo_answer
from amtweb.proposals.views.finding import may, proposal_of
from amtweb.scenarios.edits import place_in_order
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.quotas import FullHistoryError
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member
    from amtweb.proposals.drafts import Draft
    from amtweb.scenarios.models import Revision, Scenario

TAKE = "take-"
AS_SAVED, AS_IT_IS = "saved", "now"
CHANGED_ELSEWHERE = (
    "The proposal was changed elsewhere meanwhile. What stands here is yours and is not saved yet:"
    " save it in place of the other, or go back to the other."
)


@in_firm("GET", "HEAD", "POST", act=Act.CHANGE)
def new_proposal(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Begins a proposal for a client, with the scenarios that are chosen."""
    client = get_object_or_404(Client.objects.of(member), public_id=public_id)
    form = NewForm(request.POST if request.method == "POST" else None, label_suffix="")
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = _begun(request, member, client, form.cleaned_data["title"])
        except (UnfitError, FullHistoryError) as refusal:
            trouble = str(refusal) or "A scenario has as many revisions as it may have."
        else:
            return redirect("proposals:proposal", made.public_id)
    scenarios = drafts.current(client)
    context = {
        "client": client,
        "form": form,
        "trouble": trouble,
        "choices": _choices(scenarios, request.POST),
        "fewest": FEWEST,
        "most": MOST,
        "tab": request.POST.get("tab") or secrets.token_urlsafe(12),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or trouble else HTTPStatus.OK
    return render(request, "proposals/new.html", context | may(member), status=status)


@in_firm("GET", "HEAD", act=Act.SEE)
def proposal(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """The draft, and what was given of it."""
    found = proposal_of(member, public_id)
    note(member, "proposal_seen", about(found))
    return draft_page(request, member, found)


@in_firm("POST", act=Act.CHANGE)
def edit(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Lands what was typed in the draft, and does what the button says."""
    found = proposal_of(member, public_id)
    form = DraftForm(found.draft, found.draft_version, request.POST)
    operation = request.POST.get("op", "")
    if operation == "undo":
        return _undo(member, found, form)
    if not form.is_valid():
        if form.cleaned_data.get("version") != found.draft_version:
            return _changed_elsewhere(request, member, found)
        return draft_page(request, member, found, form=form)
    try:
        _land(member, found, form, _Asked(operation, request.POST.get("add", "")))
    except NewerDraftError:
        return _changed_elsewhere(request, member, found)
    except (UnfitError, FullHistoryError) as refusal:
        trouble = str(refusal) or "The scenario has as many revisions as it may have."
        return draft_page(request, member, found, form=form, trouble=trouble)
    page = "preview" if operation == "preview" else "proposal"
    return redirect(f"proposals:{page}", public_id)


@in_firm("GET", "HEAD", act=Act.SEE)
def preview(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """The draft as the client would see it."""
    found = proposal_of(member, public_id)
    note(member, "proposal_seen", about(found))
    logo = current_logo(member.firm)
    pins = drafts.pinned(found.draft, found.client)
    context: dict[str, Any] = {"draft": found} | may(member)
    try:
        content = content_of(found.draft, pins, found.client, logo=logo)
    except NotComputedError as refusal:
        context |= {"trouble": str(refusal)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "proposals/not_computed.html", context, status=status)
    context |= context_of(content, reverse("proposals:preview_logo", args=[public_id]))
    return render(request, "proposals/preview.html", context)


@in_firm("GET", "HEAD", act=Act.SEE)
def preview_logo(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """The logo that would stand on it."""
    proposal_of(member, public_id)
    return logo_answer(current_logo(member.firm))


@in_firm("POST", act=Act.CHANGE)
def duplicate(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Begins another proposal with the same draft."""
    found = proposal_of(member, public_id)

    def make() -> Proposal:
        title = f"Copy of {found.title}"[:LONGEST_TITLE]
        made = _made(found.client, found.draft | {"title": title})
        note(member, "proposal_copied", f"{about(made)}, from proposal {public_id}")
        return made

    page, _ = place_in_order(request.POST)
    made = once(
        visitor_of(request),
        key_of(page, "copy of a proposal", public_id),
        make=make,
        name=lambda proposal: proposal.public_id,
        find=lambda name: Proposal.objects.of(member).filter(public_id=name).first(),
    )
    return redirect("proposals:proposal", made.public_id)


@in_firm("POST", act=Act.DELETE)
def delete(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Throws a proposal away with every issue; their links are dead."""
    found = proposal_of(member, public_id)
    client = found.client
    with transaction.atomic():
        note(member, "proposal_deleted", about(found))
        found.delete()
    return redirect(client)


def draft_page(
    request: HttpRequest,
    member: Member,
    found: Proposal,
    *,
    form: DraftForm | None = None,
    trouble: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page of the draft; with what was typed, where that could not be kept."""
    if form is None:
        form = DraftForm(found.draft, found.draft_version)
    pins = drafts.pinned(found.draft, found.client)
    rows = [
        (each, form[f"label-{key}"], form[f"words-{key}"], key)
        for each in pins
        for key in (each.alternative["key"],)
    ]
    context = {
        "proposal": found,
        "client": found.client,
        "form": form,
        "rows": rows,
        "choices": _choices(drafts.current(found.client), {}),
        "issues": found.issues.defer("shown", "draft", "documents"),
        "trouble": trouble,
        "fewest": FEWEST,
        "most": MOST,
        "tab": secrets.token_urlsafe(12),
    }
    if form.errors or (trouble and status == HTTPStatus.OK):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "proposals/draft.html", context | may(member), status=status)


def _begun(request: HttpRequest, member: Member, client: Client, title: str) -> Proposal:
    """A proposal with the chosen scenarios; the same again if the request comes again."""
    taken = {name: request.POST[name] for name in request.POST if name.startswith(TAKE)}
    page, _ = place_in_order(request.POST)

    def make() -> Proposal:
        draft = drafts.empty(title)
        for scenario in drafts.current(client):
            how = taken.get(f"{TAKE}{scenario.public_id}", "")
            if how in (AS_SAVED, AS_IT_IS):
                draft = drafts.with_one_more(draft, _pin(member, scenario, how))
        if not draft["alternatives"]:
            raise UnfitError("Choose at least one scenario.")
        made = _made(client, draft)
        note(member, "proposal_made", about(made))
        return made

    return once(
        visitor_of(request),
        key_of(page, "new proposal", [client.public_id, title, taken]),
        make=make,
        name=lambda proposal: proposal.public_id,
        find=lambda name: Proposal.objects.of(member).filter(public_id=name).first(),
    )


def _made(client: Client, draft: Draft) -> Proposal:
    digest = digest_of(canonical(draft))
    return Proposal.objects.create(
        client=client, title=draft["title"], draft=draft, draft_digest=digest
    )


def _pin(member: Member, scenario: Scenario, how: str) -> Revision:
    return drafts.pin(scenario, author_id=member.user_id, as_it_is=how == AS_IT_IS)


class _Asked:
    """What the button of a draft asks for."""

    def __init__(self, operation: str, adds: str) -> None:
        self.name, _, self.key = operation.partition(":")
        self.operation = operation
        self.adds = adds

    def done(self, member: Member, found: Proposal, draft: Draft) -> Draft:
        """The draft after it.

        Raises:
            UnfitError: It cannot be done.
        """
        if self.name == "add":
            return drafts.with_one_more(draft, self._chosen(member, found))
        if self.name in ("renew", "save"):
            return drafts.with_revision(draft, self.key, self._renewed(member, found, draft))
        if self.name == "discard":
            newest = found.issues.first()
            return newest.draft if newest else draft
        return drafts.operated(draft, self.operation) if self.key else draft

    def _chosen(self, member: Member, found: Proposal) -> Revision:
        public_id, _, how = self.adds.partition(":")
        for scenario in drafts.current(found.client):
            if scenario.public_id == public_id:
                return _pin(member, scenario, how)
        raise UnfitError("Choose a scenario to add.")

    def _renewed(self, member: Member, found: Proposal, draft: Draft) -> Revision:
        place = drafts.place_of(draft, self.key)
        revision = drafts.pinned(draft, found.client)[place].revision
        if revision is None:
            raise UnfitError("That scenario is gone: remove it from the proposal.")
        how = AS_IT_IS if self.name == "save" else AS_SAVED
        return _pin(member, revision.scenario, how)


def _land(member: Member, found: Proposal, form: DraftForm, asked: _Asked) -> None:
    with transaction.atomic():
        draft = asked.done(member, found, form.written)
        if found.write(draft, version=form.cleaned_data["version"]):
            note(member, "proposal_changed", about(found))


def _undo(member: Member, found: Proposal, form: DraftForm) -> HttpResponse:
    """Takes back what is typed and not saved, or else the last step."""
    is_seen = form.is_valid() and form.cleaned_data["version"] == found.draft_version
    if found.earlier and is_seen and form.written == found.draft:
        with transaction.atomic():
            *rest, last = found.earlier
            found.write(last, version=found.draft_version, earlier=rest)
            note(member, "proposal_changed", about(found))
    return redirect("proposals:proposal", found.public_id)


def _changed_elsewhere(request: HttpRequest, member: Member, found: Proposal) -> HttpResponse:
    """What was typed over the draft as it is now, which saving it again replaces."""
    found.refresh_from_db()
    again = request.POST.copy()
    again["version"] = str(found.draft_version)
    # What the other has added was not in the form.
    for name, text in DraftForm(found.draft, found.draft_version).initial.items():
        again.setdefault(name, str(text))
    form = DraftForm(found.draft, found.draft_version, again)
    form.is_valid()
    status = HTTPStatus.CONFLICT
    return draft_page(request, member, found, form=form, trouble=CHANGED_ELSEWHERE, status=status)


def _choices(scenarios: list[Scenario], posted: Any) -> list[dict[str, Any]]:
    """The scenarios with the ways in which each can be taken."""
    newest = drafts.newest_of([each.pk for each in scenarios])
    found = []
    for each in scenarios:
        number, digest = newest.get(each.pk, (0, ""))
        ways = [(AS_SAVED, f"as saved, revision {number}")] if number else []
        if digest != each.draft_digest:
            words = "as it is now, which saves it as revision"
            ways.append((AS_IT_IS, f"{words} {number + 1}"))
        chosen = posted.get(f"{TAKE}{each.public_id}", "")
        found.append({"scenario": each, "ways": ways, "chosen": chosen})
    return found
