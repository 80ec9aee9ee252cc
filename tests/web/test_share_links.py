from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import LIFETIME, MOST_LINKS, ShareLink, digest_of
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"
TOKEN = re.compile(r"/shared/([^/]+)/")


@pytest.fixture
def owner() -> Visitor:
    return Visitor()


@pytest.fixture
def saved(owner: Visitor) -> Scenario:
    return owner.saved(title="Shared by Ana", notes="For whoever reads this", **{WAGES: "123,456"})


@pytest.fixture
def token(owner: Visitor, saved: Scenario) -> str:
    return made(owner, saved)


def made(owner: Visitor, saved: Scenario) -> str:
    """The token of a new link, read from the page that shows it."""
    response = owner.client.post(f"{saved.get_absolute_url()}links/make/")
    assert response.status_code == HTTPStatus.OK
    match = TOKEN.search(Page(response.content).find("address").attributes["value"])
    assert match is not None
    return match[1]


def everything_stored() -> str:
    """Every value of every table, and what is in every session."""
    rows = [str(row) for model in apps.get_models() for row in model._base_manager.values()]
    sessions = [str(SessionStore(s.session_key).load()) for s in Session.objects.all()]
    return "\n".join(rows + sessions)


def test_a_link_shows_the_scenario_to_whoever_holds_it(token: str) -> None:
    page = Visitor().page(f"/shared/{token}/")

    assert page.find("title").attributes["value"] == "Shared by Ana"
    assert page.find("years-0-wages").attributes["value"] == "123,456"
    assert page.find("headline").text.strip()


def test_a_shared_scenario_can_be_read_and_not_be_changed(token: str) -> None:
    page = Visitor().page(f"/shared/{token}/")

    assert page.buttons() == []
    assert "bench" not in page.ids
    assert not [form for form in page.all("form") if form.attributes["method"] == "post"]
    for control in (*page.all("input"), *page.all("select"), *page.all("textarea")):
        is_of_the_view = control.attributes.get("name") in ("side", "year")
        is_seen = control.attributes.get("type") != "hidden"
        assert is_of_the_view or not is_seen or "disabled" in control.attributes


def test_a_link_stays_with_what_was_shared(owner: Visitor, saved: Scenario, token: str) -> None:
    before = Visitor().page(f"/shared/{token}/").find("inputs").text

    owner.edit(saved.get_absolute_url(), op="save", notes="Private thoughts", **{WAGES: "7"})

    assert Visitor().page(f"/shared/{token}/").find("inputs").text == before


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_leaves_no_trace(token: str, method: str) -> None:
    visitor = Visitor()
    before = everything_stored()

    for purpose in ("", "prefetch"):
        for _ in range(15):
            headers = {"Sec-Purpose": purpose}
            response = getattr(visitor.client, method)(f"/shared/{token}/", headers=headers)
            assert response.status_code == HTTPStatus.OK
            assert not response.cookies

    assert everything_stored() == before


@pytest.mark.parametrize("path", ["", "copy/"])
def test_a_shared_page_is_for_its_reader_alone(token: str, path: str) -> None:
    response = Visitor().client.get(f"/shared/{token}/{path}")
    page = Page(response.content)

    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    (robots,) = (m for m in page.all("meta") if m.attributes.get("name") == "robots")
    assert robots.attributes["content"] == response["X-Robots-Tag"]
    assert all(token not in title.text for title in page.all("title"))
    assert not [m for m in page.all("meta") if "property" in m.attributes]


def test_a_token_is_long_random_and_stored_nowhere(owner: Visitor, saved: Scenario) -> None:
    tokens = [made(owner, saved) for _ in range(20)]
    for token in tokens:
        Visitor().page(f"/shared/{token}/")
        Visitor().client.post(f"/shared/{token}/copy/")
    owner.page(f"{saved.get_absolute_url()}links/")

    stored = everything_stored()
    assert all(re.fullmatch("[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert len(set(tokens)) == len(tokens)
    assert all(digest_of(token) in stored for token in tokens)
    assert not [token for token in tokens if token in stored]


def test_the_signs_of_tokens_are_even(saved: Scenario) -> None:
    revision = saved.revisions.get()
    tokens = [ShareLink.make(revision)[1] for _ in range(1_000)]
    # The last sign holds only the 4 bits that are left of 256.
    counts = Counter("".join(token[:-1] for token in tokens))

    expected = 1_000 * 42 / 64
    chi_squared = sum((counts[sign] - expected) ** 2 / expected for sign in counts)
    assert len(set(tokens)) == 1_000
    assert len(counts) == 64
    # Of 63 degrees of freedom: exceeded once in a million.
    assert chi_squared < 130


def test_the_owner_sees_a_link_once_and_its_life_always(
    owner: Visitor, saved: Scenario, token: str
) -> None:
    response = owner.client.get(f"{saved.get_absolute_url()}links/")
    page = Page(response.content)

    assert token not in response.content.decode()
    (card,) = page.all("li")
    assert "Shows revision 1." in card.text
    assert "works until" in card.text
    (revoke,) = (form for form in card.elements if form.tag == "form")
    assert revoke.attributes["action"].endswith(f"/links/{digest_of(token)}/revoke/")


@pytest.mark.parametrize("path", ["", "copy/"])
def test_every_dead_link_is_the_same_missing_page(
    owner: Visitor, saved: Scenario, token: str, path: str
) -> None:
    other = owner.saved(title="Gone soon")
    dead = {
        "random": "A" * 43,
        "truncated": token[:-1],
        "case flipped": token.swapcase(),
        "expired": made(owner, saved),
        "revoked": made(owner, saved),
        "deleted": made(owner, other),
        "of another kind": saved.public_id,
        "very long": token * 100,
    }
    ShareLink.objects.filter(token_digest=digest_of(dead["expired"])).update(
        expires_at=timezone.now()
    )
    owner.client.post(f"{saved.get_absolute_url()}links/{digest_of(dead['revoked'])}/revoke/")
    owner.client.post(f"{other.get_absolute_url()}delete/")
    reader = Visitor().client

    methods = ("get", "head", "post") if path else ("get", "head")
    assert reader.get(f"/shared/{token}/{path}").status_code == HTTPStatus.OK
    for method in methods:
        answers: list[Any] = [
            getattr(reader, method)(f"/shared/{each}/{path}") for each in dead.values()
        ]
        assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}
        assert len({answer.content for answer in answers}) == 1
        assert len({str(answer.headers) for answer in answers}) == 1
        assert not any(answer.cookies for answer in answers)


def test_a_link_works_until_its_time_and_not_then(
    saved: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_at = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: made_at)
    link, token = ShareLink.make(saved.revisions.get())
    assert link.expires_at == made_at + LIFETIME

    def status(moment: Any) -> int:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        code: int = Visitor().client.get(f"/shared/{token}/").status_code
        return code

    second = timedelta(seconds=1)
    assert status(link.expires_at - second) == HTTPStatus.OK
    assert status(link.expires_at) == HTTPStatus.NOT_FOUND
    assert status(link.expires_at + second) == HTTPStatus.NOT_FOUND


def test_revoking_holds_from_the_next_request_on(
    owner: Visitor, saved: Scenario, token: str
) -> None:
    other = made(owner, saved)
    address = f"{saved.get_absolute_url()}links/{digest_of(token)}/revoke/"

    assert owner.client.post(address)["Location"] == f"{saved.get_absolute_url()}links/"
    revoked_at = ShareLink.objects.get(token_digest=digest_of(token)).revoked_at

    assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND
    assert Visitor().client.get(f"/shared/{other}/").status_code == HTTPStatus.OK
    assert owner.client.post(address).status_code == HTTPStatus.FOUND
    assert ShareLink.objects.get(token_digest=digest_of(token)).revoked_at == revoked_at


def test_a_link_is_revoked_only_where_it_belongs(owner: Visitor, token: str) -> None:
    other = owner.saved()

    for fingerprint in (digest_of(token), "1", "9" * 30, "x"):
        response = owner.client.post(f"{other.get_absolute_url()}links/{fingerprint}/revoke/")
        assert response.status_code == HTTPStatus.NOT_FOUND
    assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.OK


def test_a_scenario_has_only_so_many_live_links(owner: Visitor, saved: Scenario) -> None:
    revision = saved.revisions.get()
    links = [ShareLink.make(revision)[0] for _ in range(MOST_LINKS)]
    make = f"{saved.get_absolute_url()}links/make/"

    full = owner.client.post(make)
    assert "as many live links as it may have" in full.content.decode()
    assert ShareLink.objects.count() == MOST_LINKS

    links[0].revoke()
    ShareLink.objects.filter(pk=links[1].pk).update(expires_at=timezone.now())
    for _ in range(3):
        owner.client.post(make)
    assert ShareLink.objects.live().count() == MOST_LINKS


def test_sharing_saves_what_is_shared(owner: Visitor, saved: Scenario) -> None:
    owner.edit(saved.get_absolute_url(), htmx=True, **{WAGES: "7"})

    token = made(owner, saved)
    made(owner, saved)

    assert saved.revisions.count() == 2
    page = Visitor().page(f"/shared/{token}/")
    assert page.find("years-0-wages").attributes["value"] == "7"


class TestACopy:
    def test_is_asked_for_and_then_on_the_bench_of_who_asked(
        self, saved: Scenario, token: str
    ) -> None:
        reader = Visitor()
        before = Scenario.objects.values().get()

        assert reader.page(f"/shared/{token}/copy/").all("form")
        assert reader.fields()["title"] != "Shared by Ana"
        response = reader.client.post(f"/shared/{token}/copy/")

        assert response["Location"] == "/"
        assert reader.fields()["title"] == "Shared by Ana"
        reader.edit(htmx=True, **{WAGES: "1"})
        assert Scenario.objects.values().get() == before
        assert Visitor().page(f"/shared/{token}/").find("title").attributes["value"]

    def test_is_a_scenario_of_their_own_when_it_is_saved(self, saved: Scenario, token: str) -> None:
        reader = Visitor()
        reader.client.post(f"/shared/{token}/copy/")

        copied = reader.saved()

        assert copied.pk != saved.pk
        assert copied.public_id != saved.public_id
        assert copied.visitor != saved.visitor
        assert copied.revisions.count() == 1
        assert not ShareLink.objects.filter(revision__scenario=copied).exists()
        assert copied.draft == saved.draft

    def test_of_a_copy_says_the_same(self, token: str) -> None:
        reader, third = Visitor(), Visitor()
        reader.client.post(f"/shared/{token}/copy/")
        again = made(reader, reader.saved())

        third.client.post(f"/shared/{again}/copy/")

        assert third.fields()["title"] == "Shared by Ana"

    def test_says_when_it_takes_the_place_of_something(self, token: str) -> None:
        newcomer, worker = Visitor(), Visitor()
        worker.edit(htmx=True, title="Mine")

        assert "takes the place" not in newcomer.page(f"/shared/{token}/copy/").root.text
        assert "takes the place" in worker.page(f"/shared/{token}/copy/").root.text
        assert worker.fields()["title"] == "Mine"

    def test_begins_without_what_could_be_undone_before(self, token: str) -> None:
        reader = Visitor()
        reader.edit(htmx=True, op="add:grants")
        reader.client.post(f"/shared/{token}/copy/")

        assert "undo" not in reader.page().buttons()
