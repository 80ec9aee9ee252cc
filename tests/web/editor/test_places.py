from __future__ import annotations

from typing import Any

import pytest

from amtweb.scenarios.editor.places import id_of, place_of
from calculator import Scenario
from calculator.fields import Version, document_fields

TREE = {"years": [{"year": "2025"}, {"year": "2026"}]}


def paths(of: Any, path: str = "") -> list[str]:
    """Every path that a document can have, with the second of each list."""
    found = []
    for field in document_fields(of):
        here = f"{path}.{field.key}" if path else field.key
        if isinstance(field.kind, Version):
            continue
        found.append(here)
        if field.many is not None:
            here = f"{here}[1]"
            found.append(here)
        if field.nested is not None:
            found += paths(field.nested, here)
    return found


PATHS = paths(Scenario)


@pytest.mark.parametrize("path", PATHS)
def test_every_path_of_a_document_has_a_place_in_words(path: str) -> None:
    place = place_of(path, TREE)

    assert place
    assert not set(place) & set("[]_.")


def test_every_path_has_an_id_of_its_own() -> None:
    ids = [id_of(path) for path in PATHS]

    assert len(set(ids)) == len(ids)
    assert not set("".join(ids)) & set("[]. ")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("title", "Title"),
        ("years[1].wages", "Wages 2026"),
        ("years[0].itemized.mortgage_interest", "Mortgage interest 2025"),
        ("years[1].household.filing_status", "Filing status 2026"),
        ("years[1]", "Year 2026"),
        ("years[7].wages", "Wages"),
        ("years", "Income by year"),
        ("sales[1].date", "Sale 2, Sold"),
        ("exercises[0].grant", "Exercise 1, Grant"),
        ("holdings[0].iso.strike", "Holding 1, Strike"),
        ("holdings[0].iso", "Holding 1"),
        ("grants[2].id", "Grant 3"),
        ("grants", "Grants"),
        ("opening.minimum_tax_credit", "AMT credit"),
        ("opening.capital_loss", "Carried in from before"),
        ("law.flat.amt_rate", "AMT"),
        ("household.state", "Household"),
        ("", ""),
        ("nonsense[0].x", ""),
    ],
)
def test_a_place_is_called_as_the_page_calls_it(path: str, place: str) -> None:
    assert place_of(path, TREE) == place
