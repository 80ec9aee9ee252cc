"""The table of the ESO Fund's primer on the AMT credit, read off the site.

The primer sells 100,000 ISO shares, exercised at $1 when they were worth $6, at four prices.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.bench import Bench

SALE = 2025
TABLE = {
    # price: regular tax at sale, AMT tax at sale, credit used, credit left, final tax, cumulative
    "6": ("$100,000", "$0", "$100,000", "$40,000", "$0", "$140,000"),
    "20": ("$380,000", "$280,000", "$100,000", "$40,000", "$280,000", "$420,000"),
    "4": ("$60,000", "$0", "$60,000", "$80,000", "$0", "$140,000"),
    "0.50": ("$0", "$0", "$0", "$140,000", "$0", "$140,000"),
}
ROWS = (
    "regular_tax",
    "tentative_minimum_tax",
    "credit_used",
    "credit_balance",
    "federal_tax",
    "cumulative_tax",
)


def test_typing_the_four_sale_prices_gives_the_four_lines_of_the_table(page: Page) -> None:
    page.goto("/examples/")
    card = page.get_by_role("listitem").filter(has_text="ESO primer 1")
    card.get_by_role("heading").get_by_role("link").click()
    bench = Bench(page)
    bench.wait_for_charts()

    read = {}
    for price in ("20", "4", "0.50", "6"):
        bench.type("sales[0].price", price)
        read[price] = tuple(bench.amount(row, SALE) for row in ROWS)

    assert read == TABLE


def test_the_amt_of_the_exercise_is_where_its_credit_begins(page: Page) -> None:
    bench = Bench(page).open("/examples/eso-primer-6/")

    assert bench.amount("amt", 2023) == "$140,000"
    assert bench.amount("credit_balance", 2023) == "$140,000"
    expect(bench.headline).to_contain_text("$40,000 is still to come back")
