"""The figures of a comparison are the calculator's, and those of a case worked by hand."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from amtweb.comparing.references import read_change
from amtweb.comparing.variants import normal, with_changes
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.gallery import example, examples
from calculator import evaluate, parse_scenario
from tests.web.comparing.comparison_page import Comparison, address, kept
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

FLAT: dict[str, Any] = {
    "schema_version": 1,
    "title": "By hand",
    "law": {"path": "flat"},
    "assumptions": {"discount_rate": 0.1},
    "years": [{"year": year, "wages": 100_000} for year in range(2026, 2030)],
    "grants": [{"id": "g1", "kind": "iso", "date": "2023-05-15", "shares": 10_000, "strike": 1}],
    "exercises": [
        {"id": "e1", "grant": "g1", "date": "2026-02-10", "shares": 10_000, "fair_market_value": 21}
    ],
}
"""Flat rates of 37% and 28%; in 2026 a bargain element of 200,000.

A: regular tax 37,000 each year; minimum tax 28% of 300,000 = 84,000 in 2026 and 28,000 after it.
AMT is 47,000, and 9,000 of it comes back in each later year: tax 84,000 and three times 28,000.
B, with wages doubled: regular tax 74,000; minimum tax 112,000 in 2026 and 56,000 after it.  AMT is
38,000; 18,000, 18,000 and the last 2,000 come back: tax 112,000, 56,000, 56,000 and 72,000.
"""
TAX = {"A": (84_000, 28_000, 28_000, 28_000), "B": (112_000, 56_000, 56_000, 72_000)}
CREDIT = {"A": (47_000, 38_000, 29_000, 20_000), "B": (38_000, 20_000, 2_000, 0)}


@pytest.fixture
def by_hand() -> Comparison:
    visitor = Visitor()
    saved = kept(visitor, FLAT)
    variant = f"{saved.public_id}~years.*.wages=x2"
    return Comparison(visitor.client, saved.public_id, variant, show="all")


def test_the_totals_are_those_worked_by_hand(by_hand: Comparison) -> None:
    rows = by_hand.rows("in-short")

    assert rows["Federal tax"] == ["$168,000", "$296,000", "+$128,000"]
    assert rows["AMT"] == ["$47,000", "$38,000", "−$9,000"]
    assert rows["AMT credit used"] == ["$27,000", "$38,000", "+$11,000"]
    assert rows["AMT credit left"] == ["$20,000", "$0", "−$20,000"]
    assert rows["AMT credit used up in"] == ["not by 2029", "2029", ""]
    worth = [sum(t / 1.1**n for n, t in enumerate(TAX[letter])) for letter in "AB"]
    more = f"+{dollars(worth[1] - worth[0])}"
    assert rows["Present value"] == [dollars(worth[0]), dollars(worth[1]), more]


def test_the_years_are_those_worked_by_hand(by_hand: Comparison) -> None:
    years = by_hand.years()

    for place, year in enumerate(range(2026, 2030)):
        a, b = TAX["A"][place], TAX["B"][place]
        assert years[year]["federal_tax"] == [dollars(a), dollars(b), f"+{dollars(b - a)}"]
        credit = [CREDIT[letter][place] for letter in "AB"]
        difference = credit[1] - credit[0]
        assert years[year]["credit_balance"] == [*map(dollars, credit), dollars(difference)]


def test_the_charts_show_the_same(by_hand: Comparison) -> None:
    sums = [sum(TAX["B"][: n + 1]) - sum(TAX["A"][: n + 1]) for n in range(4)]

    assert [cells[1] for cells in by_hand.chart("tax").values()] == [f"+{dollars(s)}" for s in sums]
    credit = by_hand.chart("credit").values()
    assert [[*cells] for cells in credit] == [
        [dollars(a), dollars(b)] for a, b in zip(CREDIT["A"], CREDIT["B"], strict=True)
    ]
    assert by_hand.chart("amt")[2026] == ["$47,000", "$38,000"]
    assert by_hand.chart("amt")[2027] == ["$0", "$0"]


def test_the_sentence_says_it_in_words(by_hand: Comparison) -> None:
    (said,) = by_hand.sentences

    assert said.startswith(
        "B pays $128,000 more federal tax than A over 2026–2029, "
        "and its credit is used up in 2029; that of A is not."
    )


def test_the_lines_that_explain_it_are_the_wages(by_hand: Comparison) -> None:
    assert "Federal tax of 2026–2029 is $296,000 instead of $168,000: $128,000 more." in (
        by_hand.text
    )
    assert "Wages, with the income of options and dispositions" in by_hand.text


PAIRS = [
    (one, other)
    for one in ("way-back", "pairing-alone", "erosion")
    for other in (each.slug for each in examples())
    if one != other
]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids="/".join)
def test_totals_and_years_are_the_calculators(one: str, other: str) -> None:
    found = Comparison(Client(), f"example:{one}", f"example:{other}", show="all")
    results = [evaluate(parse_scenario(example(slug).document)) for slug in (one, other)]

    rows, years = found.rows("in-short"), found.years()

    taxes = [dollars(float(r.totals.federal_tax)) for r in results]
    assert rows["Federal tax"][:2] == taxes
    assert rows["AMT"][:2] == [dollars(float(r.totals.amt)) for r in results]
    by_year = [{year.year: year for year in r.years} for r in results]
    for year, cells in years.items():
        for key in ("federal_tax", "amt", "credit_used", "credit_eroded", "taxable_income"):
            amounts = [float(getattr(of[year], key)) if year in of else None for of in by_year]
            texts = ["" if amount is None else dollars(amount) for amount in amounts]
            assert cells[key][:2] == texts
            if None not in amounts:
                difference = amounts[1] - amounts[0]  # type: ignore[operator]
                shown = cells[key][2].removeprefix("+")
                assert shown == ("=" if abs(difference) < 0.5 else dollars(difference))


def test_a_variants_figures_are_those_of_the_changed_document() -> None:
    change = "years.*.wages=x0.9"
    found = Comparison(Client(), "example:way-back", f"example:way-back~{change}")
    document = example("way-back").document
    changed = with_changes(document, (normal(read_change(change)),))
    taxes = [
        float(evaluate(parse_scenario(each)).totals.federal_tax) for each in (document, changed)
    ]

    assert found.rows("in-short")["Federal tax"] == [
        *map(dollars, taxes),
        dollars(taxes[1] - taxes[0]),
    ]


def test_another_baseline_turns_the_differences_around() -> None:
    two = ("example:pairing-alone", "example:pairing-paired")
    first, second = Comparison(Client(), *two), Comparison(Client(), *two, base="B")

    one, other = (each.rows("in-short")["Federal tax"] for each in (first, second))

    # The difference stands after the one that is measured.
    assert one[:2] == [other[0], other[2]]
    assert {one[2][0], other[1][0]} == {"+", "−"}
    assert one[2][1:] == other[1][1:]


def spans(first: int, count: int, **more: Any) -> dict[str, Any]:
    years = [{"year": year, "wages": 100_000} for year in range(first, first + count)]
    return FLAT | {"title": f"{first}", "years": years, "grants": [], "exercises": []} | more


def test_differences_are_of_the_years_that_both_cover() -> None:
    visitor = Visitor()
    short, long = (kept(visitor, spans(2026 + later, 3)) for later in (0, 1))

    found = Comparison(visitor.client, short.public_id, long.public_id, show="all")

    assert found.rows("in-short")["Federal tax"] == ["$111,000", "$111,000", "="]
    assert found.rows("in-short")["Present value"][2] == "other years"
    assert "B pays the same federal tax as A over 2027–2028, which both cover" in found.text
    assert found.rows("differing-inputs") == {"Years": ["2026–2028", "2027–2029"]}
    years = found.years()
    assert years[2026]["federal_tax"] == ["$37,000", "", ""]
    assert years[2029]["federal_tax"] == ["", "$37,000", ""]
    assert "not covered" in found.text
    assert found.chart("tax")[2026] == ["$0", "–"]


def test_scenarios_without_a_common_year_are_said_to_have_none() -> None:
    visitor = Visitor()
    early, late = (kept(visitor, spans(first, 2)) for first in (2026, 2040))

    found = Comparison(visitor.client, early.public_id, late.public_id)

    assert found.sentences == ["B and A have no year in common."]
    assert found.rows("in-short")["Federal tax"] == ["$74,000", "$74,000", "other years"]


def test_only_inputs_that_differ_are_listed_and_equal_years_once() -> None:
    found = Comparison(
        Client(),
        "example:way-back",
        "example:way-back~years.*.wages=x1.1~sales.s2.price=12",
        "example:way-back~law.path=sunset~sales.s3=none",
    )

    assert found.rows("differing-inputs") == {
        "Law": ["Current law"] * 2 + ["As if the 2017 tax cuts had ended (sunset)"],
        "Wages 2026–2035": ["$200,000", "$220,000", "$200,000"],
        "Sale 2, Price": ["$30", "$12", "$30"],
        "Sale 3": [
            found.rows("differing-inputs")["Sale 3"][0],
            found.rows("differing-inputs")["Sale 3"][0],
            "–",
        ],
    }


def test_the_same_scenario_twice_under_other_titles_does_not_differ() -> None:
    visitor = Visitor()
    one, other = (kept(visitor, FLAT | {"title": title}) for title in ("One", "Other"))

    found = Comparison(visitor.client, one.public_id, other.public_id)

    assert "None: they say the same." in found.text
    assert all(not rows for rows in found.years().values())
    assert "Nothing differs" in found.text


def test_rows_that_do_not_differ_are_hidden_until_asked_for() -> None:
    two = ("example:pairing-alone", "example:pairing-paired")

    few, all_rows = Comparison(Client(), *two).years(), Comparison(Client(), *two, show="all")

    for year, rows in few.items():
        assert rows.items() <= all_rows.years()[year].items()
        assert all(cells[-1] != "=" for cells in rows.values())
    assert sum(map(len, few.values())) < sum(map(len, all_rows.years().values()))


def test_the_download_has_every_figure_as_a_number() -> None:
    two = ("example:way-back", "example:way-back~law.path=sunset")
    response = Client().get(address(*two).replace("/compare/", "/compare/comparison.csv"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    changed = with_changes(example("way-back").document, (read_change("law.path=sunset"),))
    results = [evaluate(parse_scenario(d)) for d in (example("way-back").document, changed)]

    assert response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    (tax,) = [r for r in rows if (r["part"], r["figure"]) == ("total", "Federal tax")]
    assert [float(cell) for cell in [*tax.values()][3:]] == pytest.approx(
        [
            *(float(r.totals.federal_tax) for r in results),
            float(results[1].totals.federal_tax - results[0].totals.federal_tax),
        ]
    )
    (amt,) = [r for r in rows if (r["year"], r["figure"]) == ("2026", "AMT")]
    assert float([*amt.values()][3]) == pytest.approx(float(results[0].years[0].amt))


def test_the_download_runs_no_formula_of_a_title() -> None:
    visitor = Visitor()
    saved = kept(visitor, FLAT | {"title": "=1+1"})
    two = (saved.public_id, f"{saved.public_id}~law.path=sunset")

    response = visitor.client.get(address(*two).replace("/compare/", "/compare/comparison.csv"))

    cells = [
        c for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig"))) for c in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_rows_of_the_same_place_and_another_id_are_two_inputs() -> None:
    visitor = Visitor()
    base = example("way-back").document
    others = []
    for gone in (0, 1):
        sales = [sale for place, sale in enumerate(base["sales"]) if place != gone]
        sales = [sale | {"price": 40 + gone} for sale in sales]
        others.append(kept(visitor, base | {"title": f"Without {gone}", "sales": sales}))

    found = Comparison(visitor.client, "example:way-back", *[each.public_id for each in others])

    prices = [
        [e.text for e in row.elements if e.tag == "td"]
        for row in found.under("differing-inputs")
        if row.tag == "tr" and ", Price" in row.text
    ]
    assert sorted(prices) == [["$25", "–", "$41"], ["$30", "$40", "–"], ["$35", "$40", "$41"]]
