from __future__ import annotations

from itertools import accumulate

import pytest

from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.gallery import Example, examples
from amtweb.scenarios.headline import headline
from amtweb.scenarios.year_table import TableRow, year_table
from calculator import evaluate, parse_scenario

EXAMPLES = [pytest.param(each, id=each.slug) for each in examples()]


@pytest.mark.parametrize("told", EXAMPLES)
def test_every_row_has_a_cell_for_every_year_of_the_result(told: Example) -> None:
    result = evaluate(parse_scenario(told.document))
    table = year_table(result)
    years = [year.year for year in result.years]

    rows = [row for group in table.groups for row in group.rows]
    assert [column.year for column in table.columns] == years
    assert [column.law for column in table.columns] == [year.law for year in result.years]
    assert all([cell.year for cell in row.cells] == years for row in rows)
    assert len({row.key for row in rows}) == len(rows)


@pytest.mark.parametrize("told", EXAMPLES)
def test_an_amount_is_the_years_amount(told: Example) -> None:
    result = evaluate(parse_scenario(told.document))
    rows = {row.key: row for group in year_table(result).groups for row in group.rows}

    for key, row in rows.items():
        for cell, year in zip(row.cells, result.years, strict=True):
            if key == "cumulative_tax":
                continue
            amount = getattr(year, key)
            if key.endswith("capital_loss_carryforward"):
                amount = amount.short_term + amount.long_term
            assert cell.text == dollars(amount), (key, year.year)
            assert cell.nothing == (abs(amount) < 0.5)


@pytest.mark.parametrize("told", EXAMPLES)
def test_the_cumulative_tax_is_of_the_years_so_far(told: Example) -> None:
    result = evaluate(parse_scenario(told.document))
    row = row_of(told, "cumulative_tax")

    sums = accumulate(year.federal_tax for year in result.years)
    assert [cell.text for cell in row.cells] == [dollars(total) for total in sums]
    assert row.cells[-1].text == dollars(float(result.totals.federal_tax))


@pytest.mark.parametrize("told", EXAMPLES)
def test_what_follows_the_selected_year_is_a_row(told: Example) -> None:
    result = evaluate(parse_scenario(told.document))
    cells = {
        (row.key, cell.year): cell.text
        for group in year_table(result).groups
        for row in group.rows
        for cell in row.cells
    }

    for year in result.years:
        for figure in headline(result, year).figures:
            if figure.key:
                assert cells[figure.key, year.year] == figure.text


def row_of(told: Example, key: str) -> TableRow:
    table = year_table(evaluate(parse_scenario(told.document)))
    (row,) = (row for group in table.groups for row in group.rows if row.key == key)
    return row
