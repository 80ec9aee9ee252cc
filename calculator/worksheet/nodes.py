"""What a formula is made of: each part knows its amount, its words, and the names it has used.

A part that nothing is filled in for is blank: it counts as zero, is passed over by ``or``, and is
left out of the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from calculator.skipped_lines import NO_DOLLAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from calculator.law.parameters import YearLaw


class Name(NamedTuple):
    """Something that a formula names."""

    kind: str
    """``line``, ``form``, ``input``, ``equity``, ``law`` or ``flag``."""
    path: str
    """The form of a line; else what follows the kind: ``opening.minimum_tax_credit``."""
    number: str = ""
    """Of a line."""
    last_year: bool = False


class Function(NamedTuple):
    """A rule that reads better by its name than as a formula."""

    of: Callable[..., float]
    """Given the law of a year and the amounts of its arguments."""
    words: str
    """With places for the words of the arguments: ``tax on {} from the rate schedules``."""
    parameters: tuple[str, ...]
    """The groups of the law that it looks up."""


class Year(Protocol):
    """The year that a formula is worked out for: what its names stand for."""

    def amount_of(self, name: Name) -> float | None:
        """The amount; None where there is none."""

    def words_of(self, *names: Name) -> str:
        """The words, as within a sentence: of one name, or of several lines of a form."""

    def law_of(self, *, last_year: bool) -> YearLaw:
        """The law of this year, or of the one before."""


class Part(Protocol):
    """A formula, or a part of one."""

    def amount(self, year: Year) -> float | None:
        """What it comes to; None where it is blank."""

    def words(self, year: Year) -> str:
        """How it is made, as within a sentence."""

    def names(self, year: Year) -> Iterator[Name]:
        """The names that count in this year."""

    def all_names(self) -> Iterator[Name]:
        """The names that may count in some year."""


def _worth(part: Part, year: Year) -> float:
    amount = part.amount(year)
    return 0.0 if amount is None else amount


@dataclass(frozen=True, slots=True)
class Zero:
    """Nothing."""

    def amount(self, year: Year) -> float:
        return 0.0

    def words(self, year: Year) -> str:
        return "zero"

    def names(self, year: Year) -> Iterator[Name]:
        return iter(())

    def all_names(self) -> Iterator[Name]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Named:
    """A line, an input, an amount of the shares, a parameter, or a flag."""

    name: Name

    def amount(self, year: Year) -> float | None:
        return year.amount_of(self.name)

    def words(self, year: Year) -> str:
        return year.words_of(self.name)

    def names(self, year: Year) -> Iterator[Name]:
        if self.amount(year) is not None:
            yield self.name

    def all_names(self) -> Iterator[Name]:
        yield self.name


@dataclass(frozen=True, slots=True)
class _Made:
    """A part that is made of others."""

    parts: tuple[Part, ...]

    def names(self, year: Year) -> Iterator[Name]:
        for part in self.parts:
            yield from part.names(year)

    def all_names(self) -> Iterator[Name]:
        for part in self.parts:
            yield from part.all_names()


@dataclass(frozen=True, slots=True)
class Sum(_Made):
    """Parts added, some of them with a minus sign."""

    signs: tuple[int, ...]

    def amount(self, year: Year) -> float:
        total = 0.0
        for sign, part in zip(self.signs, self.parts, strict=True):
            total = total + sign * _worth(part, year)
        return total

    def words(self, year: Year) -> str:
        signed = zip(self.signs, self.parts, strict=True)
        given = [(sign, part) for sign, part in signed if part.amount(year) is not None]
        added = _listed([part for sign, part in given if sign > 0], year)
        less = _listed([part for sign, part in given if sign < 0], year, joined=" and ")
        if not added:
            return f"{less}, as a negative amount"
        if less:
            return f"{added} less {less}"
        are_lines = len(given) > 1 and _are_lines_of_one_form([part for _, part in given])
        return f"the sum of {added}" if are_lines else added


@dataclass(frozen=True, slots=True)
class Product(_Made):
    """Parts multiplied; a rate of whole dollars must come first or last."""

    def amount(self, year: Year) -> float:
        product = 1.0
        for at, part in enumerate(self.parts):
            worth = _worth(part, year)
            product = worth if at == 0 else product * worth
        return product

    def words(self, year: Year) -> str:
        return " × ".join(part.words(year) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Quotient(_Made):
    """One part divided by another."""

    def amount(self, year: Year) -> float:
        above, below = (_worth(part, year) for part in self.parts)
        return above / below

    def words(self, year: Year) -> str:
        return " ÷ ".join(part.words(year) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Extreme(_Made):
    """The smallest or the largest of parts."""

    word: str
    of: Callable[..., float]

    def amount(self, year: Year) -> float:
        return self.of(*(_worth(part, year) for part in self.parts))

    def words(self, year: Year) -> str:
        return f"{self.word} of {_listed(self.parts, year, joined=' and ')}"


@dataclass(frozen=True, slots=True)
class NotBelowZero(_Made):
    """A part; zero if it is less."""

    def amount(self, year: Year) -> float:
        return max(0.0, _worth(self.parts[0], year))

    def words(self, year: Year) -> str:
        return f"{self.parts[0].words(year)}, not below zero"


@dataclass(frozen=True, slots=True)
class FirstFilledIn(_Made):
    """The first part that is not blank."""

    def _chosen(self, year: Year) -> Part | None:
        return next((part for part in self.parts if part.amount(year) is not None), None)

    def amount(self, year: Year) -> float | None:
        chosen = self._chosen(year)
        return None if chosen is None else chosen.amount(year)

    def words(self, year: Year) -> str:
        chosen = self._chosen(year)
        return "" if chosen is None else chosen.words(year)

    def names(self, year: Year) -> Iterator[Name]:
        chosen = self._chosen(year)
        if chosen is not None:
            yield from chosen.names(year)


@dataclass(frozen=True, slots=True)
class Called(_Made):
    """What a named function makes of parts, with parameters of the law that it looks up itself."""

    function: Function
    last_year: bool

    def amount(self, year: Year) -> float:
        law = year.law_of(last_year=self.last_year)
        return self.function.of(law, *(_worth(part, year) for part in self.parts))

    def words(self, year: Year) -> str:
        return self.function.words.format(*(part.words(year) for part in self.parts))

    def names(self, year: Year) -> Iterator[Name]:
        yield from _Made.names(self, year)
        yield from self._parameters()

    def all_names(self) -> Iterator[Name]:
        yield from _Made.all_names(self)
        yield from self._parameters()

    def _parameters(self) -> Iterator[Name]:
        for parameter in self.function.parameters:
            yield Name("law", parameter, last_year=self.last_year)


@dataclass(frozen=True, slots=True)
class Compared(_Made):
    """Whether two parts stand to each other as the sign says; within a rounding they are equal."""

    sign: str

    def amount(self, year: Year) -> float:
        one, other = (_worth(part, year) for part in self.parts)
        same = abs(one - other) <= NO_DOLLAR
        return float(
            {"=": same, "<=": same or one < other, "<": not same and one < other}[self.sign]
        )

    def words(self, year: Year) -> str:
        said = {"=": "is", "<=": "is not more than", "<": "is less than"}[self.sign]
        return f" {said} ".join(part.words(year) for part in self.parts)


@dataclass(frozen=True, slots=True)
class All(_Made):
    """Whether everything holds."""

    def amount(self, year: Year) -> float:
        return float(all(_worth(part, year) for part in self.parts))

    def words(self, year: Year) -> str:
        return " and ".join(part.words(year) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not(_Made):
    """Whether something does not hold."""

    def amount(self, year: Year) -> float:
        return float(not _worth(self.parts[0], year))

    def words(self, year: Year) -> str:
        return f"not {self.parts[0].words(year)}"


def _listed(parts: Sequence[Part], year: Year, joined: str = " plus ") -> str:
    """``lines 12, 13 and 15 plus wages``: lines of a form are taken together."""
    said: list[str | list[Name]] = []
    of_forms: dict[tuple[str, bool], list[Name]] = {}
    for part in parts:
        form = _form_of(part)
        if form is None:
            said.append(part.words(year))
            continue
        if form not in of_forms:
            said.append(of_forms.setdefault(form, []))
        of_forms[form].extend(part.all_names())
    *before, final = [each if isinstance(each, str) else year.words_of(*each) for each in said] or [
        ""
    ]
    return f"{', '.join(before)}{joined}{final}" if before else final


def _are_lines_of_one_form(parts: Sequence[Part]) -> bool:
    forms = {_form_of(part) for part in parts}
    return len(forms) == 1 and None not in forms


def _form_of(part: Part) -> tuple[str, bool] | None:
    """The form of a line, and whether it is last year's; None for all else."""
    if isinstance(part, Named) and part.name.kind == "line":
        return part.name.path, part.name.last_year
    return None
