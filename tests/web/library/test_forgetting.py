"""Browsers that are forgotten, with what they made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from amtweb.scenarios.models import Scenario
from amtweb.scenarios.visitors import SESSION_KEY, digest_of_visitor
from amtweb.scenarios.visitors import Visitor as Asking
from amtweb.sharing.models import ShareLink
from tests.web.library.library_page import (
    WAGES,
    kept,
    press,
    shown,
)
from tests.web.people import Person
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


class TestForgettingABrowser:
    def test_deletes_what_it_made_and_its_session(self, visitor: Visitor) -> None:
        visitor.edit(title="On the bench")
        saved = visitor.saved(title="Canary")
        press(visitor, "delete", visitor.saved(title="Deleted canary"))
        ShareLink.make(saved)
        other = Visitor().saved(title="Other")
        key = visitor.client.session.session_key
        assert "2 saved scenarios" in visitor.page("/forget/").root.text

        response = visitor.client.post("/forget/")

        assert response["Location"] == "/planner/"
        assert list(Scenario.objects.all()) == [other]
        assert visitor.client.session.session_key != key
        assert SESSION_KEY not in visitor.client.session
        assert shown(visitor) == []

    def test_leaves_an_account_its_own(self, person: Person) -> None:
        kept(person, "Plan")

        person.client.post("/forget/")

        assert not person.is_signed_in()
        assert Scenario.objects.count() == 1

    def test_asking_deletes_nothing(self, visitor: Visitor) -> None:
        visitor.saved()
        visitor.page("/forget/")

        assert Scenario.objects.count() == 1


def test_a_browser_is_known_as_long_as_it_edits(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = visitor.saved()
    address = saved.get_absolute_url()
    begun = timezone.now()

    def ends() -> datetime:
        from django.contrib.sessions.models import Session

        return Session.objects.get(pk=visitor.client.session.session_key).expire_date

    first_end = ends()
    visitor.edit(address, htmx=True, **{WAGES: "1"})
    assert ends() == first_end

    monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(days=20))
    visitor.page(address)
    assert ends() == first_end
    visitor.edit(address, htmx=True, **{WAGES: "2"})
    assert ends() >= first_end + timedelta(days=19)


def test_what_a_forgotten_key_made_is_nobodys() -> None:
    Scenario.objects.create(visitor=digest_of_visitor("gone"), draft={})

    assert not Scenario.objects.of(Asking(None, ""))
    assert not Scenario.objects.of(Asking(7, ""))
    assert Scenario.objects.of(Asking(None, digest_of_visitor("gone"))).count() == 1
