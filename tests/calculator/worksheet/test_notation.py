"""Formulas are read as the package says, and name nothing that there is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from calculator.law.groups import KEYS
from calculator.law.parameters import YearLaw
from calculator.scenario import Opening, YearFacts
from calculator.worksheet import TITLES
from calculator.worksheet.events import known_amounts
from calculator.worksheet.forms import captions_of
from calculator.worksheet.nodes import Name
from calculator.worksheet.notation import FormulaError, formula, name_of
from calculator.worksheet.origins import FLAGS, labels, lines_in_words
from calculator.worksheet.parameters import FLAT_RATES, group_of, known_parameters
from calculator.worksheet.transcription import cases_of


class Sheet:
    """A year in which only a few lines are filled in."""

    def __init__(self, **lines: float) -> None:
        self.lines = {number.removeprefix("line_"): amount for number, amount in lines.items()}

    def amount_of(self, name: Name) -> float | None:
        return self.lines.get(name.number)

    def words_of(self, *names: Name) -> str:
        numbers = [name.number for name in names]
        return f"{names[0].path} {lines_in_words(numbers)}".lstrip()

    def law_of(self, *, last_year: bool) -> YearLaw:
        raise NotImplementedError


FILLED_IN = Sheet(line_1=10.0, line_2=4.0, line_3=0.5, line_4=-2.0)


@pytest.mark.parametrize(
    ("text", "amount", "words"),
    [
        ("1", 10, "line 1"),
        ("1 + 2", 14, "the sum of lines 1 and 2"),
        ("1 - 2 - 4", 8, "line 1 less lines 2 and 4"),
        ("1 + 2 - 4", 16, "lines 1 and 2 less line 4"),
        ("1 - (2 - 4)", 4, "line 1 less line 2 less line 4"),
        ("1 + 2 * 3", 12, "line 1 plus line 2 × line 3"),
        ("(1 + 2) * 3", 7, "the sum of lines 1 and 2 × line 3"),
        ("1 / 2", 2.5, "line 1 ÷ line 2"),
        ("-2", -4, "line 2, as a negative amount"),
        ("not_below_zero(4 - 1)", 0, "line 4 less line 1, not below zero"),
        ("min(1, 2)", 4, "the smaller of lines 1 and 2"),
        ("max(1, 2)", 10, "the larger of lines 1 and 2"),
        ("min(1, other.2, 3)", 0.5, "the smaller of lines 1 and 3 and other line 2"),
        ("9 or 2", 4, "line 2"),
        ("9 + 1", 10, "line 1"),
        ("1 + other.2", 14, "line 1 plus other line 2"),
        ("0", 0, "zero"),
        ("2 < 1", 1, "line 2 is less than line 1"),
        ("1 <= 2", 0, "line 1 is not more than line 2"),
        ("1 = 1 and not 9", 1, "line 1 is line 1 and not line 9"),
    ],
)
def test_a_formula_has_an_amount_and_words(text: str, amount: float, words: str) -> None:
    made = formula(text)

    assert made.amount(FILLED_IN) == amount
    assert made.words(FILLED_IN) == words


def test_only_what_is_filled_in_counts() -> None:
    names = formula("(9 or 2) + 8 + 1").names(FILLED_IN)

    assert [name.number for name in names] == ["2", "1"]


def test_amounts_within_a_rounding_are_the_same() -> None:
    sheet = Sheet(line_1=1.0, line_2=1.0 + 1e-9)

    assert [formula(text).amount(sheet) for text in ("1 = 2", "1 < 2", "2 <= 1")] == [1, 0, 1]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("12", Name("line", "", "12")),
        ("schedule_d.1b", Name("line", "schedule_d", "1b")),
        ("last_year.form_6251.11", Name("line", "form_6251", "11", last_year=True)),
        ("input.opening.capital_loss.short_term", Name("input", "opening.capital_loss.short_term")),
        ("last_year.law.amt.exemption", Name("law", "amt.exemption", last_year=True)),
        ("schedule_a", Name("form", "schedule_a")),
        ("last_year.separate", Name("flag", "separate", last_year=True)),
        ("method.as_filed", Name("flag", "method.as_filed")),
    ],
)
def test_a_word_names_one_thing(word: str, name: Name) -> None:
    assert name_of(word) == name


@pytest.mark.parametrize(
    "text", ["", "1 +", "(1", "1)", "1 2", "1 % 2", "tax_on_everything(1)", "min(1,)", "+ 1"]
)
def test_what_is_not_a_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        formula(text)


def names_of(form: str) -> Iterator[tuple[str, Name]]:
    for number, cases in cases_of(form).items():
        for case in cases:
            for part in (case.where, case.made):
                if part is not None:
                    yield from ((number, name) for name in part.all_names())


def field_of(kinds: Any, path: str) -> bool:
    """Whether a path leads to a field of these types."""
    name, _, rest = path.partition(".")
    for kind in kinds:
        if name in kind.__dataclass_fields__:
            default = kind.__dataclass_fields__[name].default_factory
            return not rest or field_of([default], rest)
    return False


@pytest.mark.parametrize("form", TITLES)
def test_every_line_of_every_form_has_a_formula(form: str) -> None:
    assert cases_of(form).keys() == captions_of(form).keys()


@pytest.mark.parametrize("form", TITLES)
def test_formulas_name_only_what_there_is(form: str) -> None:
    for number, name in names_of(form):
        if name.kind == "line":
            assert name.number in captions_of(name.path or form), (number, name)
        elif name.kind == "form":
            assert name.path in TITLES, (number, name)
        elif name.kind == "input":
            path = name.path.removeprefix("opening.")
            kinds = [YearFacts] if path == name.path else [Opening]
            assert field_of(kinds, path), (number, name)
            assert name.path in labels()["input"], (number, name)
        elif name.kind == "equity":
            assert name.path in known_amounts(), (number, name)
            assert name.path in labels()["equity"], (number, name)
        elif name.kind == "law":
            assert group_of(name.path) in KEYS, (number, name)
        else:
            assert name.path in FLAGS, (number, name)
            assert name.path in labels()["flag"], (number, name)


def test_parameters_are_named_as_in_the_law_tables() -> None:
    for parameter in known_parameters():
        group = group_of(parameter)
        assert group in KEYS
        assert parameter == group or parameter.removeprefix(f"{group}.") in KEYS[group]
    assert FLAT_RATES.keys() <= KEYS.keys()


def test_every_label_is_of_something_that_a_formula_names() -> None:
    named = {(name.kind, name.path) for form in TITLES for _, name in names_of(form)}
    flat = {("input", path) for path in FLAT_RATES.values()}
    unused = {
        (kind, path)
        for kind, of_kind in labels().items()
        for path in of_kind
        if (kind, path) not in named | flat
    }

    assert unused == set()
