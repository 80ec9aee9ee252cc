"""The table of the book: what it says of each client, in which order, to whom."""

from __future__ import annotations

import csv
import io
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amtweb.audit.models import Event
from amtweb.book.lines import bring_up_to_date
from tests.web.book.households import (
    CREDIT,
    EXERCISE,
    LOSS,
    ends_in,
    five,
    household,
    names,
    row,
)
from tests.web.firms.cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    found = cast()
    found.household.delete()
    return found


def test_figures_and_reasons_are_those_of_paper(people: Cast) -> None:
    five(people.firm)

    loss, taxed, ending = (row(people.reader, name) for name in ("Loss", "Taxed", "Ending"))
    assert loss["Loss to pair"] == "$47,000"
    assert "AMT loss of $47,000 could be paired" in loss["To look at"]
    assert (taxed["AMT"], taxed["Credit"], taxed["Room"]) == ("$17,840", "$17,840", "none")
    assert "AMT of $17,840 expected for 2026" in taxed["To look at"]
    assert (ending["Credit"], ending["ISOs left"], ending["Room"]) == ("$840", "500", "$31,385")
    assert "ISO-1 expires " in ending["To look at"]
    assert "Room for" not in loss["To look at"], "there is nothing to exercise"


def test_what_cannot_be_computed_says_why_and_is_never_zero(people: Cast) -> None:
    five(people.firm)

    broken, without = row(people.reader, "Broken"), row(people.reader, "Nothing yet")

    assert broken["To look at"] == "Wages 2026: This cannot be negative."
    assert without["To look at"] == "No scenario yet"
    for cells in (broken, without):
        figures = {cells[each] for each in ("Credit", "AMT", "Loss to pair", "At risk", "Room")}
        assert figures == {"–"}
    assert set(names(people.reader, "needs=problem")) == {"Broken", "Nothing yet"}


SORTED_AND_FILTERED = (
    ("sort=name", "Broken Ending Loss Nothing Taxed"),
    ("sort=-name", "Taxed Nothing Loss Ending Broken"),
    ("sort=-credit&needs=credit", "Taxed Ending"),
    ("sort=credit&needs=credit", "Ending Taxed"),
    ("sort=-amt", "Taxed Ending Loss Broken Nothing"),
    ("sort=-loss", "Loss Ending Taxed Broken Nothing"),
    # None has a larger room than one who has AMT already, of whom none is told.
    ("sort=room", "Ending Loss Broken Nothing Taxed"),
    ("sort=-options", "Ending Loss Taxed Broken Nothing"),
    ("q=ending&needs=dates&within=30", "Ending"),
    ("q=ending&needs=dates&within=19", ""),
    ("needs=loss", "Loss"),
    ("needs=loss&least=47,000", "Loss"),
    ("needs=loss&least=47001", ""),
    ("needs=credit&least=841", "Taxed"),
    ("needs=room&least=31,000", "Ending"),
    ("needs=amt&year=2026", "Taxed"),
    ("needs=amt&year=2027", ""),
    ("q=nothing+yet", "Nothing"),
    ("q=of+no+name", ""),
    ("advisor=nobody&sort=name", "Broken Ending Loss Nothing Taxed"),
    ("advisor=unknown", ""),
    (
        "sort=;drop&page=999&needs=x&year=x&month=x&sort=name",
        "Broken Ending Loss Nothing Taxed",
    ),
)


def test_sorting_and_filtering(people: Cast) -> None:
    five(people.firm)

    for query, expected in SORTED_AND_FILTERED:
        assert [name.split()[0] for name in names(people.reader, query)] == expected.split(), query


def test_tags_and_advisors_find_a_client_once(people: Cast) -> None:
    tags = [people.firm.tags.create(name=name) for name in ("Tech", "Technical")]
    ada = household(people.firm, "Ada", CREDIT, advisor=people.advisor.member)
    ada.tags.set(tags)
    household(people.firm, "Bo", CREDIT)

    assert names(people.reader, "q=tech") == ["Ada"]
    assert names(people.reader, "tag=Tech") == ["Ada"]
    assert names(people.reader, f"advisor={people.advisor.member.public_id}") == ["Ada"]
    assert names(people.reader, "sort=tags") == ["Ada", "Bo"]


def test_what_is_typed_and_cannot_be_read_is_said_and_kept(people: Cast) -> None:
    response = people.reader.client.get("/book/?needs=loss&least=much&within=-1")

    text = response.content.decode()
    assert "Enter whole dollars" in text
    assert "Enter a number of days" in text
    assert 'value="much"' in text


def test_a_book_is_nobody_elses(people: Cast) -> None:
    five(people.firm)
    household(people.other_firm, "Theirs", LOSS)
    bring_up_to_date(people.other_firm, seconds=60)
    people.stranger.confirmed()

    for page in ("/book/?view=all", "/book/charts/", "/book/feeds/"):
        text = people.stranger.client.get(page).content.decode()
        assert not any(name in text for name in ("Taxed", "Ending", "Broken", "advisor@example"))
    for sent in ("/book/clients.csv", "/book/dates.ics"):
        answer = people.stranger.client.post(sent).content.decode()
        assert "Ending" not in answer
    assert names(people.stranger) == ["Theirs"]
    advisor = people.advisor.member.public_id
    assert names(people.stranger, f"advisor={advisor}") == []


def test_pages_ask_the_same_of_fifty_clients_as_of_five(people: Cast) -> None:
    tag = people.firm.tags.create(name="Tech")

    def asked(clients: int) -> list[int]:
        for number in range(people.firm.clients.count(), clients):
            made = household(
                people.firm, f"Client {number}", ends_in(9), advisor=people.advisor.member
            )
            made.tags.add(tag)
        bring_up_to_date(people.firm, seconds=60)
        counts = []
        for page in ("/book/?view=all", "/book/?needs=any&q=client", "/book/charts/"):
            with CaptureQueriesContext(connection) as queries:
                assert people.reader.client.get(page).status_code == HTTPStatus.OK
            counts.append(len(queries))
        return counts

    assert asked(5) == asked(50)


def test_the_file_has_what_is_shown_and_no_formulas(people: Cast) -> None:
    five(people.firm)
    household(people.firm, "=HYPERLINK(1)", LOSS)
    bring_up_to_date(people.firm, seconds=60)
    look = {"look": "needs=loss&sort=name"}

    asked = people.advisor.client.post("/book/clients.csv", look)
    assert asked.status_code == HTTPStatus.FOUND, "who it is, first"
    for colleague in (people.reader, people.assistant):
        assert colleague.client.post("/book/clients.csv").status_code == HTTPStatus.FORBIDDEN
    people.advisor.confirmed()
    response = people.advisor.client.post("/book/clients.csv", look)

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [each["client"] for each in rows] == ["'=HYPERLINK(1)", "Loss"]
    assert float(rows[1]["amt_loss_to_pair"]) == 47_000
    assert rows[1]["room_before_amt"] != ""
    assert rows[1]["next_date"] == ""
    last = Event.objects.filter(log=people.firm.public_id).order_by("number").last()
    assert last is not None
    assert (last.act, last.about) == ("book_exported", "")


def test_bars_of_the_charts_lead_to_those_who_are_in_them(people: Cast) -> None:
    five(people.firm)

    text = people.reader.client.get("/book/charts/").content.decode()

    assert "2 clients have $18,680 of AMT credit" in text
    assert "The most AMT is expected in 2026: $17,840, of 1 client." in text
    assert "needs=amt&amp;year=2026" in text
    ends = people.firm.clients.get(name="Ending").line.next_on
    assert f"month={ends:%Y-%m}" in text
    found = names(people.reader, f"month={ends:%Y-%m}")
    assert "Ending" in found
    assert "Loss" not in found


def test_archived_and_closed_clients_are_not_in_the_book(people: Cast) -> None:
    five(people.firm)
    people.firm.clients.filter(name="Loss").update(archived_at=timezone.now())
    people.firm.clients.filter(name="Taxed").update(closed_at=timezone.now())

    assert set(names(people.reader)) == {"Ending", "Broken", "Nothing yet"}


def test_the_page_of_a_client_shows_its_line(people: Cast) -> None:
    client = household(people.firm, "Ada", EXERCISE)
    bring_up_to_date(people.firm, seconds=60)

    text = people.advisor.client.get(client.get_absolute_url()).content.decode()

    assert "AMT of $17,840 expected for 2026" in text
    assert "The scenario that stands for this client" in text
    read = people.reader.client.get(client.get_absolute_url()).content.decode()
    assert "The scenario that stands for this client" not in read
