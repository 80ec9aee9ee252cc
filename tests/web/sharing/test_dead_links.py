"""A link that does not open tells nothing, not even why; and guessing is held off."""

from __future__ import annotations

import io
import logging
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from amtweb import misses
from amtweb.accounts.models import User
from amtweb.misses import MOST_MISSES
from amtweb.scenarios.models import Scenario
from amtweb.sharing.link_forms import secret_of
from amtweb.sharing.models import ShareLink
from tests.web.sharing.links import HTMX, link_of, made
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

ROUTES = {
    "": ("get", "head", "post"),
    "opened/": ("post",),
    "copy/": ("get", "head", "post"),
    "scenario.json": ("get", "head"),
}
CASES = [
    pytest.param(path, method, headers, id=f"{method} {path}{' by htmx' if headers else ''}")
    for path, methods in ROUTES.items()
    for method in methods
    for headers in ({}, HTMX)
]
ALLOWED = (HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.FOUND)


@pytest.fixture
def dead(owner: Visitor, saved: Scenario, copyable: str) -> dict[str, str]:
    """A token for each way in which a link can be dead."""
    gone = owner.saved(title="Gone soon")
    trashed = owner.saved(title="In the trash")
    of_user = User.objects.create_user("gone@example.org")
    dead = {
        "random": "A" * 43,
        "truncated": copyable[:-1],
        "case flipped": copyable.swapcase(),
        "expired": made(owner, saved, may_copy="on"),
        "revoked": made(owner, saved, may_copy="on"),
        "scenario deleted": made(owner, gone, may_copy="on"),
        "scenario in the trash": made(owner, trashed, may_copy="on"),
        "of another kind": saved.public_id,
        "very long": copyable * 100,
    }
    ShareLink.objects.filter(pk=link_of(dead["expired"]).pk).update(expires_at=timezone.now())
    link_of(dead["revoked"]).revoke()
    gone.delete()
    Scenario.objects.filter(pk=trashed.pk).update(deleted_at=timezone.now())
    draft = saved.draft
    owned = Scenario.objects.create(owner=of_user, draft=draft, title="Of a user")
    _, dead["owner deactivated"] = ShareLink.make(owned, may_copy=True)
    _, dead["maker deactivated"] = ShareLink.make(saved, maker=of_user, may_copy=True)
    User.objects.update(is_active=False)
    return dead


@pytest.mark.parametrize(("path", "method", "headers"), CASES)
def test_every_dead_link_is_the_same_missing_page(
    dead: dict[str, str], copyable: str, path: str, method: str, headers: dict[str, str]
) -> None:
    def ask(token: str) -> Any:
        return getattr(Client(), method)(f"/shared/{token}/{path}", headers=headers)

    assert ask(copyable).status_code in ALLOWED

    answers = {why: ask(token) for why, token in dead.items()}
    assert {answer.status_code for answer in answers.values()} == {HTTPStatus.NOT_FOUND}
    assert len({answer.content for answer in answers.values()}) == 1
    assert len({str(answer.headers) for answer in answers.values()}) == 1
    for answer in answers.values():
        assert not answer.cookies
        assert "Shared by Ana" not in answer.content.decode()
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("path", "method", "headers"), CASES)
def test_what_a_living_link_does_not_allow_is_missing_alike(
    token: str, path: str, method: str, headers: dict[str, str]
) -> None:
    """A link to read: no copy and no file."""
    answer = getattr(Client(), method)(f"/shared/{token}/{path}", headers=headers)
    missing = getattr(Client(), method)(f"/shared/{'A' * 43}/{path}", headers=headers)

    if path in ("copy/", "scenario.json"):
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert answer.content == missing.content
        assert str(answer.headers) == str(missing.headers)
    else:
        assert answer.status_code in ALLOWED


def test_with_its_owner_a_link_is_gone(saved: Scenario) -> None:
    user = User.objects.create_user("gone@example.org")
    owned = Scenario.objects.create(owner=user, draft=saved.draft)
    _, of_owned = ShareLink.make(owned)
    _, by_maker = ShareLink.make(saved, maker=user)
    assert Client().get(f"/shared/{of_owned}/").status_code == HTTPStatus.OK
    assert Client().get(f"/shared/{by_maker}/").status_code == HTTPStatus.OK

    user.delete()

    assert Client().get(f"/shared/{of_owned}/").status_code == HTTPStatus.NOT_FOUND
    assert Client().get(f"/shared/{by_maker}/").status_code == HTTPStatus.NOT_FOUND


def test_a_link_comes_back_with_its_scenario_out_of_the_trash(saved: Scenario, token: str) -> None:
    Scenario.objects.filter(pk=saved.pk).update(deleted_at=timezone.now())
    assert Client().get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND

    Scenario.objects.filter(pk=saved.pk).update(deleted_at=None)

    assert Client().get(f"/shared/{token}/").status_code == HTTPStatus.OK


@pytest.mark.parametrize(("path", "method", "headers"), CASES)
def test_a_link_works_until_its_time_and_not_then(
    copyable: str,
    path: str,
    method: str,
    headers: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = link_of(copyable).expires_at

    def status(moment: Any) -> int:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        answer = getattr(Client(), method)(f"/shared/{copyable}/{path}", headers=headers)
        return int(answer.status_code)

    second = timedelta(seconds=1)
    assert status(ends - second) in ALLOWED
    assert status(ends) == HTTPStatus.NOT_FOUND
    assert status(ends + second) == HTTPStatus.NOT_FOUND


class TestGuessing:
    @pytest.fixture(autouse=True)
    def a_minute_that_lasts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(misses.time, "time", lambda: 1_800_000_010.0)

    def guess(self, times: int, address: str = "192.0.2.1", **headers: str) -> list[int]:
        client = Client(REMOTE_ADDR=address)
        guesses = (f"/shared/{n:043}/" for n in range(times))
        return [client.get(guess, headers=headers).status_code for guess in guesses]

    def test_is_held_off_after_sixty_misses_in_a_minute(self, token: str) -> None:
        statuses = self.guess(MOST_MISSES + 2)

        assert statuses[:MOST_MISSES] == [HTTPStatus.NOT_FOUND] * MOST_MISSES
        assert statuses[MOST_MISSES:] == [HTTPStatus.TOO_MANY_REQUESTS] * 2

    def test_then_finds_nothing_not_even_a_link_that_lives(self, token: str) -> None:
        self.guess(MOST_MISSES)
        guesser = Client(REMOTE_ADDR="192.0.2.1")

        found, missed = guesser.get(f"/shared/{token}/"), guesser.get(f"/shared/{'A' * 43}/")

        assert found.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert found.content == missed.content
        assert str(found.headers) == str(missed.headers)
        assert found["Retry-After"] == "50"
        assert found["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert not found.cookies
        assert "Wait a minute" in found.content.decode()

    @pytest.mark.parametrize(("path", "method", "headers"), CASES)
    def test_is_held_off_everywhere(
        self, copyable: str, path: str, method: str, headers: dict[str, str]
    ) -> None:
        self.guess(MOST_MISSES)
        guesser = Client(REMOTE_ADDR="192.0.2.1")

        answer = getattr(guesser, method)(f"/shared/{copyable}/{path}", headers=headers)

        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS

    def test_troubles_nobody_else(self, token: str) -> None:
        self.guess(MOST_MISSES + 5)

        other = Client(REMOTE_ADDR="192.0.2.2").get(f"/shared/{token}/")
        assert other.status_code == HTTPStatus.OK

    def test_is_taken_up_again_a_minute_later(
        self, token: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.guess(MOST_MISSES)
        monkeypatch.setattr(misses.time, "time", lambda: 1_800_000_060.0)

        again = Client(REMOTE_ADDR="192.0.2.1").get(f"/shared/{token}/")
        assert again.status_code == HTTPStatus.OK

    def test_opening_links_that_live_counts_for_nothing(self, token: str) -> None:
        reader = Client(REMOTE_ADDR="192.0.2.1")

        for _ in range(MOST_MISSES + 5):
            assert reader.get(f"/shared/{token}/").status_code == HTTPStatus.OK

    def test_under_made_up_addresses_is_still_held_off(self) -> None:
        for number in range(MOST_MISSES):
            self.guess(1, **{"X-Forwarded-For": f"198.51.100.{number}"})

        assert self.guess(1) == [HTTPStatus.TOO_MANY_REQUESTS]

    def test_is_told_apart_by_what_the_proxy_adds_where_there_is_one(self) -> None:
        with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
            for number in range(MOST_MISSES):
                made_up = f"198.51.100.{number}, 203.0.113.9"
                self.guess(1, **{"X-Forwarded-For": made_up})

            assert self.guess(1, **{"X-Forwarded-For": "203.0.113.9"}) == [429]
            assert self.guess(1, **{"X-Forwarded-For": "203.0.113.8"}) == [404]
            assert self.guess(1) == [404]

    def test_from_one_network_counts_together(self) -> None:
        for number in range(MOST_MISSES):
            self.guess(1, f"2001:db8:1:2::{number:x}")

        assert self.guess(1, "2001:db8:1:2:ffff::1") == [429]
        assert self.guess(1, "2001:db8:1:3::1") == [404]

    def test_is_logged_once_and_names_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        (handler,) = (h for h in logging.getLogger().handlers if h.name == "stderr")
        log = io.StringIO()
        monkeypatch.setattr(handler, "stream", log)

        self.guess(MOST_MISSES + 5)

        (line,) = log.getvalue().splitlines()
        assert line.endswith("links_guessed misses=60")
        assert "192.0.2.1" not in line


def test_no_log_line_has_a_token(
    copyable: str, dead: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (handler,) = (h for h in logging.getLogger().handlers if h.name == "stderr")
    log = io.StringIO()
    monkeypatch.setattr(handler, "stream", log)

    for token in (copyable, *dead.values()):
        for client in (Client(), Client(enforce_csrf_checks=True)):
            for path, methods in ROUTES.items():
                for method in methods:
                    at = f"http://testserver/shared/{token}/"
                    headers = HTMX | {"HX-Current-URL": at, "Referer": at}
                    getattr(client, method)(f"/shared/{token}/{path}", headers=headers)

    assert "Forbidden" in log.getvalue()
    assert "link_opened" in log.getvalue()
    assert not [token for token in (copyable, *dead.values()) if token in log.getvalue()]


def test_the_secret_of_a_dead_links_forms_opens_nothing(dead: dict[str, str]) -> None:
    for token in dead.values():
        for path in ("", "opened/"):
            answer = Client(enforce_csrf_checks=True).post(
                f"/shared/{token}/{path}", {"csrfmiddlewaretoken": secret_of(token)}
            )
            assert answer.status_code == HTTPStatus.NOT_FOUND
