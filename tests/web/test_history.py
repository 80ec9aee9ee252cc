from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amtweb.scenarios.models import Scenario
from amtweb.scenarios.views.history import ON_A_PAGE
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def saved(visitor: Visitor) -> Scenario:
    """Three revisions, and an edit that is not saved."""
    saved = visitor.saved(title="Plan")
    address = saved.get_absolute_url()
    visitor.edit(address, op="save", note="  A <raise>\x00\n", **{WAGES: "1"})
    visitor.edit(address, op="save", **{WAGES: "2", "title": "Other"})
    visitor.edit(address, htmx=True, **{WAGES: "3"})
    saved.refresh_from_db()
    return saved


def address(saved: Scenario, rest: str = "") -> str:
    return f"{saved.get_absolute_url()}history/{rest}"


def test_the_history_says_what_changed_newest_first(visitor: Visitor, saved: Scenario) -> None:
    page = visitor.page(address(saved))
    newest, second, first = (
        e for e in page.all("li") if e.attributes.get("id", "").startswith("revision-")
    )

    assert "Wages 2026: $2 → $3" in page.find("main").text
    assert "Wages 2026: $1 → $2" in newest.text
    assert "Title: “Plan” → “Other”" in newest.text
    assert "A <raise>" in second.text
    assert "Wages 2026: $200,000 → $1" in second.text
    assert "The first revision." in first.text
    assert "AMT $" in first.text


def test_nothing_is_said_of_a_draft_that_is_saved(visitor: Visitor, saved: Scenario) -> None:
    visitor.edit(saved.get_absolute_url(), op="save")

    assert "Not saved yet" not in visitor.page(address(saved)).find("main").text


def test_a_revision_is_shown_to_be_read(visitor: Visitor, saved: Scenario) -> None:
    page = visitor.page(address(saved, "2/"))
    wages = page.find("years-0-wages").attributes

    assert wages["value"] == "1"
    assert "disabled" in wages
    assert "year-table" in page.ids
    assert visitor.client.get(address(saved, "4/")).status_code == HTTPStatus.NOT_FOUND


def test_two_revisions_are_compared_the_earlier_first(visitor: Visitor, saved: Scenario) -> None:
    text = visitor.page(address(saved, "compare/?n=3&n=1")).find("main").text

    assert "Revision 1 and revision 3" in text
    assert "Wages 2026: $200,000 → $2" in text
    assert "Federal tax" in text


@pytest.mark.parametrize("query", ["n=1", "n=1&n=2&n=3", "n=1&n=9", "n=x&n=1", "n=1&n=\u0661"])
def test_any_other_number_of_revisions_is_asked_for_two(
    visitor: Visitor, saved: Scenario, query: str
) -> None:
    text = visitor.page(address(saved, f"compare/?{query}")).find("main").text

    assert "Choose two revisions" in text


def restore(visitor: Visitor, saved: Scenario, number: int, fields: dict[str, str]) -> object:
    return visitor.client.post(address(saved, f"{number}/restore/"), fields)


def fields_of_restoring(visitor: Visitor, saved: Scenario) -> dict[str, str]:
    page = visitor.page(address(saved))
    return {
        e.attributes["name"]: e.attributes["value"]
        for e in page.all("input")
        if e.attributes.get("name") in ("draft_version", "tab")
    }


def test_restoring_makes_a_draft_and_a_revision_once(visitor: Visitor, saved: Scenario) -> None:
    fields = fields_of_restoring(visitor, saved)
    answers = [restore(visitor, saved, 1, fields) for _ in range(2)]

    saved.refresh_from_db()
    newest = saved.revisions.first()
    assert [answer.status_code for answer in answers] == [HTTPStatus.FOUND] * 2
    assert saved.draft == newest.document == saved.revisions.get(number=1).document
    assert (newest.number, newest.note) == (4, "Restored revision 1")


def test_restoring_can_be_undone_with_the_edits_that_were_not_saved(
    visitor: Visitor, saved: Scenario
) -> None:
    before = saved.draft
    restore(visitor, saved, 1, fields_of_restoring(visitor, saved))
    page = visitor.page(saved.get_absolute_url())

    undo = next(e for e in page.find("undo").elements if e.tag == "button")
    assert undo.attributes["title"] == "Undo: Restored revision 1."
    visitor.edit(saved.get_absolute_url(), op="undo")
    saved.refresh_from_db()
    assert saved.draft == before


def test_restoring_is_refused_over_a_draft_that_was_not_seen(
    visitor: Visitor, saved: Scenario
) -> None:
    fields = fields_of_restoring(visitor, saved)
    visitor.edit(saved.get_absolute_url(), htmx=True, **{WAGES: "4"})
    before = Scenario.objects.values().get()

    refused = restore(visitor, saved, 1, fields)

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "Not restored" in Page(refused.content).find("main").text
    assert Scenario.objects.values().get() == before
    assert saved.revisions.count() == 3


def test_the_history_asks_the_same_of_many_as_of_few(visitor: Visitor, saved: Scenario) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            visitor.page(path)
        return len(queries)

    few = asked(address(saved))
    for number in range(2 * ON_A_PAGE):
        saved.make_revision(saved.draft | {"notes": f"{number}"}, saved.revisions.first().headline)

    assert asked(address(saved)) == asked(address(saved, "?page=2")) == few
    assert asked(address(saved)) <= 5
    text = visitor.page(address(saved, "?page=3")).find("main").text
    assert "The first revision." in text


def test_a_note_is_kept_on_one_line_and_no_longer_than_it_may_be(
    visitor: Visitor, saved: Scenario
) -> None:
    visitor.edit(saved.get_absolute_url(), op="save", note="long " * 100)
    notes = list(saved.revisions.values_list("note", flat=True))

    assert notes[1:] == ["", "A <raise>", ""]
    assert notes[0].startswith("long long")
    assert len(notes[0]) <= 200
