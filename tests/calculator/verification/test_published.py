"""The data of the published examples: complete, and each difference explained by what it is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from calculator import evaluate, parse_scenario
from calculator.verification import KINDS, REASONS, Source, sources
from calculator.verification.published import FOLDER, LONGEST_TITLE

EVERY = [pytest.param(source, id=source.slug) for source in sources()]
EXAMPLES = [example for source in sources() for example in source.examples]
FIGURES = [figure for example in EXAMPLES for figure in example.figures]


@pytest.mark.parametrize("source", EVERY)
def test_a_source_says_who_stated_what_and_where(source: Source) -> None:
    address = urlsplit(source.url)

    assert source.kind in KINDS
    assert address.scheme in ("https", "http")
    assert "." in address.netloc
    assert source.title
    assert source.author
    assert 1986 <= source.year <= 2026
    assert source.states.endswith(".")
    assert any(example.figures for example in source.examples)


def test_every_file_is_a_source() -> None:
    assert sorted(source.slug for source in sources()) == sorted(
        path.stem for path in FOLDER.glob("*.json")
    )


def test_every_kind_has_sources_and_the_three_articles_are_among_them() -> None:
    assert {source.kind for source in sources()} == set(KINDS)
    assert {"astra", "eso-primer", "wealth-3040"} <= {source.slug for source in sources()}


def test_examples_have_names_of_their_own() -> None:
    names = [example.id for example in EXAMPLES]

    assert len(set(names)) == len(names)
    assert all(0 < len(example.title) <= LONGEST_TITLE for example in EXAMPLES)


def test_no_two_examples_are_the_same_scenario_twice() -> None:
    bare = [
        repr({k: v for k, v in example.document.items() if k not in ("title", "notes")})
        for example in EXAMPLES
    ]

    assert len(set(bare)) == len(bare)


def test_every_example_is_a_valid_scenario_with_a_title_and_notes() -> None:
    for example in EXAMPLES:
        scenario = parse_scenario(example.document)
        assert scenario.title == example.title
        assert scenario.notes


def test_a_difference_is_explained_by_a_reason_a_sentence_and_what_is_right() -> None:
    for figure in FIGURES:
        if figure.differs is None:
            continue
        assert figure.differs.reason in REASONS
        assert figure.differs.why.endswith(".")
        assert figure.differs.ours != figure.published


def test_an_example_without_figures_is_needed_by_another() -> None:
    places = " ".join(figure.at for figure in FIGURES)

    assert all(example.figures or f"{example.id}: " in places for example in EXAMPLES)


def test_no_figure_rests_on_a_year_that_is_projected() -> None:
    """A table that is published later would change it."""
    for example in EXAMPLES:
        years = evaluate(parse_scenario(example.document)).years
        projected = {str(year.year) for year in years if year.law == "projected"}
        for figure in example.figures:
            named = set(re.findall(r"(?<=years\.)[0-9]{4}", figure.at))
            assert not (named or {str(year.year) for year in years}) & projected, figure.at
