from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tomllib
from functools import cache
from typing import Any

import pytest

from amtweb.scenarios.gallery import DEFAULT, Example, example, examples
from amtweb.scenarios.gallery.gallery import FOLDER, Figure
from calculator import evaluate, parse_scenario

FIGURES = [
    pytest.param(each, figure, id=f"{each.slug}: {figure.of} {figure.at}")
    for each in examples()
    for figure in each.figures
]
HALF_A_DOLLAR = 0.5
"""What an amount in whole dollars may be off."""


@cache
def result_of(slug: str) -> dict[str, Any]:
    return evaluate(parse_scenario(example(slug).document)).to_dict()


def looked_up(place: Any, at: str) -> Any:
    """The value at a path whose steps may be years or identifiers in lists."""
    for step in at.split("."):
        if isinstance(place, dict):
            place = place[step]
        else:
            (place,) = [item for item in place if step in (item.get("id"), str(item.get("year")))]
    return place


@pytest.mark.parametrize(("told", "figure"), FIGURES)
def test_an_amount_said_in_words_is_the_amount_computed(told: Example, figure: Figure) -> None:
    root = {"document": example(figure.of).document, "result": result_of(figure.of)}
    ways = (f"{figure.amount:,}", f"{figure.amount:.2f}", f"{figure.amount}")

    assert looked_up(root, figure.at) == pytest.approx(figure.amount, rel=0, abs=HALF_A_DOLLAR)
    assert any(way in told.shows for way in ways)


def test_no_amount_is_said_that_is_not_looked_up() -> None:
    entries = tomllib.loads((FOLDER / "gallery.toml").read_text(encoding="utf-8"))["example"]
    for entry in entries:
        text = re.sub(r"{[^}]*}", "", entry["shows"] + entry["lesson"])
        said = re.findall(r"[0-9][0-9,.]*", text)
        years = {str(facts["year"]) for facts in example(entry["slug"]).document["years"]}
        assert {number.rstrip(",.") for number in said} <= years, entry["slug"]


@pytest.mark.parametrize("told", [pytest.param(each, id=each.slug) for each in examples()])
def test_an_example_has_a_title_words_and_labels(told: Example) -> None:
    document = told.document

    assert told.title == document["title"] != ""
    assert document["notes"]
    assert len(re.findall(r"[.](?:\s|$)", told.shows)) in (2, 3, 4)
    assert all(item["label"] for item in document.get("grants", []) + document.get("holdings", []))


def test_every_document_of_the_folder_is_offered_once() -> None:
    documents = sorted(path.stem for path in FOLDER.glob("*.json"))

    assert sorted(each.slug for each in examples() if not each.source) == documents
    assert len({each.lesson for each in examples()}) == len(examples())
    groups = [question for question, _ in itertools.groupby(each.question for each in examples())]
    assert len(groups) == len(set(groups)) >= 4


def test_the_published_examples_and_four_of_our_own_are_there() -> None:
    assert len([each for each in examples() if each.source]) == 10
    assert len([each for each in examples() if not each.source]) == 4


def test_changing_a_document_leaves_the_example_as_it_is() -> None:
    example(DEFAULT).document["years"].clear()

    assert example(DEFAULT).document["years"]


def test_the_front_page_opens_on_a_credit_that_comes_back_over_years() -> None:
    years = result_of(DEFAULT)["years"]

    assert 8 <= len(years) <= 10
    assert years[0]["credit_generated"] > 0
    assert sum(year["credit_used"] > 0 for year in years) >= 5
    assert years[-1]["credit_balance"] == 0


def test_erosion_is_due_to_the_law_of_2026() -> None:
    document = example("erosion").document
    document["sales"][0]["date"] = "2025-03-10"

    a_year_earlier = evaluate(parse_scenario(document)).to_dict()

    assert a_year_earlier["totals"]["credit_eroded"] == 0
    assert result_of("erosion")["totals"]["credit_eroded"] > 0


def test_the_gallery_can_be_read_without_django() -> None:
    program = (
        "import sys; from amtweb.scenarios.gallery import examples; examples(); "
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
