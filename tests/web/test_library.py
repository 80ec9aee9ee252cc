"""The list of saved scenarios: what it shows, and what can be done from it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from amtweb.accounts.upkeep import tidy
from amtweb.scenarios import models, quotas
from amtweb.scenarios.gallery import DEFAULT, example
from amtweb.scenarios.library.listing import PAGE, SORTS
from amtweb.scenarios.library.making import make_scenario
from amtweb.scenarios.models import Revision, Scenario
from amtweb.scenarios.quotas import FullLibraryError
from amtweb.scenarios.retention import DELETED_FOR
from amtweb.scenarios.templatetags.moments import moment
from amtweb.scenarios.visitors import SESSION_KEY, digest_of_visitor
from amtweb.scenarios.visitors import Visitor as Asking
from amtweb.sharing.models import ShareLink
from tests.web.people import Person
from tests.web.reading import Element, Page
from tests.web.visitors import HTMX, Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"
LIST = "/scenarios/"
FIGURES = {
    "amt": 1_000.0,
    "credit_left": 500.0,
    "first_year_without_credit": None,
    "federal_tax": 9_000.0,
    "credit_by_year": {"2026": 1_000.0, "2027": 500.0},
}


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def person() -> Person:
    return Person().signed_in()


def kept(person: Person, title: str, **figures: float | None) -> Scenario:
    """A scenario of the person's whose one revision showed these figures."""
    document = example(DEFAULT).document | {"title": title}
    asking = Asking(person.user.pk, "")
    return make_scenario(asking, document, FIGURES | figures)


def rows(page: Page) -> list[Element]:
    return [row for body in page.all("tbody") for row in body.elements if row.tag == "tr"]


def titles(page: Page) -> list[str]:
    return [name.text for row in rows(page) for name in row.elements if name.tag == "bdi"]


def shown(visitor: Visitor, **query: str) -> list[str]:
    response = visitor.client.get(LIST, query)
    assert response.status_code == HTTPStatus.OK
    return titles(Page(response.content))


def press(visitor: Visitor, op: str, *chosen: Scenario, **fields: str) -> Any:
    """Presses a button of the list as a browser with scripts does."""
    chosen_ids = [scenario.public_id for scenario in chosen]
    data = {"op": op, "with": chosen_ids} | fields
    return visitor.client.post(f"{LIST}chosen/", data, headers=HTMX)


def words_of(response: Any) -> str:
    """What the answer of the list says, in one line."""
    return " ".join(Page(response.content).find("library-said").text.split())


def focus_of(response: Any) -> str:
    focused = [e for e in Page(response.content).elements if "autofocus" in e.attributes]
    return focused[0].attributes["id"] if focused else ""


class TestARow:
    def test_has_the_figures_of_the_newest_revision(self, visitor: Visitor) -> None:
        saved = visitor.saved(title="First")
        visitor.edit(saved.get_absolute_url(), op="save", **{WAGES: "1"})
        newest = saved.revisions.first()
        assert newest is not None

        (row,) = rows(visitor.page(LIST))

        assert "2 revisions" in row.text
        assert f"${newest.headline['amt']:,.0f}" in row.text
        assert f"${newest.headline['federal_tax']:,.0f}" in row.text
        assert any(e.attributes.get("class") == "sparkline" for e in row.elements)

    @pytest.mark.parametrize(
        ("left", "used_up", "words"),
        [
            (1_234.4, None, "$1,234"),
            (0.0, 2_031, "used up in 2031"),
            (0.4, 2_031, "used up in 2031"),
            (0.0, None, "none"),
        ],
    )
    def test_says_what_becomes_of_the_credit(
        self, person: Person, left: float, used_up: int | None, words: str
    ) -> None:
        kept(person, "Plan", credit_left=left, first_year_without_credit=used_up)

        assert words in rows(person.page(LIST))[0].text

    def test_says_when_the_draft_is_ahead_of_its_figures(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        assert "edited since" not in visitor.page(LIST).root.text

        visitor.edit(address, htmx=True, **{WAGES: "1"})
        assert "edited since" in visitor.page(LIST).root.text

        visitor.edit(address, op="save")
        assert "edited since" not in visitor.page(LIST).root.text

    def test_is_not_called_edited_by_a_save_that_changed_nothing(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        visitor.edit(saved.get_absolute_url(), op="save")

        assert "edited since" not in visitor.page(LIST).root.text

    def test_can_do_without_a_revision_and_without_a_course(self, person: Person) -> None:
        Scenario.objects.create(owner=person.user, title="Bare", draft={})
        old = Scenario.objects.create(owner=person.user, title="Old", draft={})
        before_there_was_a_course = {k: v for k, v in FIGURES.items() if k != "credit_by_year"}
        old.make_revision({}, before_there_was_a_course)

        assert shown(person) == ["Old", "Bare"]
        assert "No revision yet" in person.page(LIST).root.text

    def test_counts_its_live_links_alone(self, person: Person) -> None:
        shared = kept(person, "Shared")
        for _ in range(3):
            link, _ = ShareLink.make(shared)
        link.revoke()

        assert "2 live links" in rows(person.page(LIST))[0].text


NOON = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (NOON - timedelta(minutes=1), "today 12:29 UTC"),
        (NOON - timedelta(hours=13), "yesterday 23:30 UTC"),
        (NOON - timedelta(days=2), "20 November"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "31 December 2025"),
    ],
)
def test_a_moment_is_said_as_people_say_it(
    when: datetime, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)

    (time,) = Page(moment(when)).all("time")

    assert time.text == words
    assert time.attributes["title"] == f"{when.day} {when:%B %Y, %H:%M} UTC"
    assert datetime.fromisoformat(time.attributes["datetime"]) == when


class TestSearching:
    @pytest.fixture(autouse=True)
    def library(self, person: Person) -> None:
        for title in ("Exercise in März", "Sell 100%", "sell_all", "O'Hara \\ <b>"):
            kept(person, title)

    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("MÄRZ", ["Exercise in März"]),
            ("sell", ["sell_all", "Sell 100%"]),
            ("100%", ["Sell 100%"]),
            ("%", ["Sell 100%"]),
            ("_", ["sell_all"]),
            ("märz exercise", ["Exercise in März"]),
            ("märz sell", []),
            ("o'hara", ["O'Hara \\ <b>"]),
            ("\\", ["O'Hara \\ <b>"]),
            ("<B>", ["O'Hara \\ <b>"]),
            ("  ", ["O'Hara \\ <b>", "sell_all", "Sell 100%", "Exercise in März"]),
            ("wages", []),
            ("\x00märz", ["Exercise in März"]),
        ],
    )
    def test_finds_words_of_the_title(self, person: Person, search: str, found: list[str]) -> None:
        assert shown(person, q=search) == found

    def test_finds_labels_and_not_notes(self, person: Person) -> None:
        scenario = Scenario.objects.get(title="sell_all")
        document = scenario.draft | {"notes": "Secret thoughts"}
        document["grants"] = [document["grants"][0] | {"label": "Großer Zuschlag"}]
        scenario.save_draft(document, version=1, tab="", sequence=0)

        assert shown(person, q="GROSSER") == ["sell_all"]
        assert shown(person, q="secret") == []

    def test_takes_whatever_is_asked(self, person: Person) -> None:
        for search in ("x" * 5_000, "a " * 3_000, "\ud7ff\uffff", "'; --", "%00", "[]" * 50):
            assert person.client.get(LIST, {"q": search}).status_code == HTTPStatus.OK

    def test_says_how_many_it_found(self, person: Person) -> None:
        page = person.page(f"{LIST}?q=sell")
        response = person.client.get(LIST, {"q": "sell"}, headers=HTMX)

        assert "2 of 4 scenarios with “sell”" in page.find("library-list").text
        assert "2 of 4 scenarios with “sell”" in words_of(response)

    def test_says_that_there_is_none(self, person: Person) -> None:
        page = person.page(f"{LIST}?q=nowhere")

        assert "No scenario has “nowhere” in its title or labels" in page.root.text
        assert not rows(page)

    def test_finds_nothing_of_others(self) -> None:
        assert shown(Person("else@example.org").signed_in(), q="sell") == []

    def test_answers_htmx_with_the_list_alone(self, person: Person) -> None:
        response = person.client.get(LIST, {"q": "sell"}, headers=HTMX)

        pieces = [piece.attributes["id"] for piece in Page(response.content).pieces]
        assert pieces == ["library-list", "library-said"]


class TestSorting:
    @pytest.fixture(autouse=True)
    def library(self, person: Person) -> None:
        kept(person, "beta", amt=3.0, credit_left=30.0)
        kept(person, "Alpha", amt=20.0, credit_left=4.0)
        kept(person, "gamma", amt=100.0, credit_left=100.0)

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("changed", ["gamma", "Alpha", "beta"]),
            ("oldest", ["beta", "Alpha", "gamma"]),
            ("name", ["Alpha", "beta", "gamma"]),
            ("name-down", ["gamma", "beta", "Alpha"]),
            ("credit", ["gamma", "beta", "Alpha"]),
            ("credit-up", ["Alpha", "beta", "gamma"]),
            ("amt", ["gamma", "Alpha", "beta"]),
            ("amt-up", ["beta", "Alpha", "gamma"]),
        ],
    )
    def test_orders_by_what_is_offered(self, person: Person, sort: str, order: list[str]) -> None:
        assert shown(person, sort=sort) == order
        assert {*SORTS} >= {sort}

    @pytest.mark.parametrize("sort", ["", "-title", "owner__password", "draft", "?", "pk", "\x00"])
    def test_takes_no_other_key(self, person: Person, sort: str) -> None:
        assert shown(person, sort=sort) == shown(person)

    @pytest.mark.parametrize("sort", SORTS)
    def test_puts_what_has_no_figures_somewhere(self, person: Person, sort: str) -> None:
        Scenario.objects.create(owner=person.user, title="Bare", draft={})

        order = shown(person, sort=sort)

        assert sorted(order) == ["Alpha", "Bare", "beta", "gamma"]
        if sort not in ("changed", "oldest", "name", "name-down"):
            assert order[-1] == "Bare"

    def test_a_head_says_its_order_and_turns_it(self, person: Person) -> None:
        page = person.page(f"{LIST}?sort=amt")

        (head,) = (e for e in page.all("th") if "aria-sort" in e.attributes)
        assert head.attributes["aria-sort"] == "descending"
        assert page.find("sort-amt").attributes["href"] == f"{LIST}?sort=amt-up"
        assert page.find("sort-name").attributes["href"] == f"{LIST}?sort=name"


def test_a_page_has_fifty_and_the_rest_follow(person: Person) -> None:
    own = [Scenario(owner=person.user, title=f"{n:03}", draft={}) for n in range(2 * PAGE + 1)]
    Scenario.objects.bulk_create(own)

    pages = [shown(person, sort="name", page=str(page)) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [50, 50, 1]
    assert [title for page in pages for title in page] == sorted(s.title for s in own)
    for beyond in ("4", "99999", "0", "-1", "x", "1.5", "", "9" * 400, "\u0663"):
        assert shown(person, sort="name", page=beyond) in pages


def test_a_list_shows_what_is_the_visitors_own(visitor: Visitor) -> None:
    visitor.saved(title="Mine")
    Visitor().saved(title="Theirs")

    assert shown(visitor) == ["Mine"]


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


class TestFocus:
    """Where it goes on after a row is gone."""

    @pytest.fixture
    def library(self, person: Person) -> dict[str, Scenario]:
        return {title: kept(person, title) for title in "abc"}

    @pytest.mark.parametrize(("gone", "focus"), [("a", "b"), ("b", "c"), ("c", "b")])
    def test_is_the_row_that_took_its_place(
        self, person: Person, library: dict[str, Scenario], gone: str, focus: str
    ) -> None:
        answer = press(person, f"delete:{library[gone].public_id}", sort="name")

        assert focus_of(answer) == f"title-{library[focus].public_id}"

    def test_is_the_row_that_came_back(self, person: Person, library: dict[str, Scenario]) -> None:
        press(person, "delete", library["b"])

        answer = press(person, "restore", library["b"], sort="name")

        assert focus_of(answer) == f"title-{library['b'].public_id}"

    def test_is_left_to_the_message_if_no_row_is_left(
        self, person: Person, library: dict[str, Scenario]
    ) -> None:
        assert focus_of(press(person, "delete", *library.values())) == ""


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

        assert response["Location"] == "/"
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
