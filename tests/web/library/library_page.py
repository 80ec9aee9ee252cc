"""The list of saved scenarios as somebody without a browser sees it and presses its buttons."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from amtweb.scenarios.gallery import DEFAULT, example
from amtweb.scenarios.library.making import make_scenario
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.visitors import Visitor as Asking
from tests.web.people import Person
from tests.web.reading import Element, Page
from tests.web.visitors import HTMX, Visitor

WAGES = "years[0].wages"
LIST = "/scenarios/"
NOON = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
FIGURES = {
    "amt": 1_000.0,
    "credit_left": 500.0,
    "first_year_without_credit": None,
    "federal_tax": 9_000.0,
    "credit_by_year": {"2026": 1_000.0, "2027": 500.0},
}


def kept(person: Person, title: str, **figures: float | None) -> Scenario:
    """A scenario of the person's whose one revision showed these figures."""
    document = example(DEFAULT).document | {"title": title}
    asking = Asking(person.user.pk, "")
    return make_scenario(asking, document, FIGURES | figures)


def rows(page: Page) -> list[Element]:
    return [row for body in page.all("tbody") for row in body.elements if row.tag == "tr"]


def titles(page: Page) -> list[str]:
    return [name.text for row in rows(page) for name in row.elements if name.tag == "bdi"]


def shown(visitor: Visitor, **query: str) -> list[str]:
    response = visitor.client.get(LIST, query)
    assert response.status_code == HTTPStatus.OK
    return titles(Page(response.content))


def press(visitor: Visitor, op: str, *chosen: Scenario, **fields: str) -> Any:
    """Presses a button of the list as a browser with scripts does."""
    chosen_ids = [scenario.public_id for scenario in chosen]
    data = {"op": op, "with": chosen_ids} | fields
    return visitor.client.post(f"{LIST}chosen/", data, headers=HTMX)


def words_of(response: Any) -> str:
    """What the answer of the list says, in one line."""
    return " ".join(Page(response.content).find("library-said").text.split())


def focus_of(response: Any) -> str:
    focused = [e for e in Page(response.content).elements if "autofocus" in e.attributes]
    return focused[0].attributes["id"] if focused else ""
