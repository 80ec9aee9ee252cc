"""The end of a link: who keeps what, and that the firm reads nothing."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from amtweb.accounts import upkeep
from amtweb.accounts.export import tables_of
from amtweb.audit.models import Event
from amtweb.firms.models import Client
from amtweb.portal import notices
from amtweb.portal.models import Comment, Link, MailWish, Notice, Publication, Suggestion
from amtweb.portal.publishing import publish
from amtweb.portal.unlinking import CLOSED_FOR, unlink
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.portal.scene import SECRETS, Scene, scene
from tests.web.route_table.every import ROUTES

pytestmark = pytest.mark.django_db


def leave(s: Scene) -> Any:
    return s.ada.client.post(f"/advisor/links/{s.link.public_id}/leave/")


def pages_of_firm(s: Scene) -> list[str]:
    """Every address of the site that can be filled in with what is the household's."""
    scenario = s.people.scenario
    figures = Suggestion.objects.values_list("public_id", flat=True).first() or "none"
    found = []
    # Pages that are the same for everybody know nothing of a household.
    theirs = [r for r in ROUTES if ROUTES[r].who != "anyone"]
    for route in ("", "scenarios/", *theirs):
        owner = s.client if route.startswith("clients/") else scenario
        filled = route
        for place, value in {
            "<slug:public_id>": owner.public_id,
            "<slug:publication>": s.publication.public_id,
            "<slug:scenario>": scenario.public_id,
            "<slug:suggestion>": figures,
            "<slug:link>": s.link.public_id,
            "<slug:client>": s.client.public_id,
            "<int:year>": "2026",
            "<int:number>": "1",
            "<str:file>": "scenario.json",
            "<slug:table>": "sales",
        }.items():
            filled = filled.replace(place, value)
        if "<" not in filled and not filled.startswith("account"):
            found.append(f"/{filled}")
    return found


def test_after_the_last_has_left_the_firm_reads_nothing_on_any_page() -> None:
    s = scene()
    s.ada.client.post(f"{s.by_client}comment/", {"text": "Canary comment"})
    advisor = s.people.advisor
    _, token = ShareLink.make(s.people.scenario, maker=advisor.user)
    canaries = (*SECRETS, "Canary household", "Canary comment", "Plan for Ada", "ada@example")
    pages = pages_of_firm(s)
    # These had it before; the others take long to make.
    before = ("/clients/", "/book/", "/scenarios/", s.client.get_absolute_url(), s.by_firm)
    assert {*before} <= {*pages}
    assert [p for p in before if not any(c in _text(s, p) for c in canaries)] == []

    assert leave(s).status_code == HTTPStatus.FOUND

    has = [p for p in pages if any(c in _text(s, p) for c in canaries)]
    assert has == []
    assert s.ada.client.get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND
    for address in (s.people.scenario.get_absolute_url(), f"/clients/{s.client.public_id}/edit/"):
        posted = advisor.client.post(address, {"title": "Mine", "name": "Mine", "op": "save"})
        assert posted.status_code == HTTPStatus.NOT_FOUND
    assert Scenario.with_closed.get(pk=s.people.scenario.pk).title == "Plan for Ada"
    # Who was in charge is told that somebody left, and not who, by mail as in the site.
    told = advisor.page("/news/").find("main").text
    assert "A household has ended its link with the firm" in told
    assert not [word for word in canaries if word in told]
    notices.mail_what_waits()
    (sent,) = (each for each in mail.outbox if each.to == [advisor.user.email])
    assert f"from a client of {s.people.firm}" in str(sent.body)
    assert not [word for word in canaries if word in str(sent.body)]


def _text(s: Scene, page: str) -> str:
    response = s.people.admin.client.get(page)
    return b"".join(response).decode("utf-8", "replace")


def test_the_client_keeps_a_copy_of_everything_published_once() -> None:
    s = scene()
    leave(s)

    kept = Scenario.objects.get(owner=s.ada.user)
    assert kept.title == "Plan for Ada"
    assert not [secret for secret in SECRETS if secret in str(kept.draft)]
    assert s.ada.client.get(s.by_client).status_code == HTTPStatus.NOT_FOUND
    s.ada.client.post(f"/advisor/links/{s.link.public_id}/again/")
    leave(s)
    assert Scenario.objects.filter(owner=s.ada.user).count() == 1


def test_within_thirty_days_the_client_alone_takes_it_back_and_then_all_is_erased() -> None:
    s = scene()
    again = f"/advisor/links/{s.link.public_id}/again/"
    leave(s)
    other = s.people.stranger
    other.client.post("/workspaces/own/enter/")
    assert other.client.post(again).status_code == HTTPStatus.NOT_FOUND
    assert "Link again" in s.ada.client.get("/advisor/").content.decode()

    assert s.ada.client.post(again).status_code == HTTPStatus.FOUND
    assert s.people.admin.client.get(s.by_firm).status_code == HTTPStatus.OK
    leave(s)
    upkeep.tidy()
    assert Client.with_closed.filter(pk=s.client.pk).exists()
    then = timezone.now() - CLOSED_FOR - timedelta(minutes=1)
    Client.with_closed.filter(pk=s.client.pk).update(closed_at=then)
    s.ada.client.post(again)
    assert not Client.objects.filter(pk=s.client.pk).exists()
    assert upkeep.tidy()["households that left"] == 1

    assert not Client.with_closed.filter(pk=s.client.pk).exists()
    assert not Scenario.with_closed.filter(client=s.client.pk).exists()
    assert not Publication.objects.exists()
    log = Event.objects.filter(log=s.people.firm.public_id)
    acts = list(log.values_list("act", flat=True))
    assert {"client_linked", "published", "client_closed", "client_erased"} <= {*acts}
    assert "Canary" not in str(list(log.values()))


def test_while_somebody_stays_only_the_leaving_persons_part_goes() -> None:
    s = scene()
    bob, link = s.another("bob@example.org")
    for person in (s.ada, bob):
        person.client.post(f"{s.by_client}comment/", {"text": f"From {person.email}"})

    leave(s)

    assert s.ada.client.get(s.by_client).status_code == HTTPStatus.NOT_FOUND
    assert bob.client.get(s.by_client).status_code == HTTPStatus.OK
    assert [comment.link for comment in Comment.objects.all()] == [link]
    assert s.people.admin.client.get(s.by_firm).status_code == HTTPStatus.OK
    assert not Link.objects.filter(user=s.ada.user).exists()
    assert not Notice.objects.filter(user=s.ada.user).exists()


def test_the_firm_can_unlink_and_is_told_first_what_that_means() -> None:
    s = scene()
    page = f"/clients/{s.client.public_id}/accounts/{s.link.public_id}/unlink/"
    said = s.people.advisor.client.get(page).content.decode()
    assert "your firm reads nothing of it" in said
    packed = s.people.advisor.client.get(f"/clients/{s.client.public_id}/scenarios.zip")
    assert packed["Content-Type"] == "application/zip"
    assert s.people.assistant.client.post(page).status_code == HTTPStatus.FORBIDDEN

    assert s.people.advisor.client.post(page)["Location"] == "/clients/"

    assert s.people.advisor.client.get(f"/clients/{s.client.public_id}/").status_code == (
        HTTPStatus.NOT_FOUND
    )
    assert Scenario.objects.filter(owner=s.ada.user, title="Plan for Ada").exists()
    assert "No longer linked with the firm" in s.ada.client.get("/news/").content.decode()


def test_a_person_let_in_by_mistake_is_turned_away_and_the_household_stays() -> None:
    s = scene()
    page = f"/clients/{s.client.public_id}/accounts/{s.link.public_id}/unlink/"
    assert "It was the wrong person" in s.people.advisor.client.get(page).content.decode()

    answer = s.people.advisor.client.post(page, {"op": "wrong-person"})

    assert answer["Location"] == f"/clients/{s.client.public_id}/"
    assert s.people.advisor.client.get(answer["Location"]).status_code == HTTPStatus.OK
    assert s.ada.client.get(s.by_client).status_code == HTTPStatus.NOT_FOUND
    assert not Scenario.objects.filter(owner=s.ada.user).exists()


def test_who_made_something_or_has_been_here_long_is_no_wrong_person() -> None:
    s = scene()
    _, links_of_bob = s.another("bob@example.org")
    s.ada.client.post(f"{s.by_client}copy/")
    Link.objects.filter(pk=links_of_bob.pk).update(since=timezone.now() - timedelta(days=8))
    for link in (s.link, links_of_bob):
        page = f"/clients/{s.client.public_id}/accounts/{link.public_id}/unlink/"
        assert "the wrong person" not in s.people.advisor.client.get(page).content.decode()

        answer = s.people.advisor.client.post(page, {"op": "wrong-person"})

        assert answer.status_code == HTTPStatus.CONFLICT
        assert Link.objects.live().filter(pk=link.pk).exists()


def test_deleting_the_account_unlinks_first() -> None:
    s = scene()
    s.ada.confirmed()
    s.ada.client.post("/account/delete/", {"address": s.ada.email})

    assert Client.with_closed.get(pk=s.client.pk).closed_at is not None
    assert not Client.objects.filter(pk=s.client.pk).exists()
    assert not Link.objects.exists()


def test_a_firm_that_deletes_a_client_leaves_the_household_what_it_had() -> None:
    s = scene()
    s.people.advisor.client.post(f"/clients/{s.client.public_id}/shelve/", {"op": "delete"})

    assert Scenario.objects.get(owner=s.ada.user).title == "Plan for Ada"


def test_the_export_of_an_account_has_links_comments_and_proposals() -> None:
    s = scene()
    s.ada.client.post(f"{s.by_client}comment/", {"text": "Mine"})
    s.people.advisor.client.post(f"{s.by_firm}comment/", {"text": "The firm's"})
    s.ada.client.post("/news/mails/", {"wanted": "no"})
    s.ada.client.post(f"{s.by_client}copy/")
    copied = Scenario.objects.get(owner=s.ada.user)
    s.ada.edit(copied.get_absolute_url(), **{"years[0].wages": "77"})
    s.ada.client.post(f"/advisor/copies/{copied.public_id}/propose/", {"message": "So"})

    tables = tables_of(s.ada.user)

    for model in (Link, Comment, Suggestion, Notice, MailWish):
        assert tables.get(model), model
    assert [row.text for row in tables[Comment].values()] == ["Mine"]  # type: ignore[attr-defined]


def test_an_unlinked_firm_publishes_nothing_more() -> None:
    s = scene()
    unlink(s.link)
    with pytest.raises(Scenario.DoesNotExist):
        publish(s.people.advisor.member, s.client, s.people.scenario, "", 1)
