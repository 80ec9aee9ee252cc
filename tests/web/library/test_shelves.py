"""Scenarios put away, deleted, and had back."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from amtweb.accounts.upkeep import tidy
from amtweb.scenarios.models import Revision, Scenario
from amtweb.scenarios.retention import DELETED_FOR
from amtweb.sharing.models import ShareLink
from tests.web.library.library_page import (
    LIST,
    NOON,
    WAGES,
    kept,
    press,
    shown,
    words_of,
)
from tests.web.people import Person
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


class TestArchiving:
    def test_moves_to_a_shelf_of_its_own_and_back(self, person: Person) -> None:
        plan, _ = kept(person, "Plan"), kept(person, "Other")

        answer = press(person, "archive", plan)
        assert words_of(answer).startswith("Archived “Plan”.")
        assert shown(person) == ["Other"]
        assert shown(person, show="archived") == ["Plan"]
        assert person.client.get(plan.get_absolute_url()).status_code == HTTPStatus.OK

        press(person, "unarchive", plan, show="archived")
        assert shown(person) == ["Other", "Plan"]
        assert shown(person, show="archived") == []

    def test_does_not_count_as_a_change(self, person: Person) -> None:
        plan = kept(person, "Plan")
        before = Scenario.objects.values("changed_at", "draft_version").get()

        press(person, "archive", plan)

        assert Scenario.objects.values("changed_at", "draft_version").get() == before


class TestDeleting:
    @pytest.mark.parametrize("way", ["a button of the list", "its own address"])
    def test_takes_it_out_of_everywhere_at_once(self, visitor: Visitor, way: str) -> None:
        saved, other = visitor.saved(title="Gone"), visitor.saved(title="Here")
        _, token = ShareLink.make(saved)
        address = saved.get_absolute_url()
        fields = visitor.fields(address)
        visitor.edit(address, htmx=True, **{WAGES: "lots"})

        if way == "its own address":
            visitor.client.post(f"{address}delete/")
        else:
            press(visitor, "delete", saved)

        gone = ("", "links/", "download/", "download/scenario.json", "analyses/pairing/")
        for path in gone:
            assert visitor.client.get(address + path).status_code == HTTPStatus.NOT_FOUND, path
        assert visitor.send(fields, address, htmx=True).status_code == HTTPStatus.NOT_FOUND
        assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND
        assert shown(visitor) == ["Here"]
        assert shown(visitor, show="deleted") == ["Gone"]
        assert other.revisions.count() == 1

    def test_forgets_what_was_typed_and_is_not_in_the_draft(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        visitor.edit(saved.get_absolute_url(), htmx=True, op="add:grants", **{WAGES: "lots"})
        assert "lots" in str(dict(visitor.client.session.items()))

        press(visitor, "delete", saved)

        assert "lots" not in str(dict(visitor.client.session.items()))

    def test_can_be_undone(self, visitor: Visitor) -> None:
        saved = visitor.saved(title="Plan")
        _, token = ShareLink.make(saved)
        before = Scenario.objects.values().get()

        answer = Page(press(visitor, "delete", saved).content)
        (undo,) = (b for b in answer.all("button") if b.text == "Undo")
        assert undo.attributes["value"] == "restore"
        press(visitor, "restore", saved)

        assert Scenario.objects.values().get() == before
        assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.OK

    def test_without_scripts_the_next_page_says_so_once(self, visitor: Visitor) -> None:
        saved = visitor.saved(title="Plan")
        fields = {"op": f"delete:{saved.public_id}", "sort": "name", "q": "plan"}

        response = visitor.client.post(f"{LIST}chosen/", fields)
        assert response["Location"] == f"{LIST}?q=plan&sort=name"
        first, second = visitor.page(LIST), visitor.page(LIST)

        assert "Deleted “Plan”." in " ".join(first.find("library-said").text.split())
        assert "Undo" in first.find("library-said").text
        assert not second.find("library-said").text.strip()

    def test_twice_is_as_good_as_once(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        for _ in range(2):
            response = visitor.client.post(f"{saved.get_absolute_url()}delete/")
            assert response.status_code == HTTPStatus.FOUND

        press(visitor, "restore", saved)
        assert Scenario.objects.get().deleted_at is None

    def test_several_at_once(self, person: Person) -> None:
        first, second, _ = (kept(person, title) for title in ("a", "b", "c"))

        answer = press(person, "delete", first, second)

        assert "Deleted 2 scenarios." in words_of(answer)
        assert shown(person) == ["c"]

    def test_none_chosen_says_what_it_needs(self, person: Person) -> None:
        kept(person, "Plan")

        for op in ("delete", "archive", "restore", "erase"):
            assert "Choose one or more" in words_of(press(person, op))
        assert shown(person) == ["Plan"]

    @pytest.mark.parametrize("op", ["archive", "unarchive", "delete", "restore", "erase"])
    def test_of_others_is_as_if_they_were_not_there(self, person: Person, op: str) -> None:
        theirs = [kept(person, "Theirs"), kept(person, "Deleted")]
        Scenario.objects.filter(pk=theirs[1].pk).update(deleted_at=NOON)
        before = list(Scenario.objects.order_by("pk").values())
        stranger = Visitor()
        stranger.saved(title="Own")
        nobodys = Scenario(public_id="A" * 22)

        answers = [press(stranger, op, *theirs), press(stranger, op, nobodys, nobodys)]

        assert list(Scenario.objects.exclude(title="Own").order_by("pk").values()) == before
        assert len({words_of(answer) for answer in answers}) == 1

    @pytest.mark.parametrize("op", ["", "drop", "delete:", "restore:\x00", "rename", "__class__"])
    def test_a_made_up_button_does_nothing(self, person: Person, op: str) -> None:
        kept(person, "Plan")

        assert press(person, op).status_code == HTTPStatus.OK
        assert shown(person) == ["Plan"]


class TestDeletingForGood:
    def test_leaves_no_word(self, visitor: Visitor) -> None:
        saved = visitor.saved(title="Canary", notes="Canary")
        ShareLink.make(saved)
        press(visitor, "delete", saved)

        answer = press(visitor, "erase", saved, show="deleted")

        assert "Deleted for good" in words_of(answer)
        assert not Scenario.objects.exists()
        assert not Revision.objects.exists()
        assert not ShareLink.objects.exists()
        assert saved.public_id not in str(dict(visitor.client.session.items()))

    def test_is_only_for_what_was_deleted(self, person: Person) -> None:
        press(person, "erase", kept(person, "Plan"))

        assert shown(person) == ["Plan"]

    def test_comes_by_itself_after_thirty_days(
        self, person: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        press(person, "delete", kept(person, "Plan"))
        kept(person, "Here")
        deleted_at = Scenario.objects.get(title="Plan").deleted_at
        assert deleted_at is not None

        monkeypatch.setattr(
            timezone, "now", lambda: deleted_at + DELETED_FOR - timedelta(seconds=1)
        )
        tidy()
        assert Scenario.objects.count() == 2

        monkeypatch.setattr(timezone, "now", lambda: deleted_at + timedelta(days=30))
        tidy()
        assert [scenario.title for scenario in Scenario.objects.all()] == ["Here"]
        assert Revision.objects.count() == 1
