"""Amounts in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html_join

from amtweb.scenarios.charts.money_words import dollars

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from amtweb.scenarios.year_table import TableRow

register = template.Library()
register.filter("dollars", dollars)


@register.filter
def shares(number: float) -> str:
    """Shares, with a fraction only where there is one: ``1,234.5``."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


@register.filter
def cents(amount: float) -> str:
    """Dollars and cents: ``$12.50``."""
    return f"${amount:,.2f}"


@register.simple_tag
def year_cells(row: TableRow, selected_year: int) -> SafeString:
    """The cells of a row of the year table: a template would take most of an edit's time."""
    return format_html_join(
        "",
        '<td data-year="{}" class="{}{}">{}</td>',
        (
            (
                cell.year,
                "nothing" if cell.nothing else "",
                " selected" if cell.year == selected_year else "",
                cell.text,
            )
            for cell in row.cells
        ),
    )
