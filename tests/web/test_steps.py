"""Undo and redo: every edit, as what it changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.leaves import changed, changes, leaves_of, tree_of
from amtweb.scenarios.editor.rows import change_rows
from amtweb.scenarios.gallery import DEFAULT, example, examples
from amtweb.scenarios.steps import MOST_BYTES, MOST_STEPS, PAUSE, Steps

Tree = dict[str, Any]
EDITS = (
    *("add:sales", "copy:sales:0", "remove:sales:0", "add:years", "earlier:years"),
    *("remove_first:years", "fill:years:wages", "add:grants", "remove:grants:0"),
)


@pytest.fixture
def tree() -> Tree:
    return typed.from_document(example(DEFAULT).document)


def with_text(tree: Tree, path: str, text: str) -> Tree:
    leaves = leaves_of(tree)
    return tree_of(leaves | {path: text})


WAGES = "years[2026].wages"


@pytest.mark.parametrize("one", examples(), ids=lambda e: e.slug)
def test_a_tree_is_the_same_after_being_taken_apart(one: Any) -> None:
    tree = typed.from_document(one.document)

    assert tree_of(leaves_of(tree)) == tree


def test_another_way_to_write_an_amount_is_no_step(tree: Tree) -> None:
    steps = Steps()

    for text in ("200000", "$200,000", "200k", "200,000.00"):
        assert not steps.record(tree, with_text(tree, WAGES, text), "", 0)
    assert steps.done == []


def test_each_movement_of_a_slider_is_one_step(tree: Tree) -> None:
    steps, before = Steps(), tree
    moves = (("1", 0, ""), ("2", 1, "a"), ("3", PAUSE + 9, "a"), ("4", PAUSE + 10, "b"))
    for text, second, gesture in moves:
        after = with_text(tree, WAGES, text)
        steps.record(before, after, "", second, gesture)
        before = after

    kept = Steps.from_json(json.loads(json.dumps(steps.to_json())))
    now = [change[WAGES][1] for change, *_ in kept.done]
    assert now == ["1", "3", "4"]


def test_typing_in_one_field_is_one_step_until_a_pause(tree: Tree) -> None:
    steps, before = Steps(), tree
    for second, text in enumerate(("2", "25", "250,000")):
        after = with_text(tree, WAGES, text)
        steps.record(before, after, "", second)
        before = after
    assert steps.undoes(before) == "Wages 2026: 200,000 → 250,000"
    assert len(steps.done) == 1

    steps.record(before, with_text(tree, WAGES, "3"), "", 2 + PAUSE)
    assert len(steps.done) == 2


def test_typing_back_what_stood_there_is_no_step(tree: Tree) -> None:
    steps = Steps()
    after = with_text(tree, WAGES, "1")
    steps.record(tree, after, "", 0)
    steps.record(after, tree, "", 1)

    assert steps.undoes(tree) == ""


def test_typing_of_which_nothing_can_be_read_is_a_step_too(tree: Tree) -> None:
    steps = Steps()
    after = with_text(tree, WAGES, "lots")
    steps.record(tree, after, "", 0)

    assert steps.take_back(after, "").tree == tree


def test_a_new_edit_leaves_nothing_to_redo(tree: Tree) -> None:
    steps = Steps()
    after = with_text(tree, WAGES, "1")
    steps.record(tree, after, "", 0)
    steps.take_back(after, "")
    assert steps.redoes(tree) == "Wages 2026: 200,000 → 1"

    steps.record(tree, with_text(tree, "title", "New"), "", 1)
    assert steps.redoes(tree) == ""


def test_the_same_request_again_takes_back_no_more(tree: Tree) -> None:
    steps = Steps()
    first = with_text(tree, WAGES, "1")
    second = with_text(first, "title", "New")
    steps.record(tree, first, "", 0)
    steps.record(first, second, "", 1)

    answers = [steps.take_back(second, "tab 7 undo") for _ in range(3)]

    assert [answer.tree for answer in answers] == [first] * 3
    assert steps.take_back(first, "tab 8 undo").tree == tree


def test_what_is_taken_back_can_be_seen(tree: Tree) -> None:
    steps = Steps()
    change = change_rows(tree, "remove:sales:1")
    steps.record(tree, change.tree, change.said, 0)

    back = steps.take_back(change.tree, "")

    assert back.focus.startswith("sales[1].")
    assert not back.focus.endswith(".id")
    assert back.said == "Undone: Removed a sale."


def test_a_small_edit_of_long_notes_is_kept_small(tree: Tree) -> None:
    long = "word " * 1900
    before = with_text(tree, "notes", long)
    steps = Steps()
    steps.record(before, with_text(tree, "notes", f"{long}more"), "", 0)

    assert len(json.dumps(steps.to_json())) < 200
    assert steps.take_back(with_text(tree, "notes", f"{long}more"), "").tree == before


def test_fifty_steps_and_more_are_kept_and_not_without_end(tree: Tree) -> None:
    steps, now = Steps(), tree
    for number in range(2 * MOST_STEPS):
        after = with_text(now, f"years[{2026 + number % 2}].wages", str(number))
        steps.record(now, after, "", number)
        now = after
    kept = steps.to_json()

    assert 50 <= len(kept["done"]) <= MOST_STEPS
    assert len(json.dumps(kept)) <= MOST_BYTES


def test_very_large_steps_push_the_oldest_out(tree: Tree) -> None:
    steps = Steps()
    for number in range(30):
        notes = str(number) * 9_000
        steps.record(with_text(tree, "notes", ""), with_text(tree, "notes", notes), "", number * 99)

    kept = steps.to_json()
    assert 0 < len(kept["done"]) < 30
    assert len(json.dumps(kept)) <= MOST_BYTES + 200


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=12))
def test_any_course_of_edits_can_be_taken_back_and_done_again(operations: list[str]) -> None:
    trees = [typed.from_document(example(DEFAULT).document)]
    steps = Steps()
    for operation in operations:
        try:
            change = change_rows(trees[-1], operation)
        except (ValueError, IndexError):
            continue
        if steps.record(trees[-1], change.tree, change.said, 0):
            trees.append(change.tree)
        steps = Steps.from_json(json.loads(json.dumps(steps.to_json())))
    now = trees[-1]
    for before in trees[-2::-1]:
        now = steps.take_back(now, "").tree
        assert not changes(leaves_of(before), leaves_of(now))
    for after in trees[1:]:
        now = steps.do_again(now, "").tree
        assert not changes(leaves_of(after), leaves_of(now))


def test_rows_of_one_id_do_not_run_into_each_other() -> None:
    tree = {"sales": [{"id": "s", "price": "1"}, {"id": "s", "price": "2"}, {"id": "a].b"}]}

    assert tree_of(leaves_of(tree)) == tree


def test_a_change_of_one_row_leaves_the_others_alone(tree: Tree) -> None:
    made = changes(leaves_of(tree), leaves_of(with_text(tree, "sales[s2].price", "99")))

    assert made.keys() == {"sales[s2].price"}
    moved = change_rows(tree, "remove:sales:0").tree
    assert changed(leaves_of(moved), made, back=False)["sales[s2].price"] == "99"
