"""What a page asks of the database does not grow with what there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amtweb.scenarios import quotas
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.visitors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.every_parameter]

MANY = 30


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def asked(visitor: Visitor, path: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        visitor.page(path)
    return [query["sql"] for query in queries]


def test_a_newcomers_landing_page_asks_nothing(visitor: Visitor) -> None:
    assert asked(visitor, "/planner/") == []


def test_a_gallery_asks_nothing(visitor: Visitor) -> None:
    assert asked(visitor, "/examples/") == []
    assert asked(visitor, "/examples/slices/") == []


def test_an_edit_reads_and_writes_the_session_once(visitor: Visitor) -> None:
    visitor.edit(htmx=True, title="Mine")
    fields = visitor.fields()

    with CaptureQueriesContext(connection) as queries:
        visitor.send(fields, htmx=True, title="Still mine")

    statements = [query["sql"].split()[0] for query in queries]
    assert statements.count("SELECT") == 1
    assert statements.count("UPDATE") == 1
    # And what begins and ends the transaction of the write.
    assert len(statements) <= 6


def test_an_edit_of_a_saved_scenario_asks_little(visitor: Visitor) -> None:
    saved = visitor.saved()
    for number in range(5):
        visitor.edit(saved.get_absolute_url(), op="save", title=f"Revision {number}")
    fields = visitor.fields(saved.get_absolute_url())

    with CaptureQueriesContext(connection) as queries:
        visitor.send(fields, saved.get_absolute_url(), htmx=True, title="New")

    statements = [query["sql"].split()[0] for query in queries]
    # The session, the scenario, its steps, its new version, and its newest revision.
    assert statements.count("SELECT") <= 5
    # The draft and the steps, in one transaction.
    assert statements.count("UPDATE") == 2


def test_the_list_asks_the_same_of_thirty_scenarios_as_of_one(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "IN_A_BROWSER", MANY)
    visitor.saved(title="Number one")
    lists = ["", "?q=number", "?sort=credit", "?sort=amt-up&page=7"]
    of_one = {query: len(asked(visitor, f"/scenarios/{query}")) for query in lists}
    for number in range(MANY - 1):
        saved = visitor.saved(title=f"Number {number}")
        ShareLink.make(saved)

    for query in lists:
        queries = asked(visitor, f"/scenarios/{query}")
        (body,) = visitor.page(f"/scenarios/{query}").all("tbody")
        assert len([e for e in body.elements if e.tag == "tr"]) == MANY
        # The session, the shelves, how many are found, those of the page, their revisions, the
        # links.
        assert len(queries) == of_one[query] == 6
        assert not [sql for sql in queries if '"document"' in sql or '"draft"' in sql]


def test_what_is_done_to_many_asks_little(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "IN_A_BROWSER", MANY)
    saved = [visitor.saved(title=f"Number {number}").public_id for number in range(MANY)]

    with CaptureQueriesContext(connection) as queries:
        visitor.send({}, "/scenarios/chosen/", htmx=True, op="delete", **{"with": saved})

    assert not Scenario.objects.filter(deleted_at=None)
    assert len(queries) <= 16


def test_the_links_ask_the_same_of_thirty_as_of_one(visitor: Visitor) -> None:
    saved = visitor.saved()
    path = f"{saved.get_absolute_url()}links/"
    ShareLink.make(saved, revision=saved.revisions.get())
    of_one = len(asked(visitor, path))
    for _ in range(MANY - 1):
        ShareLink.make(saved, revision=saved.revisions.get())

    assert len(asked(visitor, path)) == of_one == 4


def test_a_shared_page_asks_for_its_link_and_whether_the_reader_was_guessing(
    visitor: Visitor,
) -> None:
    _, token = ShareLink.make(visitor.saved())

    assert len(asked(Visitor(), f"/shared/{token}/")) == 2
