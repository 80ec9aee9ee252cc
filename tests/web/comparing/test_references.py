"""How an address names what is compared."""

from __future__ import annotations

import pytest

from amtweb.comparing.references import (
    LONGEST,
    MOST_CHANGES,
    Change,
    UnreadableError,
    read_reference,
)

READABLE = [
    "bench",
    "example:way-back",
    "Ab-9_xyz",
    "Ab-9_xyz@12",
    "-starts-with-a-dash",
    "bench~law.path=sunset",
    "example:slices~years.2026.wages=250000~sales.s1.price=x0.9~exercises.e1=none",
    "bench~years.*.itemized.mortgage_interest=12.5",
    "bench~opening.amt_capital_loss.long_term=1",
    "bench~sales.a-b_c.date=-1y",
]
UNREADABLE = [
    "",
    "~law.path=sunset",
    "bench@3",
    "id@0",
    "id@-1",
    "id@1.5",
    "id@9999999999",
    "id@\N{ARABIC-INDIC DIGIT THREE}",
    "example:",
    "example:../../etc/passwd",
    "example:A",
    "a" * 33,
    "a b",
    "a/b",
    "bench~",
    "bench~~law.path=sunset",
    "bench~law.path",
    "bench~law.path=",
    "bench~=sunset",
    "bench~law.path=\x00",
    "bench~law.path=" + "1" * 41,
    "bench~years.wages=1",
    "bench~years=none",
    "bench~years.2026=1",
    "bench~sales.s1=gone",
    "bench~sales.s1.iso.a.b.c.d=1",
    "bench~sales[0].price=1",
    "bench~LAW.path=flat",
    "bench~law..path=flat",
    "bench~law.path=flat~law.path=sunset",
    "bench" + "~law.path=flat" * (MOST_CHANGES + 1),
    "b" * LONGEST + "~",
]


@pytest.mark.parametrize("text", READABLE)
def test_a_reference_is_written_as_it_is_read(text: str) -> None:
    assert str(read_reference(text)) == text


@pytest.mark.parametrize("text", UNREADABLE)
def test_anything_else_is_no_reference_and_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^[A-Z].*\.$"):
        read_reference(text)


def test_a_reference_has_its_parts() -> None:
    read = read_reference("abc@4~years.2027.itemized.other=5~holdings.h1=none")

    assert (read.start, read.number, read.is_example, read.base) == ("abc", 4, False, "abc@4")
    assert read.changes == (
        Change("years", "2027", "itemized.other", "5"),
        Change("holdings", "h1", "", "none"),
    )


def test_changing_a_field_again_takes_the_place_of_the_first_change() -> None:
    read = read_reference("bench~law.path=flat~household.dependents=1")

    changed = read.changed(Change("", "", "law.path", "sunset"))

    assert str(changed) == "bench~household.dependents=1~law.path=sunset"


def test_an_eleventh_change_is_refused() -> None:
    full = "".join(f"~years.{2026 + year}.wages=1" for year in range(MOST_CHANGES))

    with pytest.raises(UnreadableError, match="at most 10"):
        read_reference(f"bench{full}").changed(Change("", "", "law.path", "sunset"))
