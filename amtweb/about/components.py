"""What the page of components shows: a worked example, its inputs, and the tokens by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.functional import cached_property

from amtweb.analyses.tables import Table, TableRow
from amtweb.scenarios import bench
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.inputs import editor
from amtweb.scenarios.gallery import examples
from amtweb.scenarios.pages import results_context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.scenarios.editor.inputs import Input

SHOWN = "erosion"
"""The example in which most of what charts draw happens."""


class Token(NamedTuple):
    """A custom property of the style sheet, and what it stands for."""

    name: str
    meaning: str


CHART_HUES = (
    Token("credit", "AMT credit: carried in, added by AMT, left"),
    Token("used", "Credit used: what it took off the tax"),
    Token("eroded", "Credit eroded: lost without lowering any tax"),
    Token("regular", "Regular tax"),
    Token("minimum", "Tentative minimum tax; hatched, the AMT above the regular tax"),
    Token("regular-loss", "Capital loss carried forward for regular tax"),
    Token("amt-loss", "Capital loss carried forward for AMT"),
    Token("total", "Federal tax of all kinds, after credits"),
    Token("investment", "Net investment income tax"),
    Token("medicare", "Additional Medicare Tax"),
    Token("state", "State tax"),
)
COMPARED_HUES = tuple(
    Token(f"compared-{letter}", f"{which} of what is compared")
    for letter, which in zip("abcd", ("First", "Second", "Third", "Fourth"), strict=True)
)
SURFACES = (
    Token("paper", "What is read and typed into"),
    Token("ground", "The page below it"),
    Token("sunken", "A group within paper"),
    Token("line", "Between rows and around paper"),
    Token("line-strong", "Around what can be typed into or pressed"),
    Token("ink", "Words and figures"),
    Token("ink-soft", "Hints, units, what is said by the way"),
    Token("accent", "What can be pressed, and where one is"),
    Token("accent-wash", "Chosen, or said by the site"),
    Token("warn", "Wrong, or out of date"),
    Token("warn-wash", "Under what is wrong"),
    Token("good", "Better, or as it should be"),
    Token("good-wash", "Under what is better"),
)
TYPE_STEPS = (
    Token("xs", "Second lines in dense tables"),
    Token("s", "Labels, tables, notes"),
    Token("m", "Running text"),
    Token("l", "Leads, titles of sections and charts"),
    Token("xl", "Figures in tiles, sentences that answer"),
    Token("2xl", "The title of a page"),
    Token("3xl", "The first page"),
)
NUMBERS = Table(
    "Federal tax of three plans",
    "Plan",
    ("AMT", "Credit used", "Federal tax"),
    (
        TableRow("All in 2026", ("$115,148", "$90,080", "$435,819")),
        TableRow("Spread over three years", ("$61,204", "$61,204", "$398,446"), "lowest"),
        TableRow("Nothing exercised", ("$0", "$0", "$404,190")),
    ),
)


class Shown:
    """The example as the planner would show it."""

    def __init__(self, wanted_year: str | None) -> None:
        self.wanted_year = wanted_year

    @cached_property
    def document(self) -> dict[str, Any]:
        """Of the example."""
        return next(each for each in examples() if each.slug == SHOWN).document

    def inputs(self, errors: Mapping[str, str]) -> Mapping[str, Input]:
        """Those of the household and of the first year, by the last part of their names."""
        made = editor(typed.from_document(self.document), errors)
        first = [row.inputs[0] for group in made.year_groups for row in group.rows]
        return {
            each.name.rpartition(".")[2]: each for each in (*first, made.title, *made.household)
        }

    def context(self) -> dict[str, Any]:
        """All that the page's template takes."""
        there = results_context(bench.result_of(self.document), self.wanted_year)
        wages = self.inputs({})["wages"]
        wrong = wages._replace(
            name="wrong", value="12,ooo", error="Write an amount, like 12,000 or 1.2m."
        )
        return there | {
            "fields": self.inputs({}),
            "wrong": wrong,
            "mistakes": [{"input_id": wrong.id, "place": "Wages 2024", "message": wrong.error}],
            "credit_figure": there["figures"][0],
            "taxes_figure": there["figures"][1],
            "table": NUMBERS,
            "chart_hues": CHART_HUES,
            "compared_hues": COMPARED_HUES,
            "surfaces": SURFACES,
            "type_steps": TYPE_STEPS,
        }
