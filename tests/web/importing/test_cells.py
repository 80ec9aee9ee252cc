"""Days, amounts and words as people write them in cells."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.table_text import CellError
from amtweb.scenarios.editor import wording


def refused(text: str) -> str:
    with pytest.raises(CellError) as error:
        cells.date(text)
    return str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-01-31", "2026/01/31", "2026-1-31", "20260131", "2026.01.31"),
        *("1/31/2026", "01/31/2026", "1/31/26", "1-31-2026", "31.01.2026", "31.1.26"),
        *("Jan 31, 2026", "January 31 2026", "Jan. 31, 2026", "jan 31st, 2026"),
        *("31 Jan 2026", "31-Jan-26", "31 January, 2026", "JAN 31, 2026"),
        *("2026-01-31 00:00:00", "2026-01-31T00:00:00Z", "1/31/2026 12:00:00 AM"),
    ],
)
def test_a_day_is_read_as_people_and_programs_write_it(text: str) -> None:
    assert cells.date(text) == ("2026-01-31", "")


def test_where_day_and_month_could_be_mixed_up_the_month_comes_first_and_is_told() -> None:
    assert cells.date("01/02/2026") == (
        "2026-01-02",
        "“01/02/2026” is read as month/day/year, January 2, 2026.",
    )
    assert cells.date("2/2/2026") == ("2026-02-02", "")
    assert cells.date("01.02.2026") == ("2026-02-01", "")


@pytest.mark.parametrize(
    ("text", "year"), [("1/31/69", 2069), ("1/31/70", 1970), ("1/31/99", 1999), ("1/31/00", 2000)]
)
def test_years_in_two_digits_are_those_from_1970_on(text: str, year: int) -> None:
    assert cells.date(text).value == f"{year}-01-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "31/01/2026",
            "“31/01/2026” has no month 31: dates with slashes are read as month/day/year. Write"
            " the day as 2026-01-31.",
        ),
        ("2/30/2026", "“2/30/2026” is no day of the calendar."),
        ("2026-02-29", "“2026-02-29” is no day of the calendar."),
        ("0000-01-01", "“0000-01-01” is no day of the calendar."),
        (
            "46053",
            "“46053” is a spreadsheet’s number for a day: show the column as dates, such as"
            " 2026-01-31, before you save the file.",
        ),
        ("=TODAY()", "“=TODAY()” is a formula: enter the day that it gives."),
        (
            "Various",
            "“Various” is not a date that can be read: write it as 2026-01-31 or 1/31/2026.",
        ),
        ("Foo 31, 2026", "“Foo 31, 2026” names no month: write the day as 2026-01-31."),
        ("June/July 2026", None),
        ("2026", None),
        ("\u0661/\u0662/2026", None),
        ("1/1/1/1", None),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(text: str, expected: str | None) -> None:
    assert refused(text) == (
        expected or f"“{text}” is not a date that can be read: write it as 2026-01-31 or 1/31/2026."
    )


@given(st.dates())
def test_every_day_is_read_in_every_way_of_writing_it(day: datetime.date) -> None:
    written = [day.isoformat(), f"{day.day}.{day.month}.{day.year:04}"]
    written += [f"{day.month}/{day.day}/{day.year:04}", f"{day:%b} {day.day}, {day.year:04}"]

    assert {cells.date(text).value for text in written} == {day.isoformat()}


@pytest.mark.parametrize(
    ("text", "amount"),
    [("$1,234.50", 1234.5), ("12.5", 12.5), ("0", 0), ("1.2k", 1200), (" $ 3 ", 3), (".5", 0.5)],
)
def test_a_price_is_read_as_in_the_editor(text: str, amount: float) -> None:
    assert cells.price(text).value == amount == wording.read_amount(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2,50",
            "“2,50” seems to have a comma where cents begin: write it with a point, as in"
            " 1,234.50.",
        ),
        (
            "1.234,50",
            "“1.234,50” seems to have a comma where cents begin: write it with a point, as in"
            " 1,234.50.",
        ),
        ("twelve", "“twelve” is not a price: write it as 12.50."),
        ("=1+1", "“=1+1” is a formula: enter the number that it gives."),
        ("(1,234.50)", "“(1,234.50)” is below 0, and no price is."),
        ("1e5", "“1e5” is not a price: write it as 12.50."),
        ("NaN", "“NaN” is not a price: write it as 12.50."),
        ("\uff11\uff12", "“\uff11\uff12” is not a price: write it as 12.50."),
        ("9" * 50, f"“{'9' * 40}…” is not a price: write it as 12.50."),
    ],
)
def test_what_is_no_price_is_refused_in_a_sentence(text: str, expected: str) -> None:
    with pytest.raises(CellError) as error:
        cells.price(text)
    assert str(error.value) == expected


@pytest.mark.parametrize("text", ["0", "-5", "(5)"])
def test_a_row_is_about_more_than_no_shares(text: str) -> None:
    with pytest.raises(CellError, match="is no number of shares above 0"):
        cells.shares(text)


def test_an_apostrophe_before_a_formula_is_ours_and_any_other_the_persons() -> None:
    assert cells.text("'=1+1").value == "=1+1"
    assert cells.text("'t Hooft").value == "'t Hooft"
    assert cells.text("=1+1").value == "=1+1"
