"""What the privacy page says is what the site does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from amtweb.about.durations import in_words
from amtweb.accounts import known_browsers, upkeep
from amtweb.firms import models as firms
from amtweb.portal import notices, unlinking
from amtweb.scenarios import once, quotas, retention
from amtweb.scenarios.models import DoneOnce
from amtweb.sharing import models as sharing
from tests.web.people import Person
from tests.web.reading import Page

if TYPE_CHECKING:
    from django.test import Client

SCRIPTS = sorted((settings.BASE_DIR / "static" / "js").glob("*.js"))


@pytest.fixture
def rows(client: Client) -> dict[str, str]:
    """The page's tables, by what stands first in a row."""
    page = Page(client.get(reverse("about:privacy")).content)
    found: dict[str, str] = {}
    for row in page.all("tr"):
        head, *cells = (e for e in row.elements if e.tag in ("th", "td"))
        if cells and head.tag == "th" and head.attributes.get("scope") == "row":
            found[head.text] = " | ".join(cell.text for cell in cells)
    return found


def test_the_durations_are_those_that_the_site_keeps_to(rows: dict[str, str]) -> None:
    session = in_words(timedelta(seconds=settings.SESSION_COOKIE_AGE))
    said = {
        "What you work on": [session],
        "Saved scenarios": [session, str(quotas.IN_A_BROWSER)],
        "Something sent twice": [in_words(once.KEPT)],
        "Deleted scenarios": [in_words(retention.DELETED_FOR)],
        "The account": [in_words(upkeep.WITHOUT_AN_ADDRESS)],
        "Where you are signed in": [in_words(settings.LONGEST_SIGN_IN)],
        "Scenarios": [
            f"{quotas.IN_AN_ACCOUNT:,}",
            str(quotas.REVISIONS),
            in_words(retention.DELETED_FOR),
        ],
        "News of your advisor": [in_words(notices.KEPT)],
        "A household that has left": [in_words(unlinking.CLOSED_FOR)],
        "Invitations": [in_words(firms.INVITED_FOR)],
        "Being at work in it": [
            in_words(settings.LONGEST_IN_A_FIRM),
            in_words(settings.LONGEST_IDLE_IN_A_FIRM),
        ],
        "The link": [
            in_words(sharing.LIFETIME),
            in_words(sharing.LONGEST_LIFE),
            in_words(sharing.TAKEN_BACK),
        ],
        "Its use": [in_words(sharing.REMEMBERED)],
        settings.SESSION_COOKIE_NAME: [session, in_words(settings.LONGEST_SIGN_IN)],
        settings.CSRF_COOKIE_NAME: [in_words(timedelta(seconds=settings.CSRF_COOKIE_AGE))],
        settings.KNOWN_BROWSER_COOKIE_NAME: [in_words(known_browsers.LIFETIME)],
    }

    for row, spans in said.items():
        for span in spans:
            assert span in rows[row], row


def test_no_duration_is_written_into_the_page() -> None:
    source = (settings.BASE_DIR / "templates" / "about" / "privacy.html").read_text("utf-8")

    assert not re.search(r"\d+ (?:minute|hour|day|year)", re.sub(r"{{.*?}}", "", source))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=30), "30 days"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=1), "1 day"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(minutes=15), "15 minutes"),
    ],
)
def test_a_duration_is_said_in_its_largest_unit(span: timedelta, words: str) -> None:
    assert in_words(span) == words


def test_no_script_can_read_a_cookie_and_none_keeps_anything_in_the_browser() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    for script in SCRIPTS:
        text = script.read_text("utf-8")
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", text), (
            script
        )


def test_the_page_can_be_read_without_a_cookie(client: Client) -> None:
    for name in ("about:privacy", "about:license"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        assert not answer.cookies


@pytest.mark.django_db
def test_where_one_was_signed_in_is_forgotten_when_no_session_can_be_left() -> None:
    Person().signed_in()
    Person("later@example.org").signed_in()
    old = timezone.now() - settings.LONGEST_SIGN_IN - timedelta(minutes=1)
    first = UserSession.objects.order_by("pk").first()
    assert first is not None
    UserSession.objects.filter(pk=first.pk).update(created_at=old)

    assert upkeep.tidy()["sign-ins"] == 1
    assert UserSession.objects.count() == 1


@pytest.mark.django_db
def test_what_was_done_once_is_forgotten_though_nothing_more_is_made() -> None:
    DoneOnce.objects.create(who="user 1", key="a")
    DoneOnce.objects.create(who="user 1", key="b")
    old = timezone.now() - once.KEPT - timedelta(minutes=1)
    DoneOnce.objects.filter(key="a").update(done_at=old)

    assert upkeep.tidy()["operations done once"] == 1
    assert [each.key for each in DoneOnce.objects.all()] == ["b"]
