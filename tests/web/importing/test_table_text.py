"""Tables of text: read whatever program wrote them, and told apart from what is no table."""

from __future__ import annotations

import contextlib
import csv
import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.decoding import NotATableError, as_table_text, decoded
from amtweb.exchange.csv_import.table_kinds import FORM_3921
from amtweb.exchange.csv_import.table_text import Column, Limits, letter_of, normal, read_table

COLUMNS = (
    Column(key="name", title="Name", read=cells.text),
    Column(key="shares", title="Shares", read=cells.shares, required=True),
    Column(key="price", title="Exercise price per share", names=("Box 3",), read=cells.price),
)
LONGEST = 0.5
"""Seconds of a processor."""


def values(text: str) -> list[Any]:
    table = read_table(text, COLUMNS)
    assert table.problems == []
    return [dict(record.values) for record in table.records]


def problems(text: str, columns: tuple[Column, ...] = COLUMNS) -> list[str]:
    return [f"{p.place}: {p.message}" for p in read_table(text, columns).problems]


def no_table(text: str) -> str:
    with pytest.raises(NotATableError) as refusal:
        read_table(as_table_text(text), COLUMNS)
    return str(refusal.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_are_parted_by_commas_semicolons_or_tabs(delimiter: str, end: str) -> None:
    rows = [["Name", "Shares", "Box 3"], ["Ann; x,\ty", "1,000", "$2.50"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)

    assert values(text.getvalue()) == [{"name": "Ann; x,\ty", "shares": 1000, "price": 2.5}]


def test_a_sheet_may_say_itself_what_parts_its_cells() -> None:
    assert values("sep=;\r\nName;Shares\r\nA,B;3\r\n") == [{"name": "A,B", "shares": 3}]


@pytest.mark.parametrize(
    "heading",
    [
        *("EXERCISE PRICE PER SHARE", " exercise  price per share ", "Exercise_price_per_share"),
        *("Box 3", "box3", "Box 3 - anything", "3. Exercise price per share"),
        *("Exercise price per share ($)", "Exercise price per share (USD)"),
    ],
)
def test_headings_are_known_without_regard_to_how_they_are_written(heading: str) -> None:
    assert values(f"Shares,{heading}\n1,2\n") == [{"shares": 1, "price": 2}]


def test_what_stands_above_the_headings_is_passed_over() -> None:
    table = read_table("Report for Smith, Ann\n\nName,Shares\nA,1\n", COLUMNS)

    assert [record.row for record in table.records] == [4]
    assert table.remarks == ["What stands above the headings in row 3 was passed over."]


def test_rows_have_the_numbers_that_a_spreadsheet_gives_them() -> None:
    text = 'Name,Shares\n\n"two\nlines",x\n,,\nB,0\n'

    assert problems(text) == [
        "Row 3, column B (Shares): “x” is not a number of shares: write it as 1,000.",
        "Row 5, column B (Shares): “0” is no number of shares above 0.",
    ]


def test_columns_have_the_letters_that_a_spreadsheet_gives_them() -> None:
    assert [letter_of(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"),
    ]


def test_a_row_that_is_short_is_blank_at_its_end_and_one_that_is_long_is_wrong() -> None:
    assert problems("Name,Shares\nA\nB,1,,\nC,1,000\n") == [
        "Row 2, column B (Shares): This is blank, and every row needs it.",
        "Row 4, column C: This row has 3 cells, and there are 2 headings. A number with a comma in"
        ' it stands in quotation marks: "1,234.50".',
    ]


def test_a_column_that_is_missing_is_named_and_what_may_be_meant_by_it() -> None:
    table = read_table("Name,Sharse,Shoe size\nA,1,38\n", COLUMNS)

    assert [p.message for p in table.problems] == [
        "There is no column “Shares”. Perhaps it is column B (“Sharse”): name that so."
    ]
    assert table.remarks == [
        "Columns B (“Sharse”), C (“Shoe size”) are not known here and were passed over."
    ]


def test_two_columns_of_the_same_thing_are_a_problem() -> None:
    assert problems("Shares,Box 3,Exercise price per share\n1,2,3\n") == [
        "Row 1, column C (Exercise price per share): Columns B and C hold the same thing: remove"
        " one of them, or name it otherwise."
    ]


def test_a_dash_stands_for_nothing_where_nothing_may_stand() -> None:
    assert values("Name,Shares,Box 3\nn/a,1,--\n") == [{"shares": 1}]
    assert len(problems("Shares\n-\n")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "There is nothing in it but blank rows."),
        (" \n,,\n", "There is nothing in it but blank rows."),
        (
            "1,2\n3,4\n",
            "No row names the columns. The first row must say what each column holds, in the words"
            " of the template.",
        ),
        (
            'Name,Shares\nA,"1\nB,2\n',
            "After row 1 there is a quotation mark too many or too few. A cell that holds one"
            " stands in quotation marks, and holds it twice.",
        ),
        (
            'Name,Shares\nA,1\n"B"x,2\n',
            "After row 2 there is a quotation mark too many or too few. A cell that holds one"
            " stands in quotation marks, and holds it twice.",
        ),
        (
            f"Name,Shares\n{'x' * 140_000},1\n",
            "After row 1 there is a cell of more than 100,000 characters: that is no table.",
        ),
        (
            "Name,Shares\n" + "A,1\n" * 501,
            "There are more than 500 rows, which is as many as are taken at once: make several"
            " files of it.",
        ),
        (
            "Name,Shares\n" + "A,1\n" * 600,
            "There are more than 500 rows, which is as many as are taken at once: make several"
            " files of it.",
        ),
        (f"Shares{',x' * 100}\n1\n", "There are 101 columns; at most 100 are taken."),
        (
            '{"schema_version": 1}',
            "This is no table. A scenario file (JSON) is brought in at “Import a scenario”.",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(text: str, expected: str) -> None:
    assert no_table(text) == expected


def test_as_many_rows_and_columns_as_the_limits_allow_are_read() -> None:
    assert len(values("Name,Shares\n" + "A,1\n" * 500)) == 500
    assert values(f"Shares{',x' * 99}\n1\n") == [{"shares": 1}]
    table = read_table("Name,Shares\n" + "A,1\n" * 2_000, COLUMNS, Limits(rows=2_000))
    assert len(table.records) == 2_000


def test_a_cell_that_is_too_long_is_a_problem_of_its_place() -> None:
    assert problems(f"Name,Shares\n{'x' * 1_001},1\n") == [
        "Row 2, column A (Name): The cell holds 1,001 characters; at most 1,000 are taken."
    ]


TEXT = 'Name,Shares\r\n"Zoë “A”",1\r\n'


@pytest.mark.parametrize(
    "content",
    [
        *(TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("utf-16")),
        *(b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT.encode("utf-16-le")),
        *(TEXT.encode("utf-16-be"), TEXT.encode("cp1252")),
    ],
)
def test_the_encodings_that_spreadsheets_write_are_read(content: bytes) -> None:
    read = decoded(content)

    assert read.text == TEXT
    assert bool(read.remark) == (content == TEXT.encode("cp1252"))


WORKBOOK = b"PK\x03\x04\x14\x00\x06\x00\x08\x00"


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (WORKBOOK, "This is a workbook (XLSX) and not a CSV file. Open it in the spreadsheet,"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old Excel workbook (XLS) and not a CSV file."),
        (b"%PDF-1.7\n", "This is a PDF and not a CSV file."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This file is not text, so it is no CSV file."),
        (b"Name,Shares\nA\x00,1\n", "This file is not text, so it is no CSV file."),
        (b"\xff\xfeN\x00\xd8", "This file is not text, so it is no CSV file."),
        (b"Name\x81,Shares\n", "This file is not text, so it is no CSV file."),
        (b"  <html><table>", "This is a web page or XML, whatever its name says,"),
    ],
)
def test_a_file_of_another_kind_is_told_what_it_is(content: bytes, begins: str) -> None:
    with pytest.raises(NotATableError) as refusal:
        decoded(content)
    assert str(refusal.value).startswith(begins)


names = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\x00"), max_size=40
)
wholes = st.integers(min_value=1, max_value=10**9)


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(st.tuples(names, wholes), min_size=1, max_size=20),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
)
def test_what_any_writer_of_csv_wrote_is_read_again(
    rows: list[tuple[str, int]], delimiter: str, encoding: str, quoting: Any
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=quoting)
    writer.writerows([("Name", "Shares"), *((name, f"{n:,}") for name, n in rows)])

    table = read_table(decoded(written.getvalue().encode(encoding)).text, COLUMNS)

    assert table.problems == []
    assert [record.values["shares"] for record in table.records] == [n for _, n in rows]
    dashes = ("-", "--", "–", "—", "n/a", "na", "none", "")
    assert [record.values.get("name", "") for record in table.records] == [
        "" if name.strip().casefold() in dashes else cells.text(name.strip()).value
        for name, _ in rows
    ]


HOSTILE: dict[str, Callable[[], str]] = {
    "blank lines": lambda: "\n" * 500_000,
    "commas": lambda: "Shares\n" + "," * 500_000,
    "quotation marks": lambda: "Shares\n" + '"' * 500_000,
    "cells that are open": lambda: "Shares\n" + '"a\n' * 150_000,
    "many headings": lambda: ",".join(f"Exercise price per shar{n}" for n in range(20_000)),
    "long headings": lambda: ",".join("Share" * 50 + str(n) for n in range(100)) + ",Name\n",
    "a long heading": lambda: "Shares," + "x " * 60_000,
    "digits": lambda: "Shares\n" + ("9" * 1_000 + "\n") * 490,
    "dates that never end": lambda: "Shares\n" + ("1/" * 500 + "\n") * 490,
    "points and commas": lambda: "Shares\n" + ("1.111" * 190 + ";\n") * 490,
    "signs of wrong width": lambda: "Shares\n" + ("\ufdfa" * 1_000 + "\n") * 150,
    "headings of such signs": lambda: ",".join("\ufdfa" * 900 for _ in range(100)) + ",Shares\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long(text: Callable[[], str]) -> None:
    made = text()[: 512 * 1024]
    for columns in (COLUMNS, FORM_3921.columns):
        begun = time.process_time()
        with contextlib.suppress(NotATableError):
            read_table(made, columns)
        assert time.process_time() - begun < LONGEST


@given(st.text(max_size=300))
def test_no_text_fails_but_in_words(text: str) -> None:
    with contextlib.suppress(NotATableError):
        read_table(as_table_text(f"Name,Shares\n{text}"), COLUMNS)
    assert normal(text) == normal(normal(text))


@pytest.mark.parametrize(
    ("count", "more"),
    [
        *((1, ""), (2, " Another date of the column is read so.")),
        (4, " 3 more dates of the column are read so."),
    ],
)
def test_how_a_column_is_read_is_said_once(count: int, more: str) -> None:
    day = Column(key="day", title="Day", read=cells.date)

    table = read_table("Day,x\n" + "1/2/2026,\n" * count, (day,))

    assert table.remarks[1:] == [
        f"Column A (Day): “1/2/2026” is read as month/day/year, January 2, 2026.{more}"
    ]
