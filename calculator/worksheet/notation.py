"""Reads the notation of formulas: the package says what it is."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final, NoReturn

from calculator.worksheet.functions import FUNCTIONS
from calculator.worksheet.nodes import (
    All,
    Called,
    Compared,
    Extreme,
    FirstFilledIn,
    Name,
    Named,
    Not,
    NotBelowZero,
    Product,
    Quotient,
    Sum,
    Zero,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from calculator.worksheet.nodes import Part

_TOKEN: Final = re.compile(r"\s*([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*|<=|[-+*/(),=<])")
_KINDS: Final = ("input", "equity", "law")
_FLAGS: Final = ("flat", "separate", "method")
_VERBS: Final[dict[str, Callable[[tuple[Part, ...]], Part]]] = {
    "min": partial(Extreme, word="the smaller", of=min),
    "max": partial(Extreme, word="the larger", of=max),
    "not_below_zero": NotBelowZero,
}


class FormulaError(ValueError):
    """A formula cannot be read: a mistake in the data, not in a scenario."""


def formula(text: str) -> Part:
    """A formula or a condition as it is written."""
    return _Reader(text).whole()


def name_of(word: str) -> Name:
    """What a word of a formula names."""
    first, _, rest = word.partition(".")
    last_year = first == "last_year"
    if last_year:
        first, _, rest = rest.partition(".")
    if first[0].isdigit():
        return Name("line", "", first, last_year=last_year)
    if rest[:1].isdigit():
        return Name("line", first, rest, last_year=last_year)
    if first in _KINDS:
        return Name(first, rest, last_year=last_year)
    if first in _FLAGS:
        return Name("flag", word.removeprefix("last_year."), last_year=last_year)
    return Name("form", first, last_year=last_year)


class _Reader:
    """Reads from the loosest sign to the tightest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens(text)

    def _tokens(self, text: str) -> list[str]:
        tokens, at = [], 0
        while at < len(text.rstrip()):
            token = _TOKEN.match(text, at)
            if token is None:
                raise FormulaError(f"{text!r}: what is {text[at:]!r}?")
            tokens.append(token[1])
            at = token.end()
        return tokens

    def whole(self) -> Part:
        part = self._all()
        if self.tokens:
            self._refuse()
        return part

    def _refuse(self) -> NoReturn:
        raise FormulaError(f"{self.text!r}: {' '.join(self.tokens) or 'more'!r} was not expected")

    def _next_is(self, *tokens: str) -> bool:
        return bool(self.tokens) and self.tokens[0] in tokens

    def _expect(self, token: str) -> None:
        if not self._next_is(token):
            self._refuse()
        self.tokens.pop(0)

    def _joined(
        self, by: str, read: Callable[[], Part], make: Callable[[tuple[Part, ...]], Part]
    ) -> Part:
        parts = [read()]
        while self._next_is(by):
            self.tokens.pop(0)
            parts.append(read())
        return parts[0] if len(parts) == 1 else make(tuple(parts))

    def _all(self) -> Part:
        return self._joined("and", self._negated, All)

    def _negated(self) -> Part:
        if self._next_is("not"):
            self.tokens.pop(0)
            return Not((self._negated(),))
        return self._compared()

    def _compared(self) -> Part:
        one = self._first_filled_in()
        if not self._next_is("=", "<", "<="):
            return one
        sign = self.tokens.pop(0)
        return Compared((one, self._first_filled_in()), sign)

    def _first_filled_in(self) -> Part:
        return self._joined("or", self._sum, FirstFilledIn)

    def _sum(self) -> Part:
        signs, parts = [1], []
        if self._next_is("-"):
            self.tokens.pop(0)
            signs = [-1]
        parts.append(self._product())
        while self._next_is("+", "-"):
            signs.append(1 if self.tokens.pop(0) == "+" else -1)
            parts.append(self._product())
        return parts[0] if signs == [1] else Sum(tuple(parts), tuple(signs))

    def _product(self) -> Part:
        return self._joined("*", self._quotient, Product)

    def _quotient(self) -> Part:
        return self._joined("/", self._single, Quotient)

    def _single(self) -> Part:
        if self._next_is("("):
            return self._arguments()[0]
        if not self.tokens or not self.tokens[0][0].isalnum():
            self._refuse()
        word = self.tokens.pop(0)
        if self._next_is("("):
            return self._called(word, self._arguments())
        return Zero() if word == "0" else Named(name_of(word))

    def _arguments(self) -> tuple[Part, ...]:
        self._expect("(")
        parts = [] if self._next_is(")") else [self._all()]
        while self._next_is(","):
            self.tokens.pop(0)
            parts.append(self._all())
        self._expect(")")
        return tuple(parts)

    def _called(self, word: str, arguments: tuple[Part, ...]) -> Part:
        if word in _VERBS:
            return _VERBS[word](arguments)
        function = word.removeprefix("last_year.")
        if function not in FUNCTIONS:
            raise FormulaError(f"{self.text!r}: there is no function {function}")
        return Called(arguments, FUNCTIONS[function], last_year=function != word)


def names_in(parts: Iterable[Part]) -> set[Name]:
    """Everything that parts may name."""
    return {name for part in parts for name in part.all_names()}
