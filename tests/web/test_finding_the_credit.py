"""The finder says where the credit stands, and starts a scenario with what was found."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest

from amtweb.year_end import old_forms
from amtweb.year_end.old_forms import AMT, CREDIT, place
from calculator.law import published_years
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

PATH = "/find-my-credit/"
ANSWERS = {"paid": "yes", "first_exercise": "2019", "last_return": "2024", "filed": "yes"}


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def ask(visitor: Visitor, op: str = "look", **changes: str) -> Any:
    return visitor.client.post(PATH, ANSWERS | changes | {"op": op})


@pytest.mark.parametrize(
    ("what", "year", "line"),
    [
        (CREDIT, 2008, "31"),
        (CREDIT, 2009, "30"),
        (CREDIT, 2010, "28"),
        (CREDIT, 2012, "28"),
        (CREDIT, 2013, "26"),
        (CREDIT, 2025, "26"),
        (AMT, 2008, "36"),
        (AMT, 2010, "35"),
        (AMT, 2017, "35"),
        (AMT, 2018, "11"),
        (AMT, 2025, "11"),
    ],
)
def test_the_lines_of_old_forms(what: str, year: int, line: str) -> None:
    """As the form of the year after cites them, or the form itself."""
    assert place(what, year).line == line


@pytest.mark.parametrize(("what", "year"), [(AMT, 2009), (AMT, 2007), (CREDIT, 2007)])
def test_a_line_that_was_not_verified_is_not_claimed(what: str, year: int) -> None:
    found = place(what, year)

    assert found.line == found.source == ""
    assert "the line called" in found.words


def test_every_line_has_its_source_and_no_year_has_two() -> None:
    for form in old_forms._table().values():
        years = [y for row in form["lines"] for y in range(row["first"], row["last"] + 1)]
        assert len(years) == len(set(years))
        assert all(row["source"].strip() for row in form["lines"])


def test_it_says_on_which_line_of_the_latest_return_the_credit_stands(visitor: Visitor) -> None:
    text = ask(visitor).content.decode()

    assert "2024 Form 8801, line 26 (Credit carryforward)" in text
    assert "Form 6251, line 11 (AMT)" in text


def test_every_year_since_the_exercise_is_listed_with_its_own_lines(visitor: Visitor) -> None:
    text = ask(visitor, first_exercise="2009", last_return="2014").content.decode()

    for words in ("Form 8801, line 30", "Form 8801, line 28", "Form 8801, line 26"):
        assert words in text
    assert "Its number in 2009 is not verified here" in text


def test_it_says_that_early_years_cannot_be_modelled(visitor: Visitor) -> None:
    first = published_years()[0]

    text = ask(visitor, first_exercise="2010", last_return="2012").content.decode()

    assert f"Years before {first} cannot be modelled" in text
    assert 'value="start"' not in text


def test_a_return_from_before_the_exercise_is_refused_beside_its_field(visitor: Visitor) -> None:
    response = ask(visitor, first_exercise="2024", last_return="2019")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "from before the exercise" in response.content.decode()


@pytest.mark.parametrize("answers", [{}, {"paid": "maybe"}, {"last_return": "1066"}])
def test_answers_that_cannot_be_are_asked_again(visitor: Visitor, answers: dict[str, str]) -> None:
    response = visitor.client.post(PATH, {"op": "look"} | answers)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_what_was_found_opens_a_scenario(visitor: Visitor) -> None:
    """Form 8801 of the next year: line 21 is line 26 plus AMT less the part without credit."""
    response = ask(
        visitor,
        op="start",
        filing_status="married_filing_jointly",
        credit_carryforward="12,000",
        amt="3,000",
        exclusion_items_tax="500",
        capital_loss_long_term="1,000",
        amt_capital_loss_long_term="80k",
    )

    assert response["Location"] == "/planner/"
    fields = visitor.fields()
    assert fields["years[0].year"] == "2025"
    assert fields["household.filing_status"] == "married_filing_jointly"
    assert fields["opening.minimum_tax_credit"] == "14,500"
    assert fields["opening.capital_loss.long_term"] == "1,000"
    assert fields["opening.amt_capital_loss.long_term"] == "80,000"


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    response = ask(
        visitor, op="start", filing_status="single", credit_carryforward="much", amt="1,234"
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    text = response.content.decode()
    assert 'id="id_credit_carryforward-mistake"' in text
    assert 'value="1,234"' in text
    assert 'value="much"' in text


def test_forms_that_were_never_filed_can_be_worked_out_again(visitor: Visitor) -> None:
    response = ask(visitor, op="rebuild", filed="no")

    assert response["Location"] == "/planner/"
    fields = visitor.fields()
    years = [value for name, value in fields.items() if name.endswith("].year")]
    assert years == [str(year) for year in range(2019, 2026)]


def test_years_that_are_not_modelled_are_not_worked_out(visitor: Visitor) -> None:
    response = ask(visitor, op="rebuild", first_exercise="2010")

    assert response.status_code == HTTPStatus.OK
    assert "cannot be modelled" in response.content.decode()
