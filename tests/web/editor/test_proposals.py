from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.proposals import MOST_EDITS, apply_proposal
from amtweb.scenarios.gallery import example

EXAMPLE = typed.from_document(example("slices").document)


def proposal(*edits: tuple[str, Any], **more: Any) -> str:
    return json.dumps({"edits": [{"path": path, "value": value} for path, value in edits]} | more)


def test_values_are_put_where_the_proposal_says() -> None:
    before = copy.deepcopy(EXAMPLE)

    change = apply_proposal(
        EXAMPLE,
        proposal(
            ("years[1].long_term_gain", 197_000.5),
            ("law.indexing_rate", 0.025),
            ("years[0].itemized.other", None),
            ("sales[0].loss_recognized", False),
            said="Added the gain.",
        ),
    )

    assert before == EXAMPLE
    assert change.tree["years"][1]["long_term_gain"] == "197,000.5"
    assert change.tree["law"]["indexing_rate"] == "2.5"
    assert change.tree["years"][0]["itemized"]["other"] == ""
    assert change.tree["sales"][0]["loss_recognized"] == "false"
    assert (change.focus, change.said) == ("years[1].long_term_gain", "Added the gain.")


def test_a_new_row_gets_an_id_that_is_free() -> None:
    sale = {"from": "e1", "date": "2027-01-04", "shares": 10, "price": 2.5}

    change = apply_proposal(EXAMPLE, proposal(("sales[+]", sale)))

    added = change.tree["sales"][-1]
    assert added == {
        "id": added["id"],
        "from": "e1",
        "date": "2027-01-04",
        "shares": "10",
        "price": "2.5",
    }
    assert added["id"] not in {row["id"] for row in EXAMPLE["sales"]}
    assert change.focus == f"sales[{len(EXAMPLE['sales'])}].from"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("years", 1),
        ("years[0]", 1),
        ("years[99].wages", 1),
        ("years[+]", {}),
        ("years.wages", 1),
        ("sales", []),
        ("sales[+]", "text"),
        ("sales[+]", {"price": {}}),
        ("grants[+].label", "x"),
        ("holdings[+]", {"iso": "x"}),
        ("law", "flat"),
        ("law[0].path", "flat"),
        ("title.x", 1),
        ("title", "\ud800"),
        ("nonsense", 1),
        ("", 1),
        ("years[0].wages", []),
        ("years[0].wages", {}),
        ("years[0].wages", "lots"),
    ],
)
def test_what_does_not_fit_is_refused(path: str, value: Any) -> None:
    before = copy.deepcopy(EXAMPLE)

    with pytest.raises((ValueError, KeyError, IndexError, TypeError, AttributeError)):
        apply_proposal(EXAMPLE, proposal((path, value)))
    assert before == EXAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        "null",
        proposal(),
        '{"edits": {}}',
        '{"edits": [1]}',
        proposal(*[("title", "x")] * (MOST_EDITS + 1)),
        "[" * 100_000,
        "9" * 5_000,
    ],
    ids=lambda text: f"{text!a:.20}{len(text)}",
)
def test_what_is_no_proposal_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        apply_proposal(EXAMPLE, text)


def test_what_a_proposal_says_of_itself_is_short() -> None:
    assert apply_proposal(EXAMPLE, proposal(("title", "x"), said="y" * 9_999)).said == "y" * 200
    assert apply_proposal(EXAMPLE, proposal(("title", "x"))).said == "Applied."
