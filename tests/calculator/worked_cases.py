"""The worked cases: the published ones, part of the product, and those of the tests alone."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from calculator.verification import Example, Figure, sources

WORKED = Path(__file__).with_name("worked")
TIERS = ("published", "cross_checked", "derived")
ONE_PLACE = re.compile(r"[a-z][^ ]*")


@cache
def worked_cases() -> tuple[dict[str, Any], ...]:
    """Each with its ``tier``, ``source``, ``document``, ``expected`` parts, and ``tolerance``."""
    return (*_published(), *_kept_here())


def _published() -> list[dict[str, Any]]:
    return [
        {
            "tier": "published",
            "id": f"{source.slug}: {example.id}",
            "source": f"{source.author}, {source.title}, {source.url}",
            "document": example.document,
            "expected": expected_of(example),
            "tolerance": max([example.tolerance, *(each.tolerance for each in example.figures)]),
        }
        for source in sources()
        for example in source.examples
    ]


def _kept_here() -> list[dict[str, Any]]:
    return [
        {"tier": path.parent.name, **case, "id": f"{path.stem}: {case['id']}"}
        for path in sorted(WORKED.glob("*/*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


def expected_of(example: Example) -> dict[str, Any]:
    """What follows, with the figures that stand at one place of this example's result."""
    expected = copy.deepcopy(example.follows)
    years = [str(facts["year"]) for facts in example.document["years"]]
    expected.setdefault("years", [{} for _ in years])
    for figure in example.figures:
        if ONE_PLACE.fullmatch(figure.at):
            _put(expected, years, figure)
    return expected


def _put(expected: dict[str, Any], years: list[str], figure: Figure) -> None:
    *steps, last = figure.at.split(".")
    place: Any = expected
    for step in steps:
        if isinstance(place, list):
            place = place[years.index(step)] if step in years else _item(place, step)
        else:
            place = place.setdefault(step, [] if step == "sales" else {})
    place[last] = figure.differs.ours if figure.differs else figure.published


def _item(items: list[dict[str, Any]], identifier: str) -> dict[str, Any]:
    for item in items:
        if item["id"] == identifier:
            return item
    items.append({"id": identifier})
    return items[-1]
