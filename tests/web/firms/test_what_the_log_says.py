"""What members do with a firm's scenarios, and what of it stands in the firm's log."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from amtweb.audit.log import Actor, record_once
from amtweb.audit.models import Event, Head
from amtweb.audit.verification import breaks_in
from amtweb.sharing.models import ShareLink
from tests.web.firms.cast import Cast, cast

if TYPE_CHECKING:
    from tests.web.firms.cast import Colleague

EXPORTS = {
    "download/years.csv": "years.csv",
    "download/lines.csv": "lines.csv",
    "download/inputs.csv": "inputs.csv",
    "download/workbook.xlsx": "workbook.xlsx",
    "download/scenario.json": "scenario.json",
    "report/": "report to print",
    "report/report.html": "report.html",
    "report/reproduce.py": "reproduce.py",
    "report/credit.svg": "credit.svg",
}


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def told(people: Cast, *acts: str) -> list[tuple[str, str]]:
    """The events of these acts in firm A's log."""
    found = Event.objects.filter(log=people.firm.public_id, act__in=acts, refused=False)
    return list(found.order_by("number").values_list("act", "about"))


def refused(people: Cast, who: Colleague) -> list[str]:
    found = Event.objects.filter(log=people.firm.public_id, refused=True, who=who.user.pk)
    return list(found.order_by("number").values_list("act", flat=True))


def test_a_look_is_in_the_log_once_an_hour_for_each_who_looks(people: Cast) -> None:
    client, page = people.household.get_absolute_url(), people.scenario.get_absolute_url()
    for who in (people.reader, people.assistant):
        for _ in range(3):
            who.client.get(page)
            who.client.get(f"{page}history/")
            who.client.get(client)
            who.client.head(client)

    abouts = (f"scenario {people.scenario.public_id}", f"client {people.household.public_id}")
    assert told(people, "seen") == [("seen", about) for about in abouts] * 2
    assert list(breaks_in(people.firm.public_id)) == []


@pytest.mark.django_db
def test_after_an_hour_a_look_counts_again() -> None:
    who = Actor(1, "advisor")
    kept = [
        record_once("log", who, "seen", "client A", within=timedelta(hours=1)),
        record_once("log", who, "seen", "client A", within=timedelta(hours=1)),
        record_once("log", who, "seen", "client B", within=timedelta(hours=1)),
        record_once("log", who, "seen", "client A", within=timedelta(0)),
    ]

    assert kept == [True, False, True, True]


@pytest.mark.usefixtures("transactional_db")
def test_of_many_looks_at_once_one_is_in_the_log() -> None:
    looks = 8
    start = Barrier(looks)

    def look(number: int) -> bool:
        start.wait()
        try:
            about = f"client {number % 2}"
            return record_once("log", Actor(1), "seen", about, within=timedelta(hours=1))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(looks) as threads:
        assert sum(threads.map(look, range(looks))) == 2
    assert Event.objects.count() == 2
    assert list(breaks_in("log")) == []


def test_a_second_look_writes_nothing(people: Cast) -> None:
    page = people.household.get_absolute_url()
    people.reader.client.get(page)

    with CaptureQueriesContext(connection) as queries:
        people.reader.client.get(page)

    assert not [q["sql"] for q in queries if q["sql"].split()[0] not in ("SELECT",)]


def test_looking_changes_nothing_but_the_log(people: Cast) -> None:
    page = people.scenario.get_absolute_url()

    def stored() -> dict[str, list[object]]:
        tables = (model for model in apps.get_models() if model not in (Event, Head))
        rows = {model._meta.label: model._base_manager.order_by("pk") for model in tables}
        return {label: list(found.values()) for label, found in rows.items()}

    before = stored()
    paths = ("", "history/", "history/1/", "links/", "download/", "worksheets/", "lots/")
    for path in paths:
        assert people.advisor.client.get(f"{page}{path}").status_code < HTTPStatus.BAD_REQUEST
    for path in ("/clients/", people.household.get_absolute_url(), "/firm/", "/scenarios/"):
        assert people.advisor.client.get(path).status_code == HTTPStatus.OK
    assert stored() == before


@pytest.mark.parametrize("path", EXPORTS)
def test_files_are_for_roles_that_may_take_them_and_are_in_the_log(path: str, people: Cast) -> None:
    page = people.scenario.get_absolute_url()
    for who in (people.reader, people.assistant):
        response = who.client.get(f"{page}{path}")
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert "may not take files away" in response.content.decode()
        assert refused(people, who) == ["export"]
    assert told(people, "exported") == []

    assert people.advisor.client.get(f"{page}{path}").status_code == HTTPStatus.OK
    people.advisor.client.get(f"{page.replace('/scenarios/', '/scenarios/')}revisions/1/{path}")

    of = f"scenario {people.scenario.public_id}"
    assert told(people, "exported") == [
        ("exported", f"{of} as {EXPORTS[path]}"),
        ("exported", f"{of} revision 1 as {EXPORTS[path]}"),
    ]


def test_nothing_else_leads_out_either(people: Cast) -> None:
    other = people.advisor.saved(title="Other")
    ids = people.scenario.public_id, other.public_id
    ways = (
        "/compare/comparison.csv?with={}&with={}",
        "/joint-or-separate/years.csv?yours={}&spouse={}",
        "/download/years.csv",
        "/report/report.html",
    )
    for way in ways:
        address = way.format(*ids)
        assert people.reader.client.get(address).status_code == HTTPStatus.FORBIDDEN
        assert people.advisor.client.get(address).status_code == HTTPStatus.OK
    assert [about for _, about in told(people, "exported")] == [
        *(f"scenario {each} as comparison.csv" for each in ids),
        *(f"scenario {each} as joint-or-separate.csv" for each in ids),
        "the bench as years.csv",
        "the bench as report.html",
    ]
    # What is everybody's needs no role.
    assert people.reader.client.get("/examples/slices/download/years.csv").status_code == 200


def test_what_is_done_to_a_scenario_is_in_the_log(people: Cast) -> None:
    who, page = people.advisor, people.scenario.get_absolute_url()
    of = f"scenario {people.scenario.public_id}"
    before = Event.objects.filter(log=people.firm.public_id).count()

    who.edit(page, htmx=True, **{"years[0].wages": "1"})
    who.edit(page, htmx=True, **{"years[0].wages": "2"})
    who.edit(page, op="save")
    who.send(who.fields(page), f"{page}history/1/restore/")
    for op in ("archive", "archive", "unarchive", "delete", "restore", "delete", "erase"):
        who.client.post("/scenarios/chosen/", {"op": f"{op}:{people.scenario.public_id}"})

    events = Event.objects.filter(log=people.firm.public_id).order_by("number")[before:]
    assert [(each.act, each.about) for each in events if each.act != "seen"] == [
        ("scenario_changed", of),
        ("scenario_saved", f"{of} revision 2"),
        ("scenario_saved", f"{of} revision 3"),
        ("scenario_restored", f"{of} revision 1"),
        ("scenario_archived", of),
        ("scenario_unarchived", of),
        ("scenario_deleted", of),
        ("scenario_put_back", of),
        ("scenario_deleted", of),
        ("scenario_erased", of),
    ]
    assert list(breaks_in(people.firm.public_id)) == []


def test_links_are_in_the_log_and_die_with_who_made_them(people: Cast) -> None:
    page = people.scenario.get_absolute_url()
    typed = {"shows": "live", "lasts": "30", "label": "For Anna"}
    made = people.advisor.client.post(f"{page}links/make/", typed | {"seed": "a"})
    people.admin.client.post(f"{page}links/make/", typed | {"seed": "b"})
    address = made.context["address"].removeprefix("http://testserver")
    assert people.stranger.client.get(address).status_code == HTTPStatus.OK

    people.advisor.client.post("/firm/leave/")

    assert people.stranger.client.get(address).status_code == HTTPStatus.NOT_FOUND
    (left,) = ShareLink.objects.live()
    assert left.member == people.admin.member
    people.admin.client.post(f"{page}links/{left.token_digest}/revoke/")
    people.admin.client.post(f"{page}links/{left.token_digest}/revoke/")
    of = f"scenario {people.scenario.public_id}"
    assert told(people, "share_made", "share_revoked") == [
        ("share_made", of),
        ("share_made", of),
        ("share_revoked", of),
    ]


def test_who_may_share_sees_and_revokes_every_link_of_the_firm(people: Cast) -> None:
    page = people.scenario.get_absolute_url()
    typed = {"shows": "live", "lasts": "30", "label": "For Anna"}
    for who, seed in ((people.advisor, "a"), (people.admin, "b"), (people.admin, "c")):
        who.client.post(f"{page}links/make/", typed | {"seed": seed})
    elsewhere = people.stranger.saved(title="Of firm B")
    ShareLink.make(elsewhere, member=people.stranger.member)
    link = ShareLink.objects.filter(member=people.advisor.member).get()
    revoke = f"/firm/links/{link.token_digest}/revoke/"

    shown = people.admin.client.get("/firm/links/").content.decode()
    assert shown.count("For Anna") == 3
    assert "advisor@example.org" in shown
    assert "Of firm B" not in shown
    for who in (people.reader, people.assistant):
        assert who.client.get("/firm/links/").status_code == HTTPStatus.FORBIDDEN
        assert who.client.post(revoke).status_code == HTTPStatus.FORBIDDEN
    assert people.stranger.client.post(revoke).status_code == HTTPStatus.NOT_FOUND
    for _ in range(2):
        assert people.admin.client.post(revoke)["Location"] == "/firm/links/"
    assert ShareLink.objects.live().filter(scenario=people.scenario).count() == 2
    people.advisor.client.post("/firm/links/revoke-all/")

    (left,) = ShareLink.objects.live()
    assert left.scenario == elsewhere
    assert len(told(people, "share_revoked")) == 2
