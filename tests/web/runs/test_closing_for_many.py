"""The end of a year for many clients: a look first, then a scenario each, and back again."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from amtweb.book.plans import mark_plan, plan_of
from amtweb.firms.models import Client, Role
from amtweb.runs.models import Item, Kind, Run, State
from amtweb.runs.views import runs
from amtweb.scenarios.models import Scenario
from amtweb.year_end.closing import closed_document
from tests.web.firms.cast import Cast, cast
from tests.web.reading import Page
from tests.web.runs.book import a_book, an_eroding_plan, with_plan

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture
def everyone(db: None) -> Cast:
    return cast()


def look(everyone: Cast, year: int = YEAR) -> Run:
    """Who would get what."""
    asked = {"whom": "all", "year": str(year)}
    response = everyone.advisor.client.post("/runs/roll-forward/", asked)
    return Run.objects.get(public_id=response["Location"].split("/")[2])


def close(everyone: Cast, preview: Run, **fields: Any) -> Run:
    """Does it."""
    response = everyone.advisor.client.post(f"{preview.get_absolute_url()}close/", fields)
    return Run.objects.get(public_id=response["Location"].split("/")[2])


def undo(everyone: Cast, run: Run) -> None:
    everyone.advisor.client.post(f"{run.get_absolute_url()}undo/")
    run.refresh_from_db()


def test_a_look_makes_nothing_and_names_who_needs_attention(everyone: Cast) -> None:
    clients = a_book(everyone)
    one_year = {"schema_version": 1, "years": [{"year": YEAR}]}
    with_plan(everyone, "Short", one_year)
    before = Scenario.objects.count()
    preview = look(everyone)
    page = everyone.reader.page(preview.get_absolute_url()).find("main").text

    assert Scenario.objects.count() == before
    assert preview.items.get(client=clients["way back"]).result["credit"] > 0
    assert "It begins with 2023: years before 2026 have to be closed first." in page
    assert "It ends with 2026: add 2027 before 2026 is closed." in page
    assert "There is no scenario of this client." in page
    assert "Close 2026 for them" not in page


def test_each_plan_gets_what_closing_it_alone_gives(everyone: Cast) -> None:
    client = a_book(everyone)["way back"]
    closed = client.scenarios.get()
    run = close(everyone, look(everyone))
    made = run.items.get(client=client).made

    assert made is not None
    assert made.draft == closed_document(closed.draft, YEAR)
    assert (made.client, made.firm) == (client, everyone.firm)
    assert made.revisions.get().author == everyone.advisor.user
    assert "2026 closed with the modelled figures" in made.revisions.get().note


def test_asking_twice_closes_once(everyone: Cast) -> None:
    a_book(everyone)
    preview = look(everyone)
    run = close(everyone, preview)

    assert close(everyone, preview) == run
    made = Scenario.objects.filter(revisions__note__contains="closed with")
    assert made.count() == run.items.filter(state=State.DONE).count() == 2


def test_who_is_left_out_and_who_was_changed_meanwhile_get_nothing(everyone: Cast) -> None:
    client = a_book(everyone)["way back"]
    preview = look(everyone)
    Scenario.objects.filter(pk=everyone.scenario.pk).update(draft_digest="another")
    run = close(everyone, preview, leave_out=[client.public_id])

    assert [item.reason for item in run.items.all()] == ["It was changed after the preview."]
    assert client.scenarios.count() == 1


def test_the_closed_scenario_goes_to_the_archive_on_request_and_the_mark_goes_along(
    everyone: Cast,
) -> None:
    client = a_book(everyone)["way back"]
    closed = client.scenarios.get()
    mark_plan(client, closed)
    run = close(everyone, look(everyone), archive="1")
    closed.refresh_from_db()

    assert closed.archived_at is not None
    made = run.items.get(client=client).made
    assert plan_of(client) == made
    undo(everyone, run)
    assert plan_of(client) == closed


@pytest.mark.parametrize("is_marked", [True, False])
def test_until_the_year_is_over_the_closed_scenario_stands_and_is_closed_once(
    everyone: Cast, is_marked: bool
) -> None:
    client, year = everyone.household, timezone.now().year
    closed = client.scenarios.get()
    draft = closed.draft | {"years": [{"year": year}, {"year": year + 1}]}
    draft = {name: value for name, value in draft.items() if name in ("schema_version", "years")}
    closed.save_draft(draft, version=closed.draft_version, tab="t", sequence=1)
    if is_marked:
        mark_plan(client, closed)
    run = close(everyone, look(everyone, year))
    made = run.items.get(client=client).made
    assert made is not None
    assert plan_of(client) == closed

    again = look(everyone, year).items.get(client=client)
    assert again.reason == f"{year} is closed already: “{made}” begins with {year + 1}."
    undo(everyone, run)
    assert plan_of(client) == closed
    assert look(everyone, year).items.get(client=client).state == State.DONE


def test_undo_takes_back_what_nobody_has_changed(everyone: Cast) -> None:
    client = a_book(everyone)["way back"]
    run = close(everyone, look(everyone))
    changed = run.items.get(client=everyone.household).made
    assert changed is not None
    changed.save_draft(
        changed.draft | {"title": "Ours"}, version=changed.draft_version, tab="t", sequence=1
    )
    undo(everyone, run)

    changed.refresh_from_db()
    assert changed.deleted_at is None
    assert client.scenarios.filter(deleted_at=None).count() == 1
    assert run.undone_at is not None
    undone = close(everyone, run.preview) if run.preview else None
    assert undone is not None
    assert undone != run


def test_nothing_is_made_for_somebody_who_has_left(
    everyone: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amtweb.runs import starting
    from amtweb.runs.chunks import work_off

    a_book(everyone)
    preview = look(everyone)
    monkeypatch.setattr(starting, "enqueue", lambda *_: "")
    run = close(everyone, preview)
    everyone.advisor.member.role = Role.ASSISTANT
    everyone.advisor.member.save()
    work_off(run.chunks.get().pk, "one")

    assert {item.reason for item in run.items.all()} == {
        "Who asked for this has left the firm, or has another role by now."
    }


def test_a_run_that_is_stopped_or_undone_makes_nothing_more(
    everyone: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amtweb.runs import starting
    from amtweb.runs.chunks import work_off

    a_book(everyone)
    preview = look(everyone)
    monkeypatch.setattr(starting, "enqueue", lambda *_: "")
    run = close(everyone, preview)
    undo(everyone, run)
    work_off(run.chunks.get().pk, "one")

    assert not Item.objects.exclude(made=None).exists()
    assert run.cancelled_at is not None


def test_a_year_is_closed_from_its_preview_alone(everyone: Cast) -> None:
    run = close(everyone, look(everyone))

    assert run.kind == Kind.CLOSE
    response = everyone.advisor.client.post(f"{run.get_absolute_url()}again/")
    assert response["Location"] == run.get_absolute_url()
    assert Client.objects.count() == 1


def test_undo_leaves_what_is_another_clients_by_now(everyone: Cast) -> None:
    run = close(everyone, look(everyone))
    made = run.items.get(client=everyone.household).made
    assert made is not None
    other = Client.objects.create(firm=everyone.firm, name="Other household")
    Scenario.objects.filter(pk=made.pk).update(client=other, title="Title of the other")
    Client.objects.filter(pk=other.pk).update(closed_at=timezone.now())

    page = everyone.advisor.client.get(run.get_absolute_url()).content.decode()
    assert "Title of the other" not in page
    undo(everyone, run)

    assert Scenario.with_closed.get(pk=made.pk).deleted_at is None


def test_what_is_left_out_on_one_page_stays_so_on_the_next(
    everyone: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "A_PAGE", 1)
    first = with_plan(everyone, "Abel", an_eroding_plan())
    preview = look(everyone)
    made = Scenario.objects.count()
    page = everyone.advisor.page(preview.get_absolute_url()).find("close").text
    assert "Abel" in page
    assert "Canary household" not in page

    response = everyone.advisor.client.post(
        f"{preview.get_absolute_url()}close/",
        {"page": "2", "leave_out": [first.public_id, "made up"], "archive": "1"},
    )
    turned = Page(response.content).find("close")

    assert "Canary household" in turned.text
    assert "1 left out on other pages" in turned.text
    hidden = [e.attributes for e in turned.elements if e.attributes.get("type") == "hidden"]
    assert [e["value"] for e in hidden if e["name"] == "leave_out"] == [first.public_id]
    ticked = [e.attributes["name"] for e in turned.elements if "checked" in e.attributes]
    assert ticked == ["archive"]
    assert Scenario.objects.count() == made
    other = everyone.reader.page(f"{preview.get_absolute_url()}?page=2").find("close").text
    assert "Canary household" in other
