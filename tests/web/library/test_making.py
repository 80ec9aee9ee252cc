"""Scenarios made, renamed, duplicated and compared from the list."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest

from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.library.library_page import (
    LIST,
    WAGES,
    focus_of,
    kept,
    press,
    shown,
    words_of,
)
from tests.web.people import Person
from tests.web.reading import Page
from tests.web.visitors import HTMX, Visitor

pytestmark = pytest.mark.django_db


class TestRenaming:
    @pytest.fixture
    def saved(self, visitor: Visitor) -> Scenario:
        return visitor.saved(title="Old")

    @pytest.fixture
    def rename(self, visitor: Visitor, saved: Scenario) -> Callable[..., Any]:
        def post(title: str, seen: str = "Old", **fields: Any) -> Any:
            data = {"title": title, "seen": seen} | fields
            return visitor.client.post(f"{saved.get_absolute_url()}rename/", data, headers=HTMX)

        return post

    def test_has_a_form_in_the_row(self, visitor: Visitor, saved: Scenario) -> None:
        page = visitor.page(f"{LIST}?rename={saved.public_id}")

        assert page.fields("rename")["seen"] == "Old"
        (box,) = (e for e in page.all("input") if e.attributes.get("form") == "rename")
        assert box.attributes["value"] == "Old"

    def test_changes_the_title_of_the_draft(
        self, visitor: Visitor, saved: Scenario, rename: Callable[..., Any]
    ) -> None:
        answer = rename("  New  ")

        saved.refresh_from_db()
        assert (saved.title, saved.draft["title"], saved.draft_version) == ("New", "New", 2)
        assert "Renamed to “New”." in words_of(answer)
        assert shown(visitor, q="new") == ["New"]
        assert visitor.fields(saved.get_absolute_url())["title"] == "New"

    def test_an_open_editor_is_told_of_it(
        self, visitor: Visitor, saved: Scenario, rename: Callable[..., Any]
    ) -> None:
        fields = visitor.fields(saved.get_absolute_url())
        rename("New")

        answer = visitor.send(fields, saved.get_absolute_url(), htmx=True, **{WAGES: "1"})

        assert answer.status_code == HTTPStatus.CONFLICT
        saved.refresh_from_db()
        assert saved.title == "New"

    def test_keeps_what_was_edited_since_the_list_was_shown(
        self, visitor: Visitor, saved: Scenario, rename: Callable[..., Any]
    ) -> None:
        visitor.edit(saved.get_absolute_url(), htmx=True, **{WAGES: "7"})
        rename("New")

        saved.refresh_from_db()
        assert saved.title == "New"
        assert saved.draft["years"][0]["wages"] == 7

    def test_does_not_replace_a_title_that_it_has_not_seen(
        self, visitor: Visitor, saved: Scenario, rename: Callable[..., Any]
    ) -> None:
        visitor.edit(saved.get_absolute_url(), htmx=True, title="Newer")

        answer = rename("Mine")

        page = Page(answer.content)
        (box,) = (e for e in page.all("input") if e.attributes.get("form") == "rename")
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "just been given this title elsewhere" in page.find("rename-mistake").text
        assert box.attributes["value"] == "Mine"
        assert shown(visitor) == ["Newer"]
        assert rename("Mine", page.fields("rename")["seen"]).status_code == HTTPStatus.OK
        assert shown(visitor) == ["Mine"]

    @pytest.mark.parametrize("title", ["x" * 121, "a\x07b", "\x00", "\u0085\x7f"], ids=ascii)
    def test_refuses_what_is_no_title_and_keeps_it_in_the_field(
        self, visitor: Visitor, rename: Callable[..., Any], title: str
    ) -> None:
        answer = rename(title)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert Page(answer.content).find("rename-mistake").text.strip()
        assert shown(visitor) == ["Old"]

    def test_without_a_title_it_is_untitled(
        self, visitor: Visitor, saved: Scenario, rename: Callable[..., Any]
    ) -> None:
        rename("")

        saved.refresh_from_db()
        assert "title" not in saved.draft
        assert shown(visitor) == ["Untitled scenario"]

    def test_to_the_same_changes_nothing(self, saved: Scenario, rename: Callable[..., Any]) -> None:
        rename("Old")

        saved.refresh_from_db()
        assert saved.draft_version == 1


class TestDuplicating:
    def test_begins_as_the_draft_is(self, visitor: Visitor) -> None:
        saved = visitor.saved(title="Plan")
        ShareLink.make(saved)
        visitor.edit(saved.get_absolute_url(), htmx=True, **{WAGES: "7"})

        answer = visitor.client.post(f"{saved.get_absolute_url()}duplicate/", headers=HTMX)

        assert "Made “Plan (copy)”." in words_of(answer)
        copy = Scenario.objects.get(title="Plan (copy)")
        saved.refresh_from_db()
        assert copy.draft == saved.draft | {"title": "Plan (copy)"}
        assert copy.revisions.count() == 1
        assert not ShareLink.objects.filter(revision__scenario=copy)
        assert focus_of(answer) == f"title-{copy.public_id}"

    def test_is_numbered(self, person: Person) -> None:
        plan = kept(person, "Plan")
        for _ in range(3):
            person.client.post(f"{plan.get_absolute_url()}duplicate/")
        second = Scenario.objects.get(title="Plan (copy 2)")
        person.client.post(f"{second.get_absolute_url()}duplicate/")

        titles = {*Scenario.objects.values_list("title", flat=True)} - {"Plan"}
        assert titles == {"Plan (copy)", "Plan (copy 2)", "Plan (copy 3)", "Plan (copy 4)"}

    @pytest.mark.parametrize("title", ["x" * 120, "\U0001f4b8" * 120, "%_" * 60])
    def test_has_a_title_that_is_not_too_long(self, person: Person, title: str) -> None:
        plan = kept(person, title)
        person.client.post(f"{plan.get_absolute_url()}duplicate/")

        copy = Scenario.objects.exclude(pk=plan.pk).get()
        assert copy.title.endswith(" (copy)")
        assert person.page(copy.get_absolute_url())


class TestCreating:
    @pytest.mark.parametrize("begins", ["", "eso-primer-6", "nothing-of-ours"])
    def test_gives_an_address_at_once(self, visitor: Visitor, begins: str) -> None:
        answer = visitor.client.post(f"{LIST}new/", {"begins": begins, "title": " Mine "})

        made = Scenario.objects.get()
        assert answer["Location"] == made.get_absolute_url()
        assert made.title == "Mine"
        assert bool(made.draft.get("grants")) == (begins == "eso-primer-6")
        assert visitor.page(made.get_absolute_url())

    def test_leaves_the_bench_alone(self, visitor: Visitor) -> None:
        visitor.edit(title="On the bench")
        visitor.client.post(f"{LIST}new/", {"begins": ""})

        assert visitor.fields()["title"] == "On the bench"

    def test_with_a_title_that_is_none_shows_the_form_again(self, visitor: Visitor) -> None:
        answer = visitor.client.post(f"{LIST}new/", {"begins": "slices", "title": "x" * 121})

        page = Page(answer.content)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert page.find("new-title").attributes["value"] == "x" * 121
        assert "at most 120" in page.find("new-title-mistake").text
        (chosen,) = (o for o in page.find("new-begins").elements if "selected" in o.attributes)
        assert chosen.attributes["value"] == "slices"
        assert not Scenario.objects.exists()


class TestComparing:
    @pytest.mark.parametrize("count", [0, 1, 5])
    def test_needs_two_to_four(self, person: Person, count: int) -> None:
        chosen = [kept(person, f"{n}") for n in range(count)]

        assert "choose two, three or four" in words_of(press(person, "compare", *chosen))

    @pytest.mark.parametrize("count", [2, 4])
    def test_leads_to_a_page_of_its_own(self, person: Person, count: int) -> None:
        chosen = [kept(person, f"{n}") for n in range(count)]
        address = "/compare/?" + "&".join(f"with={each.public_id}" for each in chosen)

        with_scripts = press(person, "compare", *chosen)
        ids = [each.public_id for each in chosen]
        without = person.client.post(f"{LIST}chosen/", {"op": "compare", "with": ids})

        assert with_scripts["HX-Redirect"] == without["Location"] == address


class TestADoubleClick:
    """The same page sends the same thing again."""

    def test_makes_one_duplicate(self, visitor: Visitor) -> None:
        saved = visitor.saved(title="Plan")
        tab = visitor.page(LIST).fields("library")["tab"]
        for _ in range(2):
            address = f"{saved.get_absolute_url()}duplicate/"
            answer = visitor.client.post(address, {"tab": tab}, headers=HTMX)
            assert "Made “Plan (copy)”." in words_of(answer)

        assert Scenario.objects.count() == 2

    def test_creates_one(self, visitor: Visitor) -> None:
        page = visitor.page(LIST)
        (tab,) = (e for e in page.all("input") if e.attributes.get("name") == "tab")
        fields = {"tab": tab.attributes["value"], "begins": "", "title": "Mine"}
        answers = [visitor.client.post(f"{LIST}new/", fields) for _ in range(2)]

        assert Scenario.objects.count() == 1
        assert answers[0]["Location"] == answers[1]["Location"]

    def test_is_not_what_a_second_page_asks_for(self, visitor: Visitor) -> None:
        saved = visitor.saved(title="Plan")
        for _ in range(2):
            tab = visitor.page(LIST).fields("library")["tab"]
            visitor.client.post(f"{saved.get_absolute_url()}duplicate/", {"tab": tab})

        assert Scenario.objects.count() == 3
