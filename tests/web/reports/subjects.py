"""Scenarios to report on."""

from __future__ import annotations

from typing import Any

from amtweb.exchange.subjects import Subject
from amtweb.scenarios.gallery import DEFAULT, example

HOSTILE = (
    "</script><script>x()</script>",
    "</style><img src=http://evil.example/ onerror=x()>",
    '<b>bold</b> <a href="https://evil.example">here</a>',
    "<para> & a < b",
    "{{ 7|add:7 }}{% debug %}",
    '"""\nimport os',
    "'''); x() #",
    "\u202edesrever",
)


def document(slug: str = DEFAULT, **changes: Any) -> dict[str, Any]:
    return example(slug).document | changes


def subject(of: dict[str, Any] | None = None) -> Subject:
    return Subject(of or document(), "/planner/", "Draft as of November 22, 2026")


def of_years(count: int) -> dict[str, Any]:
    """The default example, gone on with for so many years."""
    made = document()
    last = made["years"][-1]
    more = range(count - len(made["years"]))
    years = [*made["years"], *(last | {"year": last["year"] + 1 + i} for i in more)]
    last_year = years[count - 1]["year"]
    sales = [sale for sale in made["sales"] if int(sale["date"][:4]) <= last_year]
    return made | {"years": years[:count], "sales": sales}


def with_text(text: str) -> dict[str, Any]:
    """The default example with this text wherever a person can type one."""
    made = document(title=text.replace("\n", " ")[:120], notes=text)
    one_line = text.replace("\n", " ")
    grants = [grant | {"label": one_line, "id": "g"} for grant in made["grants"]]
    exercises = [exercise | {"grant": "g"} for exercise in made["exercises"]]
    holding = {"id": "h", "label": one_line, "acquired": "2015-06-01", "shares": 1, "basis": 1}
    return made | {"grants": grants, "exercises": exercises, "holdings": [holding]}
