"""What is modelled and what is refused, each with the place where the site shows it.

The text is that of ``coverage.py``; ``coverage.toml`` says where each item of it can be seen.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.urls import reverse
from django.utils.text import slugify

from amtweb.methodology.coverage import plain, written
from calculator import InvalidScenario, parse_scenario
from calculator.analysis.crossover import crossover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amtweb.methodology.coverage import Block, Words
    from calculator import Problem, Scenario

PLACES: Final = Path(__file__).with_name("coverage.toml")
EXERCISE: Final = "e1"
SMALL: Final[dict[str, Any]] = {
    "schema_version": 1,
    "years": [{"year": 2026}],
    "holdings": [{"id": "h1", "acquired": "2020-03-02", "shares": 10, "basis": 5}],
    "grants": [{"id": "g1", "kind": "iso", "date": "2024-05-06", "shares": 100, "strike": 1}],
    "exercises": [
        {
            "id": EXERCISE,
            "grant": "g1",
            "date": "2026-03-03",
            "shares": 100,
            "fair_market_value": 5,
        }
    ],
}
"""What is asked for in addition is refused."""
WITHOUT_EVENTS: Final = ("schema_version", "years")
"""All that is left of it for questions about years."""


class Link(NamedTuple):
    """Where something is seen."""

    words: str
    address: str


class Refusal(NamedTuple):
    """What the calculator answers who asks for what it does not model."""

    path: str
    message: str


class Item(NamedTuple):
    """A paragraph, an item of a list or a row of a table."""

    words: Words
    rest: Words
    links: tuple[Link, ...]
    refusals: tuple[Refusal, ...]


class ShownBlock(NamedTuple):
    """Items that stand together."""

    kind: str
    items: tuple[Item, ...]


class ShownSection(NamedTuple):
    """A part of the text under its heading."""

    slug: str
    title: str
    blocks: tuple[ShownBlock, ...]


@cache
def places() -> dict[str, list[dict[str, Any]]]:
    """Where items are seen, and what is asked for what is refused."""
    return tomllib.loads(PLACES.read_text("utf-8"))


@cache
def shown_sections() -> tuple[ShownSection, ...]:
    """The whole text with its links; refusals are what the running calculator answers."""
    return tuple(
        ShownSection(
            slugify(section.title),
            section.title,
            tuple(ShownBlock(block.kind, tuple(_items(block))) for block in section.blocks),
        )
        for section in written()
    )


def _items(block: Block) -> Iterator[Item]:
    for place, words in enumerate(block.items):
        text = plain(words)
        yield Item(
            words,
            block.rest[place] if block.rest else (),
            tuple(_link(each) for each in places()["see"] if is_about(each, text)),
            tuple(
                Refusal(problem.path, problem.message)
                for each in places()["refused"]
                if is_about(each, text)
                for problem in refusals_of(each)
            ),
        )


def is_about(entry: dict[str, Any], text: str) -> bool:
    """Whether a place belongs to an item: to the row called so, or where the words are."""
    return bool(entry["row"] == text if "row" in entry else entry["about"] in text)


def _link(entry: dict[str, Any]) -> Link:
    if "page" in entry:
        address = reverse(entry["page"], args=[entry["of"]] if "of" in entry else [])
    elif "example" in entry:
        address = reverse("scenarios:example", args=[entry["example"]])
    elif "law" in entry:
        address = reverse("parameters:year", args=[entry["law"]])
    else:
        address = f"{reverse('scenarios:blank')}#{entry['field']}"
    return Link(entry["words"], address)


def refusals_of(entry: dict[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with a scenario that asks for it; nothing if it were modelled."""
    asked = entry["asks"]
    kept = WITHOUT_EVENTS if "years" in asked else SMALL.keys()
    document = {name: SMALL[name] for name in kept} | asked
    try:
        scenario = parse_scenario(document)
        if "analysis" in entry:
            _ask(scenario)
    except InvalidScenario as refusal:
        return tuple(problem for problem in refusal.problems if problem.unsupported)
    return ()


def _ask(scenario: Scenario) -> None:
    crossover(scenario, EXERCISE)
