"""What the list of saved scenarios shows: its rows, found and put in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from amtweb.scenarios.library.listing import PAGE, SORTS
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.templatetags.moments import moment
from amtweb.sharing.models import ShareLink
from tests.web.library.library_page import (
    FIGURES,
    LIST,
    NOON,
    WAGES,
    focus_of,
    kept,
    press,
    rows,
    shown,
    words_of,
)
from tests.web.people import Person
from tests.web.reading import Page
from tests.web.visitors import HTMX, Visitor

pytestmark = pytest.mark.django_db


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

        assert "2 links open" in rows(person.page(LIST))[0].text


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (NOON - timedelta(minutes=1), "today 12:29 UTC"),
        (NOON - timedelta(hours=13), "yesterday 23:30 UTC"),
        (NOON - timedelta(days=2), "November 20"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "December 31, 2025"),
    ],
)
def test_a_moment_is_said_as_people_say_it(
    when: datetime, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)

    (time,) = Page(moment(when)).all("time")

    assert time.text == words
    assert time.attributes["title"] == f"{when:%B} {when.day}, {when:%Y, %H:%M} UTC"
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
