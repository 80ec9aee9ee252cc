from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amtweb.scenarios.bench import work
from amtweb.scenarios.editor.inputs import editor
from amtweb.scenarios.editor.lot_words import choices_with_left, too_many
from amtweb.scenarios.editor.rows import change_rows
from amtweb.scenarios.editor.summaries import Summaries, held_for, told

GRANT = {"id": "g1", "label": "Astra", "kind": "iso", "date": "2023-01-10", "shares": "1,000"}
EXERCISE = {"id": "e1", "grant": "g1", "date": "2026-03-02", "shares": "0.5k"}
SALE = {"id": "s1", "from": "e1", "date": "2027-05-05", "shares": "300", "price": "40.5"}
TREE: dict[str, Any] = {
    "years": [{"year": str(year)} for year in range(2023, 2040)],
    "grants": [GRANT | {"strike": "2.5"}],
    "exercises": [EXERCISE | {"fair_market_value": "12"}],
    "sales": [SALE],
}


def with_sale(**changes: str) -> dict[str, Any]:
    return TREE | {"sales": [SALE | changes]}


def test_lots_say_how_many_shares_are_left() -> None:
    assert choices_with_left(TREE) == {
        "grant": [("g1", "Astra (500 of 1,000 left)")],
        "from": [("e1", "Astra, exercised Mar 2, 2026 (200 of 500 left)")],
    }


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"date": "2024-01-01", "strike": "1.5"}, "ISO of Jan 1, 2024 at $1.50"),
        ({"date": "2024-01-01", "strike": "$1,200"}, "ISO of Jan 1, 2024 at $1,200"),
        ({"date": "2024-01-01", "strike": "a lot"}, "ISO of Jan 1, 2024"),
        ({"date": "", "strike": "0.05"}, "ISO at $0.05"),
        ({}, "ISO"),
    ],
)
def test_a_grant_without_a_name_is_called_what_is_known_of_it(
    typed: dict[str, str], words: str
) -> None:
    tree = {"grants": [{"id": "g1", "kind": "iso"} | typed]}

    assert choices_with_left(tree)["grant"] == [("g1", words)]


def test_old_and_new_shares_of_a_split_are_not_counted_together() -> None:
    tree = TREE | {"splits": [{"id": "x1", "date": "2026-06-01", "ratio": "2"}]}

    assert choices_with_left(tree)["grant"] == [("g1", "Astra")]


def test_selling_too_many_says_how_many_there_are() -> None:
    both = TREE | {"sales": [SALE, SALE | {"id": "s2", "shares": "201"}]}

    mistakes = {each.path: each.message for each in work(both, {}).mistakes}
    assert mistakes["sales[1].shares"].endswith(
        "Of 500 shares, 200 are left beside the other sales."
    )
    assert too_many(with_sale(shares="501"), "sales[0].shares") == "Only 500 shares are there."
    assert too_many(TREE, "sales[0].shares") == ""
    assert too_many(TREE, "sales[0].date") == ""


def test_a_row_is_told_in_a_line() -> None:
    assert told(TREE) == {
        "grants-0-words": "Astra, ISO, 1,000 options at $2.50, granted Jan 10, 2023",
        "exercises-0-words": "0.5k of Astra, exercised Mar 2, 2026, worth $12 each",
        "sales-0-words": "300 of Astra at $40.50, sold May 5, 2027, qualifying",
        "sales-0-outcome": "Held 14 months: qualifying",
    }


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "Held 14 months: qualifying"),
        (
            {"date": "2027-03-02"},
            "Held 12 months: disqualifying, up to $2,850 of it taxed like wages;"
            " qualifying from Mar 3, 2027",
        ),
        (
            # Sold below the value at exercise, only the gain over the strike of $2.50 is.
            {"date": "2027-03-02", "price": "5"},
            "Held 12 months: disqualifying, up to $750 of it taxed like wages;"
            " qualifying from Mar 3, 2027",
        ),
        (
            {"date": "2027-03-02", "price": "5", "loss_recognized": "false"},
            "Held 12 months: disqualifying, up to $2,850 of it taxed like wages;"
            " qualifying from Mar 3, 2027",
        ),
        ({"date": "2026-03-01"}, ""),
        ({"date": ""}, ""),
        ({"from": "gone"}, ""),
        ({"kind": "worthless"}, ""),
    ],
)
def test_a_sale_says_how_long_its_shares_were_held(changes: dict[str, str], outcome: str) -> None:
    tree = with_sale(**changes)

    assert Summaries(tree).outcome("sales", tree["sales"][0]) == outcome


@pytest.mark.parametrize(
    "special",
    [
        {"grants": [GRANT | {"kind": "nso"}]},
        {"grants": [GRANT | {"employment_ended": "2026-01-01"}]},
        {"vestings": [{"id": "v1", "grant": "g1", "date": "2024-01-10", "shares": "9"}]},
    ],
)
def test_where_more_than_the_days_decides_no_more_is_said(special: dict[str, Any]) -> None:
    assert Summaries(TREE | special).outcome("sales", SALE) == "Held 14 months: long-term"


def test_time_is_told_in_whole_months_and_in_years_when_they_are_many() -> None:
    since = date(2026, 1, 31)
    days = (date(2026, 2, 27), date(2026, 2, 28), date(2027, 12, 31), date(2028, 1, 31))
    assert [held_for(since, day) for day in days] == ["0 months", "1 month", "23 months", "2 years"]


def test_complete_rows_fold_and_others_do_not() -> None:
    tree = TREE | {"sales": [SALE, SALE | {"price": ""}, SALE]}
    (sales,) = (
        kind for kind in editor(tree, {"sales[2].date": "No."}).events if kind.name == "sales"
    )

    assert [event.folded for event in sales.events] == [True, False, False]


def test_a_new_sale_takes_what_is_left_on_the_first_qualifying_day() -> None:
    later = TREE | {"exercises": [EXERCISE | {"date": "2036-03-02"}]}

    (_, new) = change_rows(later, "sell:exercises:0").tree["sales"]
    assert new == {"id": "s2", "from": "e1", "date": "2037-03-03", "shares": "200"}


def test_the_first_sale_of_options_brings_their_exercise() -> None:
    tree = {"years": TREE["years"], "grants": TREE["grants"]}

    change = change_rows(tree, "add:sales")

    (exercise,), (sale,) = change.tree["exercises"], change.tree["sales"]
    assert (exercise["grant"], exercise["shares"]) == ("g1", "1,000")
    assert (sale["from"], sale["shares"]) == (exercise["id"], "1,000")
    assert change.focus == "exercises[0].date"


def test_what_needs_a_grant_offers_to_add_one() -> None:
    needs = {kind.name: [each for each, _ in kind.needs] for kind in editor({}, {}).events}

    assert needs["exercises"] == needs["vestings"] == ["add:grants:first"]
    assert needs["sales"] == ["add:grants:first", "add:holdings:first"]
    assert needs["grants"] == needs["holdings"] == []
    assert change_rows({}, "add:grants:first").tree["grants"] == [{"id": "g1", "kind": "iso"}]
