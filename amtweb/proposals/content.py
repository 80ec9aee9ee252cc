"""What a proposal shows: words and figures, as plain data that can be kept.

Nothing that is not named here reaches a client: not the firm's notes, nor those of a scenario, nor
its title, nor who wrote what.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from amtweb.comparing.columns import Column, Source
from amtweb.comparing.inputs import inputs_that_differ
from amtweb.comparing.references import Reference
from amtweb.comparing.sentences import sentence
from amtweb.comparing.totals import differences
from amtweb.exchange.subjects import day
from amtweb.proposals.charts import charts_of
from amtweb.proposals.tables import headline_rows, year_tables
from amtweb.reports.content import ORIGINS
from amtweb.reports.events_in_words import events_in_words
from amtweb.reports.year_columns import span_of
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.inputs import editor
from amtweb.scenarios.headline import headline
from amtweb.sharing.shown import shown_document
from calculator import ENGINE_VERSION, InvalidScenario, evaluate, parse_scenario
from calculator.law import law_label, law_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from amtweb.firms.models import Client
    from amtweb.proposals.drafts import Draft, Pinned
    from amtweb.proposals.models import Logo
    from calculator import ScenarioResult

MOST_EVENTS = 40
"""Of one scenario; a plan has a handful."""
MOST_INPUTS = 40
"""Rows of what differs."""

TOLD = ("grants", "vestings", "exercises", "holdings", "splits", "sales")
"""Parts of a document that are told in sentences."""

Content = dict[str, Any]


class NotComputedError(ValueError):
    """A scenario is gone or cannot be computed any more; the text says which."""


def content_of(
    draft: Draft,
    pinned: Sequence[Pinned],
    client: Client,
    *,
    logo: Logo | None,
    number: int | None = None,
    at: datetime | None = None,
) -> Content:
    """All that is shown of a draft, computed now.

    Raises:
        NotComputedError: Something that it pins cannot be shown.
    """
    columns = [_column(each) for each in pinned]
    measured = differences(columns, 0) if columns else []
    said = [None if each is None else sentence(each) for each in measured]
    alternatives = [
        _alternative(each, column, differs)
        for each, column, differs in zip(pinned, columns, said, strict=True)
    ]
    laws = [each["law"] for each in alternatives]
    return {
        "firm": client.firm.name,
        "disclaimer": client.firm.disclaimer,
        "logo": None
        if logo is None
        else {"digest": logo.digest, "width": logo.width, "height": logo.height},
        "client": client.name,
        "title": draft["title"],
        "number": number,
        "day": day(at or timezone.now()),
        "before": draft["before"],
        "after": draft["after"],
        "alternatives": alternatives,
        "law_of_all": laws[0] if laws and all(each == laws[0] for each in laws) else None,
        "headline": headline_rows(columns),
        "charts": charts_of(columns),
        "years": year_tables(columns),
        "inputs": _inputs(columns),
        "engine": ENGINE_VERSION,
        "law": law_version(),
        "law_label": law_label(),
    }


def documents_of(pinned: Sequence[Pinned]) -> list[dict[str, Any]]:
    """What was computed, without anything that is the firm's own."""
    return [_document(each) for each in pinned if each.revision is not None]


def _document(pinned: Pinned) -> dict[str, Any]:
    """Under the name that the client reads: the scenario's own title may be another."""
    assert pinned.revision is not None  # noqa: S101  (the caller made sure)
    document = shown_document(pinned.revision.document, hides_names=False)
    return document | {"title": pinned.alternative["label"]}


def _column(pinned: Pinned) -> Column:
    revision, label = pinned.revision, pinned.alternative["label"]
    if revision is None:
        raise NotComputedError(f"{pinned.letter}, {label}, is not the client’s any more.")
    document = _document(pinned)
    try:
        facts = parse_scenario(document)
        result = evaluate(facts)
    except InvalidScenario:
        words = "cannot be computed any more: correct the scenario and take its new revision."
        raise NotComputedError(f"{pinned.letter}, {label}, {words}") from None
    source = Source(label, "", "", document)
    reference = Reference("", revision.number, is_example=False, changes=())
    return Column(pinned.letter, reference, source, (), document, facts, result)


def _alternative(pinned: Pinned, column: Column, differs: str | None) -> Content:
    said = headline(column.result, column.result.years[0])
    events = events_in_words(column.document, column.result)
    revision = pinned.revision
    assert revision is not None  # noqa: S101  (it has a column)
    return {
        "letter": pinned.letter,
        "label": pinned.alternative["label"],
        "words": pinned.alternative["words"],
        "recommended": pinned.alternative["recommended"],
        "sentence": str(said.sentence),
        "remarks": [str(remark) for remark in said.remarks],
        "differs": differs,
        "span": span_of(column.years),
        "saved": day(revision.created_at),
        "events": [each._asdict() for each in events[:MOST_EVENTS]],
        "more_events": max(0, len(events) - MOST_EVENTS),
        "law": [*_law(column), *_origins(column.result)],
    }


def _without_events(column: Column) -> Column:
    kept = {name: part for name, part in column.document.items() if name not in TOLD}
    return column._replace(document=kept)


def _law(column: Column) -> Iterator[list[str]]:
    """What was chosen about the law."""
    inputs = editor(typed.from_document(column.document), {})
    for cell in inputs.law:
        if cell.value not in ("", "0"):
            value = dict(cell.choices).get(cell.value, cell.value)
            yield [cell.label, f"{value}%" if cell.unit == "%" else value]


def _origins(result: ScenarioResult) -> Iterator[list[str]]:
    """Where the parameters of each stretch of years come from."""
    for origin, stretch in groupby(result.years, key=lambda year: str(year.law)):
        yield [f"Figures of {span_of([year.year for year in stretch])}", ORIGINS[origin]]


def _inputs(columns: Sequence[Column]) -> Content:
    """What differs beside the exercises and sales, which each scenario tells in sentences."""
    if len(columns) < 2:
        return {"rows": [], "more": 0}
    found = inputs_that_differ([_without_events(column) for column in columns])
    rows = [{"place": row.place, "cells": list(row.cells)} for row in found.rows[:MOST_INPUTS]]
    return {"rows": rows, "more": found.more + max(0, len(found.rows) - MOST_INPUTS)}
