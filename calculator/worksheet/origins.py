"""What the names of formulas stand for in a year: amounts, words, and the origins to link to."""

from __future__ import annotations

from functools import cache
from math import isfinite
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from calculator.scenario import TO_THE_LETTER
from calculator.worksheet.events import events_behind
from calculator.worksheet.forms import NAMES
from calculator.worksheet.nodes import Name
from calculator.worksheet.parameters import (
    FLAT_RATES,
    group_of,
    is_flag,
    known_parameters,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from calculator.amounts import Dollars
    from calculator.equity.compensation import EquityYear
    from calculator.law.parameters import YearLaw
    from calculator.scenario import Opening, Scenario, YearFacts

FLAT: Final = "flat"
"""Where the parameters of the flat model come from."""
_OF_ALL_YEARS: Final = ("law", "method", "opening")
LABELS: Final = Path(__file__).with_name("labels.toml")


class Origin(NamedTuple):
    """One term that a line is made of."""

    kind: str
    """``line``, ``input``, ``event`` or ``parameter``."""
    label: str
    """``Form 6251 line 4``; ``Wages``; ``Sale of 1,000 shares on Nov 2, 2026 (Grant A)``."""
    year: int
    """Of the form, the input, the event or the parameter."""
    form: str
    """Of a line: ``form_6251``; else empty, as is the next."""
    line: str
    path: str
    """Of an input or event, its place in the scenario document: ``years[0].wages``; of a
    parameter, its group in the law tables: ``amt.exemption``; else empty."""
    amount: Dollars | None
    """None where it is no amount, or none that is finite."""


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """What formulas name, in words, by kind."""
    import tomllib  # only here: importing the calculator should not wait for a parser

    return tomllib.loads(LABELS.read_text("utf-8"))


class FiledYear(NamedTuple):
    """A year of a scenario, filled in."""

    scenario: Scenario
    place: int
    """Among the scenario's years."""
    facts: YearFacts
    equity: EquityYear
    law: YearLaw
    opening: Opening
    lines: Mapping[str, Mapping[str, Dollars]]
    before: FiledYear | None
    """The year before; None in the first year."""

    def on_form(self, form: str) -> FormInYear:
        """What its names stand for where a formula of this form has them."""
        return FormInYear(self, form)


class FormInYear(NamedTuple):
    """A form of a year, whose formulas are worked out."""

    filed: FiledYear
    form: str

    def amount_of(self, name: Name) -> float | None:
        """The amount that a name stands for; None where there is none."""
        year = self._year_of(name)
        if year is None:
            return None
        return _AMOUNTS[name.kind](year, name._replace(path=self._path_of(name)))

    def words_of(self, *names: Name) -> str:
        """What a name, or several lines of a form, are called within a sentence."""
        name = names[0]
        when = f" of {self.filed.facts.year - 1}" if name.last_year else ""
        if name.kind == "line":
            form = f"{NAMES[name.path]} " if name.path else ""
            return f"{form}{lines_in_words([each.number for each in names])}{when}"
        if name.kind == "input":
            return _within_a_sentence(labels()["input"][name.path]) + when
        if name.kind == "law":
            return self._parameter_in_words(name)
        return labels()[name.kind].get(name.path, name.path) + when

    def law_of(self, *, last_year: bool) -> YearLaw:
        """The law of the year, or of the one before."""
        filed = self.filed.before if last_year else self.filed
        return (filed or self.filed).law

    def origins_of(self, name: Name) -> Iterator[Origin]:
        """What a name leads to."""
        year = self._year_of(name)
        if year is not None:
            yield from _ORIGINS[name.kind](year, name._replace(path=self._path_of(name)))

    def _year_of(self, name: Name) -> FiledYear | None:
        return self.filed.before if name.last_year else self.filed

    def _path_of(self, name: Name) -> str:
        return name.path or self.form

    def _parameter_in_words(self, name: Name) -> str:
        law = self.law_of(last_year=name.last_year)
        words = labels()["law"].get(name.path)
        if words is None:
            # A rate of whole dollars rounds what it is multiplied with.
            return f"{float(value_of(name.path, law)) * 100:.4g}%"
        if law.origin == FLAT and group_of(name.path) not in FLAT_RATES:
            return f"{words} (the flat model has none)"
        return f"{words} in {self.filed.facts.year - 1}" if name.last_year else words


def _line_amount(year: FiledYear, name: Name) -> float | None:
    amount = year.lines.get(name.path, {}).get(name.number)
    return None if amount is None else float(amount)


def _form_amount(year: FiledYear, name: Name) -> float | None:
    return 1.0 if name.path in year.lines else None


def _input_amount(year: FiledYear, name: Name) -> float | None:
    of, _, rest = name.path.partition(".")
    if of == "opening":
        return None if year.before else float(attrgetter(rest)(year.opening))
    amount = attrgetter(name.path)(year.facts)
    return None if amount is None else float(amount)


def _equity_amount(year: FiledYear, name: Name) -> float | None:
    return float(getattr(year.equity, name.path))


def _law_amount(year: FiledYear, name: Name) -> float | None:
    return value_of(name.path, year.law)


def _flag_amount(year: FiledYear, name: Name) -> float | None:
    return float(FLAGS[name.path].holds(year))


class Flag(NamedTuple):
    """A choice that a condition asks about."""

    path: str
    """In the scenario document."""
    holds: Callable[[FiledYear], bool]


FLAGS: Final[Mapping[str, Flag]] = {
    "flat": Flag("law.path", lambda year: year.law.origin == FLAT),
    "separate": Flag(
        "household.filing_status",
        lambda year: year.facts.household.filing_status == "married_filing_separately",
    ),
    "method.as_filed": Flag("method.figures", lambda year: year.scenario.is_filed),
    "method.line_28_to_the_letter": Flag(
        "method.form_8801_line_28",
        lambda year: year.scenario.method.form_8801_line_28 == TO_THE_LETTER,
    ),
    "method.section_68_reversal": Flag(
        "method.section_68_reversal", lambda year: year.scenario.method.section_68_reversal
    ),
}
_AMOUNTS: Final = {
    "line": _line_amount,
    "form": _form_amount,
    "input": _input_amount,
    "equity": _equity_amount,
    "law": _law_amount,
    "flag": _flag_amount,
}


def _line_origins(year: FiledYear, name: Name) -> Iterator[Origin]:
    yield Origin(
        "line",
        f"{NAMES[name.path]} line {name.number}",
        year.facts.year,
        name.path,
        name.number,
        "",
        _line_amount(year, name),
    )


def _form_origins(year: FiledYear, name: Name) -> Iterator[Origin]:
    """Where a condition asks whether a form is filed, its last line stands for it."""
    if name.path in year.lines:
        *_, last = year.lines[name.path]
        yield from _line_origins(year, name._replace(number=last))


def _input_origins(year: FiledYear, name: Name) -> Iterator[Origin]:
    amount = _input_amount(year, name)
    yield _from_document(
        year, _document_path(year, name.path), labels()["input"][name.path], amount
    )


def _document_path(year: FiledYear, path: str) -> str:
    """Where the scenario document has it: facts of a household may be those of all years."""
    of, _, rest = path.partition(".")
    if of in _OF_ALL_YEARS:
        return path
    if of == "household":
        own, everyones = year.facts.household, year.scenario.household
        if getattr(own, rest) == getattr(everyones, rest):
            return path
    return f"years[{year.place}].{path}"


def _from_document(year: FiledYear, path: str, label: str, amount: float | None) -> Origin:
    return Origin("input", label, year.facts.year, "", "", path, amount)


def _equity_origins(year: FiledYear, name: Name) -> Iterator[Origin]:
    for event in events_behind(name.path, year.scenario, year.facts.year, year.equity):
        yield Origin("event", event.label, year.facts.year, "", "", event.path, event.amount)


def _law_origins(year: FiledYear, name: Name) -> Iterator[Origin]:
    group = group_of(name.path)
    amount = None
    if name.path in known_parameters() and not is_flag(name.path, year.law):
        value = float(value_of(name.path, year.law))
        amount = value if isfinite(value) else None
    if year.law.origin == FLAT:
        if group in FLAT_RATES:
            path = FLAT_RATES[group]
            value = float(attrgetter(path)(year.scenario))
            yield _from_document(year, path, labels()["input"][path], value)
        else:
            yield from _flag_origins(year, Name("flag", "flat"))
        return
    yield Origin("parameter", _caption(name.path), year.facts.year, "", "", group, amount)


def _caption(parameter: str) -> str:
    """``Alternative minimum tax: exemption``."""
    from calculator.law.cited import captions

    section, caption = captions()[group_of(parameter)]
    own = parameter.split(".")[2:]
    which = f" ({own[0].replace('_', ' ')})" if own else ""
    return f"{section}: {_within_a_sentence(caption)}{which}"


def _flag_origins(year: FiledYear, name: Name) -> Iterator[Origin]:
    path = _document_path(year, FLAGS[name.path].path)
    yield _from_document(year, path, labels()["flag"][name.path], None)


_ORIGINS: Final = {
    "line": _line_origins,
    "form": _form_origins,
    "input": _input_origins,
    "equity": _equity_origins,
    "law": _law_origins,
    "flag": _flag_origins,
}


def lines_in_words(numbers: Sequence[str]) -> str:
    """``line 12``; ``lines 12, 13 and 15``."""
    *most, last = numbers
    return f"lines {', '.join(most)} and {last}" if most else f"line {last}"


def _within_a_sentence(label: str) -> str:
    """With a small letter, unless a name or a number begins it."""
    begins_with_name = label[1:2].isupper() or label.startswith(("Form ", "Schedule "))
    return label if begins_with_name else label[:1].lower() + label[1:]
