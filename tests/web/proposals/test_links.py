"""A link to an issue: who opens it, when it dies, and that it tells nothing then."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from amtweb.accounts.upkeep import tidy
from amtweb.audit.models import Event
from amtweb.firms.models import Client, Role
from amtweb.misses import MOST_MISSES
from amtweb.proposals.models import Issue, IssueLink, Proposal
from amtweb.proposals.views import holder
from amtweb.sharing.link_forms import secret_of
from amtweb.sharing.models import digest_of
from tests.web.firms.cast import Cast, Colleague
from tests.web.proposals import desk
from tests.web.reading import Page
from tests.web.sharing.links import everything_stored

pytestmark = pytest.mark.django_db

PARTS = ("", "proposal.pdf", "logo")


def at(token: str, part: str = "") -> str:
    return f"/shared/{token}/proposal/{part}"


def link_of(token: str) -> IssueLink:
    return IssueLink.objects.get(token_digest=digest_of(token))


@pytest.fixture
def token(people: Cast, issue: Issue) -> str:
    return desk.linked(people.advisor, issue, label="Anna")


def test_a_link_opens_for_anybody_and_leaves_no_trace_in_the_browser(
    people: Cast, issue: Issue, token: str
) -> None:
    browser = Browser()
    response = browser.get(at(token))

    assert response.status_code == HTTPStatus.OK
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Cache-Control"] == "private, no-store"
    page = Page(response.content)
    (article,) = page.all("article")
    assert "Canary household" in article.text
    title = page.all("title")[0].text
    assert "Two ways" not in title
    assert token not in title
    robots = [m.attributes for m in page.all("meta") if m.attributes.get("name") == "robots"]
    assert [m["content"] for m in robots] == ["noindex, nofollow, noarchive"]
    assert "Anna" not in response.content.decode()
    assert token not in everything_stored()
    assert len(token) == 43


def test_every_dead_link_is_the_same_missing_page(people: Cast, issue: Issue, token: str) -> None:
    cache.clear()
    gone = Colleague("gone@example.org").in_firm(people.firm, Role.ADVISOR)
    idle = Colleague("idle@example.org").in_firm(people.firm, Role.ADVISOR)
    moved = Colleague("moved@example.org").in_firm(people.firm, Role.ADVISOR)
    reads = Colleague("reads@example.org").in_firm(people.firm, Role.ADVISOR)
    dead = {
        "random": "A" * 43,
        "truncated": token[:-1],
        "case flipped": token.swapcase(),
        "expired": desk.linked(people.advisor, issue, label="1"),
        "revoked": desk.linked(people.advisor, issue, label="2"),
        "its maker left": desk.linked(gone, issue),
        "its maker was deactivated": desk.linked(idle, issue),
        "its maker left and came back": desk.linked(moved, issue),
        "its maker may only read": desk.linked(reads, issue),
    }
    for name, each in list(dead.items())[3:]:
        assert Browser().get(at(each)).status_code == HTTPStatus.OK, name
    IssueLink.objects.filter(pk=link_of(dead["expired"]).pk).update(expires_at=timezone.now())
    revoked = link_of(dead["revoked"]).token_digest
    people.advisor.client.post(desk.of_issue(issue, f"links/{revoked}/revoke/"))
    gone.member.delete()
    idle.user.is_active = False
    idle.user.save()
    moved.member.delete()
    people.firm.members.create(user=moved.user, role=Role.ADVISOR)
    people.firm.members.filter(user=reads.user).update(role=Role.READ_ONLY)

    def ask(dead_token: str, part: str, method: str) -> Any:
        return Browser().generic(method, at(dead_token, part))

    for part, method in (*((part, "GET") for part in PARTS), ("opened/", "POST")):
        if part != "logo":
            fields = {"csrfmiddlewaretoken": secret_of(token)}
            living = Browser().post(at(token, part), fields) if method == "POST" else None
            living = living or ask(token, part, method)
            assert living.status_code in (HTTPStatus.OK, HTTPStatus.NO_CONTENT)
        answers = {why: ask(each, part, method) for why, each in dead.items()}
        assert {answer.status_code for answer in answers.values()} == {HTTPStatus.NOT_FOUND}
        assert len({answer.content for answer in answers.values()}) == 1
        assert len({str(answer.headers) for answer in answers.values()}) == 1
        for answer in answers.values():
            assert not answer.cookies
            assert "Canary" not in answer.content.decode()


def test_a_link_is_dead_while_its_client_is_away(people: Cast, token: str) -> None:
    for field in ("archived_at", "closed_at"):
        Client.objects.filter(pk=people.household.pk).update(**{field: timezone.now()})
        assert Browser().get(at(token)).status_code == HTTPStatus.NOT_FOUND
        Client.with_closed.filter(pk=people.household.pk).update(**{field: None})
        assert Browser().get(at(token)).status_code == HTTPStatus.OK
    people.household.delete()
    assert Browser().get(at(token)).status_code == HTTPStatus.NOT_FOUND


def test_a_link_to_a_scenario_opens_no_proposal_and_the_other_way_round(
    people: Cast, token: str
) -> None:
    assert Browser().get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND
    assert Browser().get(f"/shared/{token}/scenario.json").status_code == HTTPStatus.NOT_FOUND


def test_who_guesses_is_held_off(token: str) -> None:
    cache.clear()
    browser = Browser()
    answers = [browser.get(at("B" * 43)).status_code for _ in range(MOST_MISSES)]
    assert {*answers} == {HTTPStatus.NOT_FOUND}

    assert browser.get(at(token)).status_code == HTTPStatus.TOO_MANY_REQUESTS
    cache.clear()
    assert browser.get(at(token)).status_code == HTTPStatus.OK


def test_the_firm_sees_how_often_and_on_which_day_it_was_opened(
    people: Cast, issue: Issue, token: str
) -> None:
    for method in ("GET", "HEAD"):
        for _ in range(3):
            Browser().generic(method, at(token))
    assert link_of(token).times_opened == 0

    secret = Page(Browser().get(at(token)).content).fields("opened")
    checked = Browser(enforce_csrf_checks=True)
    assert checked.post(at(token, "opened/"), {}).status_code == HTTPStatus.FORBIDDEN
    for _ in range(2):
        response = checked.post(at(token, "opened/"), secret)
        assert response.status_code == HTTPStatus.NO_CONTENT
    people.reader.client.post(at(token, "opened/"), secret)

    page = people.reader.client.get(desk.of_issue(issue, "links/")).content.decode()
    assert "Opened 2 times, last on" in page
    opened = Event.objects.filter(log=people.firm.public_id, act="proposal_opened")
    assert [(event.who, event.role) for event in opened] == [(None, ""), (None, "")]


def test_a_link_lasts_a_year_at_most_and_thirty_days_unless_said(
    people: Cast, issue: Issue, token: str
) -> None:
    assert link_of(token).expires_at - timezone.now() < timedelta(days=30)
    address = desk.of_issue(issue, "links/make/")
    too_late = (timezone.now() + timedelta(days=366)).date()

    for settled in ({"lasts": "400"}, {"lasts": "until", "until": f"{too_late}"}):
        response = people.advisor.client.post(address, settled)
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert issue.links.count() == 1
    year = desk.linked(people.advisor, issue, lasts="365")
    assert timedelta(days=364) < link_of(year).expires_at - timezone.now() < timedelta(days=366)


def test_a_form_that_is_sent_twice_makes_one_link_and_fifty_are_enough(
    people: Cast, issue: Issue, token: str
) -> None:
    address = desk.of_issue(issue, "links/make/")
    fields = {"seed": "the same", "label": "Twice"}
    pages = [Page(people.advisor.client.post(address, fields).content) for _ in range(2)]
    addresses = {page.find("address").attributes["value"] for page in pages}
    assert len(addresses) == 1
    assert issue.links.count() == 2

    made = issue.links.first()
    assert made is not None
    IssueLink.objects.bulk_create(
        IssueLink(issue=issue, maker=made.maker, token_digest=f"{n}") for n in range(48)
    )
    response = people.advisor.client.post(address, {"seed": "one more"})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "as many as it may have" in response.content.decode()
    # A revoked one is not opened again by its form.
    people.advisor.client.post(desk.of_issue(issue, f"links/{made.token_digest}/revoke/"))
    again = people.advisor.client.post(address, fields).content.decode()
    assert "no longer works" in again


def test_only_who_may_share_makes_and_revokes_links(people: Cast, issue: Issue, token: str) -> None:
    fingerprint = link_of(token).token_digest
    for who in (people.assistant, people.reader):
        for place in ("make/", f"{fingerprint}/revoke/"):
            response = who.client.post(desk.of_issue(issue, f"links/{place}"))
            assert response.status_code == HTTPStatus.FORBIDDEN
        page = who.client.get(desk.of_issue(issue, "links/")).content.decode()
        assert "Anna" in page
        assert "Revoke" not in page
        assert "Make a link" not in page
    assert Browser().get(at(token)).status_code == HTTPStatus.OK


def test_a_link_shows_its_own_issue_and_says_that_there_is_a_later_one(
    people: Cast, proposal: Proposal, issue: Issue, token: str
) -> None:
    desk.edit(people.advisor, proposal, before="Only in the second")
    desk.given(people, proposal)

    page = Browser().get(at(token)).content.decode()

    assert "Only in the second" not in page
    assert "A later issue was given on" in page


def test_links_that_are_long_dead_are_cleared_away(people: Cast, issue: Issue, token: str) -> None:
    other = desk.linked(people.advisor, issue, label="Other")
    long_ago = timezone.now() - timedelta(days=91)
    IssueLink.objects.filter(pk=link_of(other).pk).update(revoked_at=long_ago)

    assert tidy()["links to proposals"] == 1
    assert Browser().get(at(token)).status_code == HTTPStatus.OK


def test_of_a_client_who_is_archived_no_link_is_made(people: Cast, issue: Issue) -> None:
    Client.objects.filter(pk=people.household.pk).update(archived_at=timezone.now())

    response = people.advisor.client.post(desk.of_issue(issue, "links/make/"))

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "no link would open" in response.content.decode()
    assert people.advisor.client.get(desk.of_issue(issue)).status_code == HTTPStatus.OK


def test_a_holder_cannot_fill_the_log_of_the_firm(
    people: Cast, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holder, "MOST_AN_HOUR", 3)
    secret = Page(Browser().get(at(token)).content).fields("opened")
    for _ in range(5):
        Browser().post(at(token, "opened/"), secret)

    opened = Event.objects.filter(log=people.firm.public_id, act="proposal_opened")
    assert opened.count() == 3
    assert link_of(token).times_opened == 5
