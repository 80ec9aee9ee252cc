"""What the results say of options and shares: what each event counted as, and its dates."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from amtweb.scenarios.lots.happened import Happened
from amtweb.scenarios.lots.lanes import MOST_LANES
from amtweb.scenarios.lots.pictures import lane_picture
from amtweb.scenarios.lots.section import MOST_DAYS, MOST_HAPPENED, LotsSection, lots_section
from calculator import parse_scenario
from tests.web.reading import Page
from tests.web.visitors import Visitor

TODAY = date(2026, 11, 22)
HOSTILE = "<script>alert(1)</script>"


def document(**more: Any) -> dict[str, Any]:
    """An ISO at 10, exercised at 50 on 1 June 2025, and sold in part."""
    return {
        "schema_version": 1,
        "title": "Shares",
        "years": [{"year": 2025}, {"year": 2026}, {"year": 2027}],
        "grants": [
            {"id": "g", "label": "Astra", "kind": "iso", "date": "2024-01-05", "shares": 2000}
            | {"strike": 10}
        ],
        "exercises": [
            {"id": "e", "grant": "g", "date": "2025-06-01", "shares": 1000}
            | {"fair_market_value": 50}
        ],
        "sales": [sale("s1", "2026-06-01"), sale("s2", "2026-06-02")],
    } | more


def sale(name: str, day: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "from": "e", "date": day, "shares": 100, "price": 60} | more


def section(of: dict[str, Any], today: date = TODAY) -> LotsSection:
    found = lots_section(parse_scenario(of), today=today)
    assert found is not None
    return found


def of_day(of: dict[str, Any], day: str) -> list[str]:
    found = section(of).days
    return [each.what for each in found if each.on == date.fromisoformat(day)]


def verdicts(each: Happened) -> list[tuple[str, str]]:
    return [(verdict.word, verdict.figures) for verdict in each.verdicts]


def imported(visitor: Visitor, of: dict[str, Any]) -> Page:
    response = visitor.client.post("/import/", {"pasted": json.dumps(of)})
    return visitor.page(response["Location"])


def test_each_sale_says_what_it_counted_as_in_each_system() -> None:
    exercise, early, good = section(document()).happened

    assert verdicts(exercise) == [("ISO", "1,000 shares: $40,000 count for AMT in 2025")]
    assert verdicts(early) == [
        (
            "Disqualifying",
            "100 shares: $4,000 of ordinary income and short-term gain of $1,000; for AMT "
            "short-term gain of $1,000",
        )
    ]
    assert verdicts(good) == [
        ("Qualifying", "100 shares: long-term gain of $5,000; for AMT long-term gain of $1,000")
    ]


def test_a_split_grant_says_how_many_shares_are_nonstatutory_and_why() -> None:
    """200,000 of stock first becomes exercisable in a year in which 100,000 may: a half."""
    big = document(sales=[])
    big["grants"][0] |= {"shares": 20_000}
    big["vestings"] = [{"id": "v", "grant": "g", "date": "2025-02-01", "shares": 20_000}]

    (exercise,) = section(big).happened

    assert [word for word, _ in verdicts(exercise)] == ["ISO", "NSO"]
    assert verdicts(exercise)[1][1] == "500 shares: $20,000 of wages in 2025"
    assert exercise.is_notable
    words = " ".join(reason.words for verdict in exercise.verdicts for reason in verdict.why)
    assert "10,000 of 20,000 options are nonstatutory" in words


def test_an_exercise_after_the_window_is_told_and_shown() -> None:
    late = document(sales=[])
    late["grants"][0]["employment_ended"] = "2025-02-28"

    (exercise,) = section(late).happened

    assert verdicts(exercise) == [("NSO", "1,000 shares: $40,000 of wages in 2025")]
    assert exercise.is_notable
    assert "2025-05-28" in exercise.verdicts[0].why[0].words
    assert of_day(late, "2025-05-28") == ["Last day as an ISO"]


def test_sales_are_told_apart_by_words_and_by_shape() -> None:
    found = section(document())

    assert of_day(document(), "2026-06-01") == ["Sold too early: disqualifying"]
    assert set(of_day(document(), "2026-06-02")) == {
        "First qualifying day",
        "Long-term from now on",
        "Sold: qualifying",
    }
    shapes = [mark.shape for lane in found.timeline.lanes for mark in lane.marks if mark.day.sale]
    assert sorted(shapes) == ["sold-qualifying", "sold-too-early"]


def test_days_come_in_order_and_say_how_far_away_they_are() -> None:
    days = section(document(), today=date(2026, 6, 1)).days

    assert [day.on for day in days] == sorted(day.on for day in days)
    away = {day.on.isoformat(): day.away for day in days}
    assert away["2026-06-01"] == "today"
    assert away["2026-06-02"] == "in 1 day"
    assert away["2025-06-01"] == "365 days ago"


def test_today_stands_on_the_scale_where_it_is() -> None:
    found = section(document()).timeline
    (grant, lot) = found.lanes

    assert found.today is not None
    assert found.today > max(mark.x for mark in lot.marks)
    assert found.today < max(mark.x for mark in grant.marks)
    assert section(document(), today=date(2090, 1, 1)).timeline.today is None


def test_without_options_and_shares_there_is_nothing() -> None:
    assert lots_section(parse_scenario({"schema_version": 1, "years": [{"year": 2026}]})) is None


def test_words_in_the_picture_are_only_words() -> None:
    named = document()
    named["grants"][0]["label"] = HOSTILE
    timeline = section(named).timeline

    for lane in timeline.lanes:
        assert "<script" not in lane_picture(lane, timeline)


@pytest.mark.parametrize("year", [1970, 2100])
def test_days_far_away_stay_within_the_picture(year: int) -> None:
    far = document(holdings=[{"id": "h", "acquired": "1970-01-01", "shares": 1, "basis": 1}])
    far["grants"].append(
        {"id": "n", "kind": "nso", "date": "1970-02-02", "shares": 1, "strike": 1}
        | {"expires": f"{year}-12-31"}
    )

    marks = [mark.x for lane in section(far).timeline.lanes for mark in lane.marks]

    assert all(0 <= x <= 100 for x in marks)


def test_very_many_events_are_cut_and_counted() -> None:
    many = document(
        exercises=[
            {"id": f"e{i}", "grant": "g", "date": "2025-06-01", "shares": 1}
            | {"fair_market_value": 50}
            for i in range(200)
        ],
        sales=[],
    )

    found = section(many)

    assert (len(found.happened), found.more_happened) == (MOST_HAPPENED, 200 - MOST_HAPPENED)
    assert (len(found.days), found.more_days > 0) == (MOST_DAYS, True)
    assert (len(found.timeline.lanes), found.timeline.more) == (MOST_LANES, 201 - MOST_LANES)


@pytest.mark.django_db
def test_every_day_on_the_page_leads_to_an_input_of_the_page() -> None:
    page = imported(Visitor(), document())

    part = page.find("lots")
    links = {
        e.attributes["href"].removeprefix("#")
        for e in part.elements
        if e.tag == "a" and e.attributes["href"].startswith("#")
    }
    marks = {e.attributes["data-goes-to"] for e in part.elements if "data-goes-to" in e.attributes}
    assert links >= {"exercises-0-date", "sales-0-date", "sales-1-date", "grants-0-date"}
    assert links | marks <= set(page.ids)


@pytest.mark.django_db
def test_an_edit_of_a_year_leaves_it_alone_and_one_of_a_sale_does_not() -> None:
    visitor = Visitor()
    page = imported(visitor, document())
    (shown,) = (
        e.attributes["value"]
        for e in page.find("lots").elements
        if e.attributes.get("name") == "lots_digest"
    )

    wages = visitor.edit(htmx=True, lots_digest=shown, **{"years[0].wages": "9"}).content.decode()
    price = visitor.edit(htmx=True, lots_digest=shown, **{"sales[0].date": "2026-07-01"})

    assert 'id="lots"' not in wages
    assert 'id="headline"' in wages
    assert 'id="lots"' in price.content.decode()


@pytest.mark.django_db
def test_a_row_that_is_not_filled_in_moves_no_link() -> None:
    """The second of two sales is left out: the third is the page's third."""
    visitor = Visitor()
    imported(visitor, document())
    visitor.edit(op="copy:sales:0")
    answer = visitor.edit(
        htmx=True, **{"sales[1].date": "", "sales[1].id": "new", "sales[1].shares": ""}
    )

    piece = Page(answer.content).find("lots")
    linked = {e.attributes["href"] for e in piece.elements if e.tag == "a"}
    assert "#sales-2-date" in linked
    assert "#sales-1-date" not in linked


@pytest.mark.django_db
def test_names_are_shown_as_words() -> None:
    named = document()
    named["grants"][0]["label"] = HOSTILE
    part = imported(Visitor(), named).find("lots")

    assert HOSTILE in part.text
    assert not [e for e in part.elements if e.tag == "script"]
    assert any(e.tag == "bdi" and HOSTILE in e.text for e in part.elements)


@pytest.mark.django_db
def test_the_calendar_file_has_every_day_once() -> None:
    visitor = Visitor()
    imported(visitor, document())

    response = visitor.client.get("/download/dates.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.replace(b"\r\n ", b"").decode()
    days = section(document()).days
    assert text.count("BEGIN:VEVENT") == len(days)
    assert len(set(re.findall("UID:(.*)", text))) == len(days)
    assert "SUMMARY:First qualifying day: Astra\\, exercised Jun 1\\, 2025" in text
    assert "DTSTART;VALUE=DATE:20260602" in text


@pytest.mark.django_db
def test_without_days_there_is_no_calendar_file() -> None:
    visitor = Visitor()
    imported(visitor, {"schema_version": 1, "years": [{"year": 2026}]})

    assert visitor.client.get("/download/dates.ics").status_code == 404
    assert "dates.ics" not in visitor.client.get("/download/").content.decode()
