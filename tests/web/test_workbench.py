from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from amtweb.scenarios.editor.places import id_of
from amtweb.scenarios.gallery import DEFAULT, example, examples
from amtweb.scenarios.models import Scenario
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"
SLUGS = [each.slug for each in examples()]


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def headline_of(page: Page) -> str:
    return page.find("headline").text


def mistakes_of(page: Page) -> dict[str, str]:
    mistakes: dict[str, str] = json.loads(page.find("mistakes-data").text)
    return mistakes


def test_a_newcomer_sees_the_worked_example_computed_and_leaves_no_trace(visitor: Visitor) -> None:
    response = visitor.client.get("/planner/")
    page = Page(response.content)

    assert response.status_code == HTTPStatus.OK
    assert page.fields()["title"] == example(DEFAULT).title
    assert "all of it comes back by" in headline_of(page)
    assert not Session.objects.exists()
    # The form's protection against forged requests needs one; nothing else is set.
    assert list(response.cookies) == ["csrftoken"]


@pytest.mark.parametrize("path", ["/planner/", *(f"/examples/{slug}/" for slug in SLUGS)])
def test_no_id_is_given_twice_and_every_label_has_its_input(visitor: Visitor, path: str) -> None:
    page = visitor.page(path)

    ids = set(page.ids)
    assert len(ids) == len(page.ids)
    labels = {label.attributes["for"] for label in page.all("label") if "for" in label.attributes}
    assert labels <= ids
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(element.attributes.get(name, "").split()) <= ids


@pytest.mark.parametrize("slug", SLUGS)
def test_an_example_is_on_the_bench_and_kept_only_when_it_is_edited(
    visitor: Visitor, slug: str
) -> None:
    fields = visitor.fields(f"/examples/{slug}/")
    assert not Session.objects.exists()
    assert visitor.page().fields()["title"] == example(DEFAULT).title

    response = visitor.send(fields, htmx=True, notes="Mine")

    assert response.status_code == HTTPStatus.OK
    assert visitor.fields()["title"] == example(slug).title
    assert visitor.fields()["notes"] == "Mine"


def test_a_missing_example_is_not_found(visitor: Visitor) -> None:
    assert visitor.client.get("/examples/nonsense/").status_code == HTTPStatus.NOT_FOUND


def test_an_edit_without_scripts_answers_with_the_whole_page(visitor: Visitor) -> None:
    before = headline_of(visitor.page())

    response = visitor.edit(**{WAGES: "$1.5m"})
    page = Page(response.content)

    assert response.status_code == HTTPStatus.OK
    assert page.all("html")
    assert page.fields()[WAGES] == "1,500,000"
    assert headline_of(page) != before
    assert page.find("status").text == "Up to date."


def test_an_edit_by_htmx_answers_with_pieces_that_each_know_their_place(visitor: Visitor) -> None:
    page = visitor.page()
    response = visitor.send(page.fields(), htmx=True, **{WAGES: "1.5m"})
    answer = Page(response.content)

    assert response.status_code == HTTPStatus.OK
    assert all("hx-swap-oob" in piece.attributes for piece in answer.pieces)
    assert {piece.attributes["id"] for piece in answer.pieces} <= set(page.ids)
    assert len(set(answer.ids)) == len(answer.ids)
    assert "inputs" not in answer.ids
    assert mistakes_of(answer) == {}
    assert headline_of(answer) == headline_of(visitor.page())


def test_pieces_and_page_say_the_same(visitor: Visitor) -> None:
    fields = visitor.fields() | {WAGES: "300,000"}
    answer = Page(visitor.send(fields, htmx=True).content)
    page = Page(visitor.send(fields).content)

    for piece in answer.pieces:
        shown = piece.attributes["id"]
        if shown != "answer":
            assert piece.text == page.find(shown).text


@pytest.mark.parametrize("htmx", [True, False])
def test_a_mistake_is_explained_and_the_last_good_results_stay(
    visitor: Visitor, *, htmx: bool
) -> None:
    visitor.edit(**{WAGES: "1.5m"})
    good = headline_of(visitor.page())

    response = visitor.edit(htmx=htmx, **{WAGES: "lots", "sales[0].date": "2026-02-30"})
    answer = Page(response.content)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    links = {a.attributes["href"]: a.text for a in answer.find("mistakes").elements if a.tag == "a"}
    assert links[f"#{id_of(WAGES)}"] == "Wages 2026: Enter an amount, such as 12,500 or 1.2m."
    assert "#sales-0-date" in links
    assert "out-of-date" in answer.find("status").attributes["class"]
    if htmx:
        assert set(mistakes_of(answer)) == {id_of(WAGES), "sales-0-date"}
        assert "headline" not in answer.ids
    else:
        assert headline_of(answer) == good
        assert "stale" in answer.find("results").attributes["class"]
        assert answer.find(id_of(WAGES)).attributes["aria-invalid"] == "true"
        assert answer.find(f"{id_of(WAGES)}-mistake").text in links[f"#{id_of(WAGES)}"]


@pytest.mark.parametrize("htmx", [True, False])
def test_nothing_typed_is_lost_by_a_mistake_and_a_reload(visitor: Visitor, *, htmx: bool) -> None:
    typed = {WAGES: "lots", "title": "Mine", "years[1].interest": "1,000.50", "notes": "a\nb"}
    sent = visitor.fields() | typed

    visitor.send(sent, htmx=htmx)

    changing = {"tab", "csrfmiddlewaretoken"}
    again = visitor.fields()
    shown = sent | {"years[1].interest": "1,000.5"}
    assert {name: again[name] for name in sent if name not in changing} == {
        name: shown[name] for name in sent if name not in changing
    }


def test_the_mistakes_of_a_reloaded_page_link_to_their_inputs(visitor: Visitor) -> None:
    visitor.edit(htmx=True, **{WAGES: "lots", "grants[0].shares": "", "law.indexing_rate": "x"})

    page = visitor.page()

    links = [a for a in page.find("mistakes").elements if a.tag == "a"]
    assert len(links) == 3
    assert {a.attributes["href"].removeprefix("#") for a in links} <= set(page.ids)
    assert page.all("title")[0].text.startswith("Error: ")


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("kind", ["grants", "exercises", "holdings", "sales"])
def test_a_row_is_added_copied_and_removed(visitor: Visitor, kind: str, *, htmx: bool) -> None:
    def rows() -> int:
        return sum(name.startswith(f"{kind}[") and name.endswith("].id") for name in fields())

    def fields() -> dict[str, str]:
        return visitor.fields()

    before = rows()
    added = visitor.edit(htmx=htmx, op=f"add:{kind}")
    assert added.status_code == HTTPStatus.OK
    assert rows() == before + 1
    assert "not filled in yet" in Page(added.content).find("status").text
    if htmx:
        assert "inputs" in Page(added.content).ids
        focus = json.loads(added["HX-Trigger-After-Settle"])["amtweb:focus"]["path"]
        assert focus.startswith(f"{kind}[{before}].")

    visitor.edit(htmx=htmx, op=f"copy:{kind}:{before}")
    assert rows() == before + 2

    visitor.edit(htmx=htmx, op=f"remove:{kind}:{before}")
    visitor.edit(htmx=htmx, op=f"remove:{kind}:{before}")
    assert rows() == before
    assert "not filled in yet" not in visitor.page().find("status").text


@pytest.mark.parametrize("htmx", [True, False])
def test_what_is_typed_comes_along_when_a_row_is_added(visitor: Visitor, *, htmx: bool) -> None:
    response = visitor.edit(htmx=htmx, op="add:years", **{WAGES: "unreadable", "title": "Mine"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    fields = visitor.fields()
    assert fields[WAGES] == "unreadable"
    assert fields["title"] == "Mine"
    assert Page(response.content).find(id_of(WAGES)).attributes["value"] == "unreadable"


def test_the_buttons_of_the_rows_all_do_something(visitor: Visitor) -> None:
    page = visitor.page("/examples/slices/")
    # One of each kind: every value of the first year can be copied to the others.
    # That to reach an exercise before the first year is not seen where there is none.
    seen = [op for op in page.buttons() if not op.startswith(("save", "share", "reach:"))]
    operations = {op.rsplit(":", 1)[0]: op for op in seen}
    fields = page.fields()

    assert len(operations) > 10
    for operation in operations.values():
        answer = Page(visitor.send(fields, htmx=True, op=operation).content)
        assert "inputs" in answer.ids, operation


@pytest.mark.parametrize("operation", ["remove:sales:99", "nonsense", "add:title", "\x00", "redo"])
@pytest.mark.parametrize("htmx", [True, False])
def test_an_operation_that_makes_no_sense_loses_nothing(
    visitor: Visitor, operation: str, *, htmx: bool
) -> None:
    response = visitor.edit(htmx=htmx, op=operation, title="Mine")

    assert response.status_code == HTTPStatus.OK
    assert visitor.fields()["title"] == "Mine"


@pytest.mark.parametrize("htmx", [True, False])
def test_saving_gives_the_scenario_its_own_address(visitor: Visitor, *, htmx: bool) -> None:
    response = visitor.edit(htmx=htmx, op="save", title="Mine")

    (saved,) = Scenario.objects.all()
    address = response["HX-Redirect"] if htmx else response["Location"]
    assert response.status_code == (HTTPStatus.OK if htmx else HTTPStatus.FOUND)
    assert address == f"/scenarios/{saved.public_id}/"
    assert visitor.fields(address)["title"] == saved.title == "Mine"
    assert saved.revisions.count() == 1
    assert visitor.fields()["title"] == example(DEFAULT).title


def test_what_has_mistakes_is_not_saved(visitor: Visitor) -> None:
    response = visitor.edit(op="save", **{WAGES: "lots"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Scenario.objects.exists()
    assert visitor.fields()[WAGES] == "lots"


def test_saving_leaves_out_what_is_not_filled_in_yet(visitor: Visitor) -> None:
    fields = Page(visitor.edit(op="add:sales").content).fields()
    visitor.send(fields, op="save")

    (saved,) = Scenario.objects.all()
    assert len(saved.draft["sales"]) == len(example(DEFAULT).document["sales"])


def test_starting_over_forgets_the_working_copy(visitor: Visitor) -> None:
    visitor.edit(title="Mine", op="add:grants")

    response = visitor.client.post("/start-over/")

    assert response["Location"] == "/planner/"
    assert visitor.fields()["title"] == example(DEFAULT).title
    assert "undo" not in visitor.page().buttons()


def test_a_blank_begins_with_nothing_and_is_kept_from_the_first_edit_on(visitor: Visitor) -> None:
    visitor.edit(title="Mine", **{WAGES: "5m"})
    blank = visitor.page("/blank/")

    mistaken = visitor.send(blank.fields(), **{WAGES: "lots"})

    assert headline_of(Page(mistaken.content)) == headline_of(blank)
    assert visitor.fields()["title"] == ""
    assert visitor.fields()[WAGES] == "lots"


class TestTheFirstEditOfAnExample:
    def test_a_mistake_stands_beside_the_results_of_the_example(self, visitor: Visitor) -> None:
        visitor.edit(title="Mine", **{WAGES: "5m"})
        shown = visitor.page("/examples/erosion/")

        response = visitor.send(shown.fields(), **{WAGES: "lots"})

        assert headline_of(Page(response.content)) == headline_of(shown)
        same_year = f"/planner/?year={shown.fields()['selected_year']}"
        assert headline_of(visitor.page(same_year)) == headline_of(shown)

    def test_a_field_that_the_example_had_is_missed(self, visitor: Visitor) -> None:
        fields = visitor.fields("/examples/erosion/")

        response = visitor.send(fields, htmx=True, **{"sales[0].price": ""})

        assert mistakes_of(Page(response.content)) == {
            "sales-0-price": "Enter a price per share, such as 12.50."
        }

    def test_later_edits_of_the_same_page_go_on_from_the_first(self, visitor: Visitor) -> None:
        fields = visitor.fields("/examples/erosion/")
        visitor.send(fields, htmx=True, **{WAGES: "5m", "sequence": "1"})
        good = headline_of(visitor.page())

        visitor.send(fields, htmx=True, **{WAGES: "lots", "sequence": "2"})

        assert headline_of(visitor.page()) == good

    def test_saving_an_example_leaves_the_working_copy_alone(self, visitor: Visitor) -> None:
        visitor.edit(title="Mine")

        visitor.send(visitor.fields("/examples/erosion/"), op="save")

        assert Scenario.objects.get().title == example("erosion").title
        assert visitor.fields()["title"] == "Mine"

    def test_it_cannot_be_undone_into_something_else(self, visitor: Visitor) -> None:
        visitor.edit(op="add:grants")

        response = visitor.send(visitor.fields("/examples/erosion/"), op="undo")

        assert Page(response.content).fields()["title"] == example("erosion").title


def test_an_edit_overtaken_by_a_newer_one_of_its_page_is_not_kept(visitor: Visitor) -> None:
    fields = visitor.fields()
    visitor.send(fields, htmx=True, sequence="2", title="New")
    visitor.send(fields, htmx=True, sequence="1", title="Old")

    assert visitor.fields()["title"] == "New"


@pytest.mark.parametrize(
    ("year", "selected"),
    [
        ("2030", "2030"),
        ("1999", "2026"),
        ("9999", "2035"),
        ("", "2026"),
        ("20", "2026"),
        ("2030 ", "2026"),
        ("٢٠٣٠", "2026"),
        ("2030.5", "2026"),
        ("-2030", "2026"),
        ("x" * 10_000, "2026"),
        ("\x00", "2026"),
        ("<script>", "2026"),
        ("9" * 5_000, "2026"),
    ],
    ids=lambda text: f"{text!a:.12}",
)
def test_the_year_in_the_address_is_shown_or_passed_over(
    visitor: Visitor, year: str, selected: str
) -> None:
    page = Page(visitor.client.get("/planner/", {"year": year}).content)
    answer = Page(visitor.edit(htmx=True, selected_year=year).content)

    assert page.find("results").attributes["data-selected-year"] == selected
    assert answer.find("year-shown").text == selected


def test_a_fragment_asked_for_directly_is_a_whole_page(visitor: Visitor) -> None:
    response = visitor.client.get("/planner/", headers={"HX-Request": "true"})

    assert Page(response.content).all("html")
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    "header", ["HX-Target", "HX-Trigger", "HX-Prompt", "HX-Current-URL", "HX-Boosted"]
)
def test_no_header_of_htmx_gets_into_the_answer(visitor: Visitor, header: str) -> None:
    forged: dict[str, Any] = {"HX-Request": "true", header: "javascript:alert(1)<forged>"}
    response = visitor.client.post("/planner/", visitor.fields(), headers=forged)

    assert response.status_code == HTTPStatus.OK
    assert "forged" not in response.content.decode()
    assert "forged" not in str(response.headers)


def test_an_answer_says_how_the_numbers_typed_are_written(visitor: Visitor) -> None:
    typed = {WAGES: "$1.2m", "years[1].wages": "(3,000)", "law.indexing_rate": "2.50%"}
    answer = Page(visitor.edit(htmx=True, **typed).content)

    assert json.loads(answer.find("written-data").text) == {
        WAGES: ["$1.2m", "1,200,000"],
        "years[1].wages": ["(3,000)", "-3,000"],
        "law.indexing_rate": ["2.50%", "2.5"],
    }


def test_filling_right_is_one_step_that_can_be_taken_back(visitor: Visitor) -> None:
    before = visitor.fields()
    asked = {"fill_what": "wages", "fill_from": "2027", "fill_amount": "100k", "fill_growth": "3"}
    answer = visitor.edit(htmx=True, op="fill_right", **asked)

    focus = json.loads(answer["HX-Trigger-After-Settle"])["amtweb:focus"]["path"]
    assert focus == "years[1].wages"
    assert "growing 3% a year" in Page(answer.content).find("status").text
    filled = visitor.fields()
    assert (filled["years[1].wages"], filled["years[2].wages"]) == ("100,000", "103,000")
    assert filled["years[0].wages"] == before["years[0].wages"]

    visitor.edit(op="undo")
    wages = [f"years[{n}].wages" for n in range(3)]
    assert [visitor.fields()[name] for name in wages] == [before[name] for name in wages]


def test_a_pasted_column_can_be_turned_into_years(visitor: Visitor) -> None:
    cells = {"pasted_at": "years[1].wages", "pasted": "1\n2"}
    visitor.edit(op="paste", **cells)
    assert visitor.fields()["years[1].short_term_gain"] == "2"

    visitor.edit(op="paste_across", **cells)
    assert visitor.fields()["years[1].short_term_gain"] == ""
    assert visitor.fields()["years[2].wages"] == "2"
