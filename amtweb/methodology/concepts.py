"""The concepts, each with a worked example that the running calculator computes.

The words are in ``templates/methodology/concepts``, everything beside them in ``concepts.toml``.
No amount stands in either: figures are looked up in the result, so that words and calculator
cannot disagree.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.urls import reverse

from amtweb.parameters.wording import sections
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.gallery import Example, example
from calculator import evaluate, parse_scenario
from calculator.law.cited import cited_parameters
from calculator.scenario import LawChoice
from calculator.worksheet import worksheets
from calculator.worksheet.forms import NAMES

CONCEPTS: Final = Path(__file__).with_name("concepts.toml")
STATUS: Final = "single"
"""Of all examples here."""


class Line(NamedTuple):
    """A line of a form on which the concept happens, filled in as in the example."""

    year: int
    form: str
    """As a sentence calls it."""
    number: str
    here: str
    """What it is in this example."""
    amount: str
    href: str
    """The line on the worksheets of the example."""
    citation: str


class Parameter(NamedTuple):
    """A number of the law."""

    year: int
    caption: str
    value: str
    href: str
    source: str


class Link(NamedTuple):
    """Where something is read, or tried."""

    words: str
    href: str


class Concept(NamedTuple):
    """A concept as ``concepts.toml`` has it."""

    slug: str
    title: str
    about: str
    example: Example
    entry: dict[str, Any]
    """All the rest."""

    @property
    def template(self) -> str:
        """The words about it."""
        return f"methodology/concepts/{self.slug}.html"

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("methodology:concept", args=[self.slug])

    @property
    def sources(self) -> tuple[Link, ...]:
        """Where the law and the forms say it."""
        return tuple(Link(each["words"], each["url"]) for each in self.entry["source"])

    @property
    def tries(self) -> tuple[Link, ...]:
        """Where one can go on with the example, the best place first."""
        return tuple(Link(each["words"], self._opened(each)) for each in self.entry["try"])

    def _opened(self, entry: dict[str, Any]) -> str:
        if "panel" in entry:
            asked = [self.example.slug, entry["panel"]]
            return reverse("analyses:ask_of_example", args=asked) + "#analysis"
        of = [entry["of"]] if "of" in entry else []
        if entry.get("of_example"):
            of = [self.example.slug]
        anchor = f"#{entry['anchor']}" if "anchor" in entry else ""
        return reverse(entry["page"], args=of) + anchor


@cache
def concepts() -> dict[str, Concept]:
    """All of them by slug, in the order in which they are read."""
    read = tomllib.loads(CONCEPTS.read_text("utf-8"))["concept"]
    return {
        entry["slug"]: Concept(
            entry["slug"], entry["title"], entry["about"], example(entry["example"]), entry
        )
        for entry in read
    }


@cache
def figures_of(slug: str) -> dict[str, float]:
    """The amounts of the words about a concept, by name."""
    concept = concepts()[slug]
    result = evaluate(parse_scenario(concept.example.document)).to_dict()
    root = {"document": concept.example.document, "result": result}
    return {name: looked_up(root, at) for name, at in concept.entry["figures"].items()}


def looked_up(place: Any, at: str) -> Any:
    """The value at a path whose steps may be years or identifiers in lists."""
    steps = at.split(".")
    for step in steps:
        if isinstance(place, dict):
            place = place[step]
        else:
            (place,) = (item for item in place if step in (item.get("id"), str(item.get("year"))))
    return place


@cache
def lines_of(slug: str) -> tuple[Line, ...]:
    """The lines on which a concept happens, from the worksheets of its example."""
    concept = concepts()[slug]
    scenario = parse_scenario(concept.example.document)
    result = evaluate(scenario)
    wanted = concept.entry["line"]
    filled = {
        (year, sheet.form, line.number): line
        for year in {each["year"] for each in wanted}
        for sheet in worksheets(scenario, result, year)
        for line in sheet.lines
    }
    return tuple(_line(concept, each, filled) for each in wanted)


def _line(concept: Concept, entry: dict[str, Any], filled: dict[Any, Any]) -> Line:
    year, form, number = entry["year"], entry["form"], entry["number"]
    line = filled[year, form, number]
    page = reverse("worksheets:year_example", args=[concept.example.slug, year])
    return Line(
        year,
        NAMES[form],
        number,
        entry["here"],
        dollars(float(line.amount)),
        f"{page}#{form}-{number}",
        line.citation,
    )


@cache
def law_of(slug: str) -> tuple[Parameter, ...]:
    """The numbers of the law that a concept rests on."""
    wanted = [(each["year"], each["name"]) for each in concepts()[slug].entry.get("law", ())]
    return tuple(parameter(year, name) for year, name in wanted)


def parameter(year: int, name: str) -> Parameter:
    """A number of the law of a year, in words, with where it is published."""
    cited = [each for each in cited_parameters(year, STATUS, LawChoice()) if each.name == name]
    ((section,),) = (sections(cited, ()),)
    (row,) = section.rows
    page = reverse("parameters:year", args=[year])
    caption = f"{section.caption}: {row.caption[0].lower()}{row.caption[1:]}"
    return Parameter(year, caption, row.value, f"{page}#{row.name}", row.source)
