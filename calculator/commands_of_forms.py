"""The command that shows the forms of a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculator.command import Command
from calculator.flags import flag

if TYPE_CHECKING:
    import argparse

    from calculator.scenario import Scenario


def _worksheets(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator import evaluate
    from calculator.worksheet import dispositions, worksheets

    result = evaluate(scenario)
    years = [year.year for year in result.years] if asked.year is None else [asked.year]
    return {
        "years": [
            {
                "year": year,
                "forms": {
                    sheet.form: sheet.to_dict() for sheet in worksheets(scenario, result, year)
                },
                "dispositions": [sold.to_dict() for sold in dispositions(scenario, result, year)],
            }
            for year in years
        ]
    }


WORKSHEETS = Command(
    "worksheets",
    "Show the arithmetic: how each line of each form is made, from what, and by which rule.",
    (flag("--year", "one year; else all", type=int),),
    _worksheets,
)
