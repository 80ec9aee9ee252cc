"""How many scenarios are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier

import pytest
from django.db import connections, transaction

from amtweb.scenarios import models, quotas
from amtweb.scenarios.library.making import make_scenario
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.quotas import FullLibraryError
from amtweb.scenarios.visitors import Visitor as Asking
from tests.web.library.library_page import (
    FIGURES,
    LIST,
    WAGES,
    press,
    shown,
    words_of,
)
from tests.web.people import Person
from tests.web.reading import Page
from tests.web.visitors import HTMX, Visitor

pytestmark = pytest.mark.django_db


class TestHowMuchIsKept:
    @pytest.fixture
    def full(self, visitor: Visitor) -> list[Scenario]:
        return [visitor.saved(title=f"Kept {n}") for n in range(quotas.IN_A_BROWSER)]

    @pytest.mark.parametrize("htmx", [True, False])
    def test_a_fourth_of_a_browser_stays_on_the_bench(
        self, visitor: Visitor, full: list[Scenario], *, htmx: bool
    ) -> None:
        visitor.edit(**{WAGES: "345,678"})

        answer = visitor.edit(htmx=htmx, op="save", title="Fourth", notes="Long thoughts")

        assert answer.status_code == HTTPStatus.CONFLICT
        status = Page(answer.content).find("status")
        assert "This browser keeps up to 3 saved scenarios" in status.text
        (sign_up,) = (e for e in status.elements if e.attributes.get("href") == "/account/sign-up/")
        assert sign_up.text
        fields = visitor.fields()
        assert (fields[WAGES], fields["title"]) == ("345,678", "Fourth")
        assert fields["notes"] == "Long thoughts"
        assert Scenario.objects.count() == len(full)

    def test_neither_a_duplicate_nor_a_new_one_nor_an_archived_one_is_outside_of_it(
        self, visitor: Visitor, full: list[Scenario]
    ) -> None:
        press(visitor, "archive", full[0])

        answer = visitor.client.post(f"{full[1].get_absolute_url()}duplicate/", headers=HTMX)
        assert "This browser keeps up to 3" in words_of(answer)
        visitor.client.post(f"{LIST}new/", {"begins": ""})
        assert "This browser keeps up to 3" in visitor.page(LIST).find("library-said").text
        assert Scenario.objects.count() == 3

    def test_what_is_deleted_makes_room_and_waits_for_room_to_come_back(
        self, visitor: Visitor, full: list[Scenario]
    ) -> None:
        press(visitor, "delete", full[0])
        assert visitor.saved(title="Fourth")

        answer = press(visitor, "restore", full[0], show="deleted")

        assert "This browser keeps up to 3" in words_of(answer)
        assert shown(visitor, show="deleted") == ["Kept 0"]
        press(visitor, "archive", full[1])
        press(visitor, "delete", full[1])
        press(visitor, "restore", full[0])
        assert "Kept 0" in shown(visitor)

    def test_to_restore_several_takes_room_for_all(
        self, visitor: Visitor, full: list[Scenario]
    ) -> None:
        press(visitor, "delete", *full[:2])
        visitor.saved(title="Fourth")

        press(visitor, "restore", *full[:2])

        assert len(shown(visitor, show="deleted")) == 2

    def test_an_account_keeps_a_thousand(self, person: Person) -> None:
        own = [Scenario(owner=person.user, title=f"{n}", draft={}) for n in range(999)]
        Scenario.objects.bulk_create(own)

        assert person.saved(title="The thousandth")
        answer = person.edit(op="save", title="One more")

        assert answer.status_code == HTTPStatus.CONFLICT
        assert "Your account keeps up to 1,000" in Page(answer.content).find("status").text
        assert Scenario.objects.count() == 1_000

    @pytest.mark.parametrize("htmx", [True, False])
    def test_a_full_history_takes_edits_and_no_revision(
        self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, *, htmx: bool
    ) -> None:
        monkeypatch.setattr(models, "REVISIONS", 1)
        saved = visitor.saved()

        answer = visitor.edit(saved.get_absolute_url(), htmx=htmx, op="save", **{WAGES: "7"})

        assert answer.status_code == HTTPStatus.OK
        assert "Kept, but not as a revision" in Page(answer.content).find("status").text
        saved.refresh_from_db()
        assert saved.draft["years"][0]["wages"] == 7
        assert saved.revisions.count() == 1
        again = visitor.edit(saved.get_absolute_url(), htmx=htmx, **{WAGES: "8"})
        assert again.status_code == HTTPStatus.OK

    def test_where_no_page_expects_it_there_is_still_a_sentence(
        self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(models, "REVISIONS", 1)
        saved = visitor.saved()
        visitor.edit(saved.get_absolute_url(), **{WAGES: "7"})

        answer = visitor.client.post(f"{saved.get_absolute_url()}links/make/")

        assert answer.status_code == HTTPStatus.CONFLICT
        assert "as many as are kept" in answer.content.decode()


WRITERS = 8
ROOM = 5


@pytest.mark.parametrize("locked", [True, False])
def test_saves_at_once_do_not_slip_past_the_count(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, *, locked: bool
) -> None:
    """Counting first and saving later, without the lock, lets them slip past: the control."""
    monkeypatch.setattr(quotas, "IN_AN_ACCOUNT", ROOM)
    asking = Asking(Person().with_account().user.pk, "")
    start, counted = Barrier(WRITERS, timeout=60), Barrier(WRITERS, timeout=60)

    def save(_: int) -> None:
        start.wait()
        try:
            if locked:
                make_scenario(asking, {}, FIGURES)
                return
            with transaction.atomic():
                Scenario.objects.reserve(asking)
            connections.close_all()  # there are fewer of them than writers
            counted.wait()
            Scenario.objects.create(owner_id=asking.user_id, draft={})
        except FullLibraryError:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(save, range(WRITERS)))

    assert Scenario.objects.count() == (ROOM if locked else WRITERS)
