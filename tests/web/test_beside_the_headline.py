"""What the planner says where nothing is entered yet, and where credit is left at the end."""

from __future__ import annotations

import re

import pytest

from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def test_a_blank_says_what_to_enter_first_and_nothing_about_amt(visitor: Visitor) -> None:
    blank = visitor.page("/blank/")

    assert (
        blank.find("headline").text.strip().startswith("Enter wages and a grant to see your AMT.")
    )
    assert "No AMT" not in blank.find("headline").text
    assert len([name for name in blank.fields() if name.endswith(".wages")]) == 10
    answer = Page(visitor.send(blank.fields(), htmx=True, **{"years[0].wages": "1"}).content)
    assert answer.find("headline").text.strip().startswith("No AMT is due")


def test_an_example_is_called_one_until_the_first_edit(visitor: Visitor) -> None:
    def notes(page: Page) -> list[str]:
        return [e.text for e in page.elements if e.attributes.get("class") == "begun-from"]

    (note,) = notes(visitor.page())
    assert note.startswith("Example: An ISO exercise and its way back")
    visitor.edit(title="Mine")
    assert notes(visitor.page()) == []


def test_years_are_added_up_to_where_the_credit_is_back(visitor: Visitor) -> None:
    blank = visitor.fields("/blank/")
    wages = {name: "200,000" for name in blank if name.endswith(".wages")}
    fields = blank | wages | {"opening.minimum_tax_credit": "100,000"}

    def last_button(page: Page) -> str:
        return next(op for op in page.buttons() if op.startswith("add:years:"))

    answer = Page(visitor.send(fields, htmx=True).content)
    sentence = next(e.text for e in answer.find("headline").elements if "later years" in e.text)
    until = re.findall(r"all of it is back by (\d{4})\.", sentence)[0]

    longer = Page(visitor.send(fields, htmx=True, op=last_button(answer)).content)

    assert f"all of it comes back by {until}." in longer.find("headline").text
    assert not [op for op in longer.buttons() if op.startswith("add:years:")]
