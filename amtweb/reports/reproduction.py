"""A program that computes the scenario again without the site, for whoever wants to check it."""

from __future__ import annotations

import pprint
from typing import TYPE_CHECKING

from calculator import ENGINE_VERSION

if TYPE_CHECKING:
    from amtweb.exchange.subjects import Subject

WIDTH = 100
PROGRAM = '''"""Computes a scenario of amtweb again, and prints its taxes year by year and in all.

Run it in the folder of the project, whose calculator it uses (this was version {engine}):

    .venv/bin/python {name}
"""

from calculator import evaluate, parse_scenario

DOCUMENT = {document}

FIGURES = (
    "regular_tax",
    "tentative_minimum_tax",
    "amt",
    "credit_used",
    "credit_balance",
    "federal_tax",
)

result = evaluate(parse_scenario(DOCUMENT))

print("year", *(f"{{figure:>21}}" for figure in FIGURES))
for year in result.years:
    print(year.year, *(f"{{getattr(year, figure):21,.2f}}" for figure in FIGURES))

print()
for name, amount in result.to_dict()["totals"].items():
    print(f"{{name:28}}{{amount if amount is not None else 'never':>18}}")
'''


def program_of(subject: Subject) -> bytes:
    """The program; text that a person typed stands in it only as Python's own literals."""
    document = pprint.pformat(subject.document, width=WIDTH, sort_dicts=False)
    program = PROGRAM.format(
        engine=ENGINE_VERSION, name="amtweb-reproduce.py", document=ascii_only(document)
    )
    return program.encode()


def ascii_only(literal: str) -> str:
    """The same literal without signs that could be shown in another order than they stand."""
    return literal.encode("ascii", "backslashreplace").decode("ascii")
