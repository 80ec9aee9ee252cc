from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.inputs import editor
from amtweb.scenarios.editor.rows import KINDS, change_rows
from amtweb.scenarios.gallery import example
from calculator import InvalidScenario, parse_scenario

EXAMPLE = typed.from_document(example("slices").document)
OPERATIONS = [
    *(f"{verb}:years" for verb in ("add", "earlier", "remove", "remove_first")),
    *(f"add:{kind}" for kind in KINDS),
    *(f"fill:years:{field}" for field in ("wages", "itemized.other")),
    *(
        f"{verb}:{kind}:{place}"
        for verb in ("copy", "remove")
        for kind in KINDS
        for place in (0, 1)
    ),
]


def ids_of(tree: typed.Tree) -> list[str]:
    return [row["id"] for kind in KINDS for row in tree.get(kind, [])]


def years_of(tree: typed.Tree) -> list[str]:
    return [year["year"] for year in tree["years"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_added_at_the_end_and_typing_goes_on_in_it(kind: str) -> None:
    before = EXAMPLE.get(kind, [])

    change = change_rows(EXAMPLE, f"add:{kind}")

    assert change.tree[kind][:-1] == before
    assert change.focus == f"{kind}[{len(before)}].{KINDS[kind].first_field}"
    assert change.said == f"Added {KINDS[kind].name}."


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_stands_after_its_row_and_differs_only_in_its_id(kind: str) -> None:
    tree = change_rows(change_rows(EXAMPLE, f"add:{kind}").tree, f"add:{kind}").tree
    tree[kind][0]["shares"] = "7"

    change = change_rows(tree, f"copy:{kind}:0")

    first, second = change.tree[kind][:2]
    assert second == first | {"id": second["id"]}
    assert len(change.tree[kind]) == len(tree[kind]) + 1
    assert change.focus == f"{kind}[1].{KINDS[kind].first_field}"


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_removal_typing_goes_on_in_the_row_that_took_the_place(kind: str) -> None:
    tree = change_rows(change_rows({"years": []}, f"add:{kind}").tree, f"add:{kind}").tree
    second = tree[kind][1]
    field = KINDS[kind].first_field

    once = change_rows(tree, f"remove:{kind}:0")
    last = change_rows(tree, f"remove:{kind}:1")
    twice = change_rows(once.tree, f"remove:{kind}:0")

    assert once.tree[kind] == [second]
    assert (once.focus, last.focus) == (f"{kind}[0].{field}", f"{kind}[0].{field}")
    assert twice.tree[kind] == []
    assert twice.focus == f"add:{kind}"


def test_a_year_is_added_at_either_end_as_a_copy_of_its_neighbour() -> None:
    tree = {"years": [{"year": "2025", "wages": "1"}, {"year": "2026", "wages": "2"}]}

    later = change_rows(tree, "add:years")
    earlier = change_rows(tree, "earlier:years")

    assert later.tree["years"][2] == {"year": "2027", "wages": "2"}
    assert later.focus == "years[2].wages"
    assert later.said == "Added 2027, a copy of 2026."
    assert earlier.tree["years"][0] == {"year": "2024", "wages": "1"}
    assert earlier.focus == "years[0].wages"


def test_what_a_year_holds_inside_is_not_shared_with_its_copy() -> None:
    tree = {"years": [{"year": "2025", "itemized": {"other": "1"}}]}

    changed = change_rows(tree, "add:years").tree
    changed["years"][1]["itemized"]["other"] = "2"

    assert changed["years"][0]["itemized"]["other"] == "1"


def test_a_year_is_removed_at_either_end() -> None:
    tree = {"years": [{"year": "2025"}, {"year": "2026"}, {"year": "2027"}]}

    assert years_of(change_rows(tree, "remove:years").tree) == ["2025", "2026"]
    assert change_rows(tree, "remove:years").focus == "years[1].wages"
    assert years_of(change_rows(tree, "remove_first:years").tree) == ["2026", "2027"]
    assert change_rows(tree, "remove_first:years").said == "Removed 2025."


@pytest.mark.parametrize("field", ["wages", "itemized.other", "household.filing_status"])
def test_a_value_of_the_first_year_is_copied_to_all_years(field: str) -> None:
    first = typed.from_post({"years[0].year": "2025", f"years[0].{field}": "7"})["years"][0]
    later = {"year": "2026", "interest": "5", "itemized": {"mortgage_interest": "3"}}
    tree = {"years": [first, later, {"year": "2027"}]}

    change = change_rows(tree, f"fill:years:{field}")

    sent = {f"years[{n}].{field}": "7" for n in range(3)}
    copied = typed.from_post(sent)["years"][0]
    assert change.tree["years"][2] == {"year": "2027"} | copied
    assert change.tree["years"][1]["interest"] == "5"
    assert change.tree["years"][1]["itemized"]["mortgage_interest"] == "3"
    assert change.focus == f"years[0].{field}"
    assert tree["years"][2] == {"year": "2027"}


def test_a_blank_of_the_first_year_is_copied_too() -> None:
    tree = {"years": [{"year": "2025"}, {"year": "2026", "wages": "5"}]}

    assert change_rows(tree, "fill:years:wages").tree["years"][1]["wages"] == ""


@pytest.mark.parametrize("operation", ["remove:years", "remove_first:years"])
def test_the_only_year_stays(operation: str) -> None:
    with pytest.raises(ValueError, match="remove"):
        change_rows({"years": [{"year": "2026"}]}, operation)


def test_a_new_id_is_one_that_no_row_of_any_kind_has() -> None:
    tree = {
        "grants": [{"id": "e1"}, {"id": "e2"}],
        "exercises": [{"id": "g1"}],
        "holdings": [{"id": "e3"}],
    }

    assert change_rows(tree, "add:exercises").tree["exercises"][-1]["id"] == "e4"
    assert change_rows(tree, "add:grants").tree["grants"][-1]["id"] == "g2"


def test_a_new_exercise_and_a_new_sale_refer_to_what_there_is() -> None:
    tree = {"years": [], "grants": [{"id": "a"}], "holdings": [{"id": "b"}]}

    assert change_rows(tree, "add:exercises").tree["exercises"] == [{"id": "e1", "grant": "a"}]
    assert change_rows(tree, "add:sales").tree["sales"] == [{"id": "s1", "from": "b"}]
    assert change_rows({}, "add:sales").tree["sales"] == [{"id": "s1", "from": ""}]


def test_what_referred_to_a_removed_row_says_that_it_is_gone() -> None:
    changed = change_rows(EXAMPLE, "remove:exercises:0").tree
    gone = EXAMPLE["exercises"][0]["id"]

    with pytest.raises(InvalidScenario) as refusal:
        parse_scenario(typed.to_document(changed).document)
    orphans = [n for n, sale in enumerate(changed["sales"]) if sale["from"] == gone]
    assert {f"sales[{n}].from" for n in orphans} <= {p.path for p in refusal.value.problems}
    (sales,) = (kind for kind in editor(changed, {}).events if kind.name == "sales")
    (source,) = (each for each in sales.events[orphans[0]].inputs if each.name.endswith("from"))
    assert source.value == gone
    assert (gone, "Gone: choose another") in source.choices


@pytest.mark.parametrize(
    "operation",
    [
        "add",
        "add:",
        ":",
        "add:nonsense",
        "add:household",
        "add:title",
        "drop:grants",
        "copy:years:0",
        "fill:years",
        "fill:years:",
        "fill:years:year",
        "fill:years:itemized",
        "fill:years:nonsense",
        "fill:years:__class__",
        "fill:grants:shares",
        "earlier:grants",
        "copy:grants",
        "copy:grants:",
        "copy:grants:99",
        "remove:grants:-1",
        "remove:grants:0.5",
        "remove:grants:x",
        "remove:grants:" + "9" * 5_000,
        "remove:grants:0:0",
        "__class__:grants",
        "\x00",
    ],
    ids=lambda operation: f"{operation!a:.30}",
)
def test_an_operation_that_makes_no_sense_is_refused(operation: str) -> None:
    before = copy.deepcopy(EXAMPLE)

    with pytest.raises(ValueError):  # noqa: PT011  (of several functions, some not ours)
        change_rows(EXAMPLE, operation)
    assert before == EXAMPLE


@pytest.mark.parametrize("year", ["", "soon", "2026.5", "9" * 5_000])
def test_beside_a_year_that_is_none_no_year_can_be_added(year: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        change_rows({"years": [{"year": year}]}, "add:years")


@given(st.lists(st.sampled_from(OPERATIONS), max_size=12))
def test_after_any_operations_ids_are_unique_and_years_follow_each_other(
    operations: list[str],
) -> None:
    tree = EXAMPLE
    for operation in operations:
        before = copy.deepcopy(tree)
        try:
            change = change_rows(tree, operation)
        except ValueError:
            continue
        assert tree == before
        tree = change.tree
        names = {
            each.name for kind in editor(tree, {}).events for e in kind.events for each in e.inputs
        }
        names |= {
            i.name for g in editor(tree, {}).year_groups for row in g.rows for i in row.inputs
        }
        assert change.focus in names or change.focus.startswith("add:")

    years = [int(year) for year in years_of(tree)]
    assert years == list(range(years[0], years[0] + len(years)))
    assert len(set(ids_of(tree))) == len(ids_of(tree))


def test_a_value_is_copied_from_the_first_year_to_all_years() -> None:
    tree = {"years": [{"year": "2026", "wages": "1k"}, {"year": "2027", "wages": "5"}]}

    change = change_rows(tree, "fill:years:wages")

    assert [year["wages"] for year in change.tree["years"]] == ["1k", "1k"]
    assert (change.focus, change.said) == ("years[0].wages", "Copied from 2026 to all years.")


def test_a_blank_is_copied_too_and_into_what_is_nested() -> None:
    tree = {"years": [{"year": "2026"}, {"year": "2027", "itemized": {"other": "5"}}]}

    change = change_rows(tree, "fill:years:itemized.other")

    assert change.tree["years"][1]["itemized"]["other"] == ""


@pytest.mark.parametrize("field", ["year", "household", "itemized", "", "years[0].wages"])
def test_only_a_field_of_a_year_is_copied(field: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        change_rows(EXAMPLE, f"fill:years:{field}")
