"""The terms that the pages use, from the one file that explains them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from django.utils.text import slugify

TERMS: Final = Path(__file__).with_name("glossary.toml")


class Term(NamedTuple):
    """A word that somebody new to the matter would ask about."""

    name: str
    also: tuple[str, ...]
    means: str
    line: str
    """Where it stands on the forms; empty if nowhere."""
    concept: str
    """The slug of the page that works it through; empty if there is none."""
    keys: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Its place on the page of the glossary."""
        return slugify(self.name)

    @property
    def title(self) -> str:
        """The name as it stands by itself."""
        return self.name[0].upper() + self.name[1:]


class Topic(NamedTuple):
    """Terms that belong together."""

    title: str
    terms: tuple[Term, ...]

    @property
    def slug(self) -> str:
        """The id of its heading."""
        return slugify(self.title)


@cache
def topics() -> tuple[Topic, ...]:
    """The whole glossary."""
    read = tomllib.loads(TERMS.read_text("utf-8"))
    return tuple(
        Topic(topic["title"], tuple(_term(each) for each in topic["term"]))
        for topic in read["topic"]
    )


def term_called(name: str) -> Term:
    """The term of that name or other name, however it is capitalized.

    Raises:
        KeyError: The glossary does not explain it.
    """
    return _by_name()[name.lower()]


def term_of_key(key: str) -> Term | None:
    """What a figure of that key, or of that name, is called, if it has to be explained."""
    return _by_key().get(key) or _by_name().get(key.lower())


@cache
def _by_name() -> dict[str, Term]:
    return {
        name.lower(): term
        for topic in topics()
        for term in topic.terms
        for name in (term.name, *term.also)
    }


@cache
def _by_key() -> dict[str, Term]:
    return {key: term for topic in topics() for term in topic.terms for key in term.keys}


def _term(entry: dict[str, str | list[str]]) -> Term:
    return Term(
        name=str(entry["name"]),
        also=tuple(entry.get("also", ())),
        means=str(entry["means"]),
        line=str(entry.get("line", "")),
        concept=str(entry.get("concept", "")),
        keys=tuple(entry.get("keys", ())),
    )
