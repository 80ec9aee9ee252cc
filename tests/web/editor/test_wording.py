from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtweb.scenarios.editor.wording import (
    read_amount,
    read_percentage,
    why_unread,
    write_amount,
    write_percentage,
)

READ = {
    "0": 0,
    "5": 5,
    "007": 7,
    "1.": 1,
    ".5": 0.5,
    "12.50": 12.5,
    "1,234.50": 1_234.5,
    "$1,234.50": 1_234.5,
    "$ 1,234.50": 1_234.5,
    " 1 234 ": 1_234,
    "1\u00a0234": 1_234,
    "1\u202f234": 1_234,
    "1'234": 1_234,
    "1_000": 1_000,
    "1\u2019234": 1_234,
    "$ 1,234.50 \t": 1_234.5,
    "1,234.50\r\n": 1_234.5,
    "85k": 85_000,
    "(3,000)": -3_000,
    "( 3,000 )": -3_000,
    "\u22123000": -3_000,
    "- $3,000": -3_000,
    "1.2m": 1_200_000,
    "1.2M": 1_200_000,
    "$250k": 250_000,
    "2.5 K": 2_500,
    "1.005k": 1_005,
    "0.29m": 290_000,
    "-5": -5,
    "\u22125": -5,
    "-$5": -5,
    "$-5": -5,
    "(300)": -300,
    "($1,300.25)": -1_300.25,
    "(2k)": -2_000,
    "-0": 0,
    "1000000000000": 1e12,
    "9" * 40: 1e40,
}
REFUSED = [
    "",
    " ",
    "$",
    ".",
    "-",
    "()",
    "(",
    "k",
    "1e5",
    "1E5",
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "0x10",
    "1/2",
    "1+1",
    "+5",
    "--5",
    "(-5)",
    "-(5)",
    "5-",
    "5)",
    "1.2.3",
    "1b",
    "1mm",
    "1km",
    "5%",
    "€5",
    "five",
    "\uff11\uff12\uff13",
    "١٢",
    "²",
    "½",
    "1\u200b2",
    "1\x002",
    "1\n2",
    "1\t234",
    "100\t200",
    "1 2",
    "12 34",
    "1,234 567",
    "1$2",
    "1,2",
    "1.234,50",
    "1.234.567",
    ",5",
    "(-3,000)",
    "\U0001d7d9",
    "9" * 41,
    "-" * 41,
    "9" * 10_240,
    "(" * 10_240,
    "<script>",
]


@pytest.mark.parametrize(("text", "amount"), READ.items(), ids=ascii)
def test_an_amount_is_read_as_people_write_it(text: str, amount: float) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=f"{text!a:.30}{len(text)}") for text in REFUSED]
)
def test_anything_else_is_no_amount(text: str) -> None:
    assert read_amount(text) is None
    assert read_percentage(f"{text}%") is None


@given(st.text(max_size=60))
def test_no_text_makes_reading_fail(text: str) -> None:
    for amount in (read_amount(text), read_percentage(text)):
        assert amount is None or math.isfinite(amount)


@given(st.floats(min_value=-1e12, max_value=1e12).map(lambda amount: round(amount, 4)))
def test_an_amount_that_is_shown_reads_as_itself(amount: float) -> None:
    assert read_amount(write_amount(amount)) == amount


@given(st.from_regex(r"[0-9]{0,20}\.[0-9]{1,19}", fullmatch=True))
def test_whatever_was_read_can_be_read_again(text: str) -> None:
    amount = read_amount(text)

    assert amount is not None
    assert read_amount(write_amount(amount)) == amount


@given(st.integers(-5000, 10_000).map(lambda hundredths: hundredths / 10_000))
def test_a_percentage_that_is_shown_reads_as_itself(fraction: float) -> None:
    assert read_percentage(write_percentage(fraction)) == fraction


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0"),
        (220_000, "220,000"),
        (1.5, "1.5"),
        (-1_234.56, "-1,234.56"),
        (1e12, "1,000,000,000,000"),
        (0.00001, "0.00001"),
    ],
)
def test_an_amount_is_shown_with_separators_and_never_as_a_power_of_ten(
    amount: float, text: str
) -> None:
    assert write_amount(amount) == text


@pytest.mark.parametrize(
    ("text", "fraction"),
    [("2.5", 0.025), ("2.5%", 0.025), (" 7 % ", 0.07), ("-1", -0.01)],
)
def test_a_percentage_is_read_with_and_without_its_sign(text: str, fraction: float) -> None:
    assert read_percentage(text) == fraction


@pytest.mark.parametrize("text", ["1,5", "1,50", "12,34,567", "1,2345", "1.234,5", "1,000,0"])
def test_a_comma_that_separates_no_thousands_is_not_read(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "amount"), [("1,234", 1_234), ("$1,234,567.5", 1_234_567.5), ("1,500k", 1_500_000)]
)
def test_commas_between_thousands_are_read(text: str, amount: float) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.234,50", "write decimals with a point, such as 1,234.5"),
        ("1,2", "write decimals with a point, such as 1.2"),
        ("$12,50", "write decimals with a point, such as 12.5"),
        ("100\t200", "several cells"),
        ("100; 200", "several cells"),
    ],
)
def test_what_could_be_meant_in_two_ways_is_told_how_it_is_written_here(
    text: str, said: str
) -> None:
    assert read_amount(text) is None
    assert said in why_unread(text)


@pytest.mark.parametrize("text", ["a lot", "", "5-", "1,2,3", "9" * 50, "--", "1,234.50"])
def test_of_other_texts_nothing_special_is_said(text: str) -> None:
    assert why_unread(text) == ""


def test_a_loss_may_be_a_percentage_in_brackets() -> None:
    assert read_percentage("(2.5%)") == -0.025
