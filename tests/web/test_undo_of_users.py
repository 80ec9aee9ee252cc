"""Undo in the saved scenarios of an account, for each browser on its own."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from tests.web.people import Person

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"


def wages_in(page: str, person: Person) -> str:
    return person.fields(page)[WAGES]


def test_a_user_takes_back_an_edit_of_a_saved_scenario_and_does_it_again() -> None:
    user = Person().signed_in()
    page = user.saved(title="Plan").get_absolute_url()
    before = wages_in(page, user)

    user.edit(page, htmx=True, **{WAGES: "123,456"})
    assert wages_in(page, user) == "123,456"
    user.edit(page, htmx=True, op="undo")
    assert wages_in(page, user) == before
    user.edit(page, htmx=True, op="redo")
    assert wages_in(page, user) == "123,456"


def test_another_browser_of_the_user_has_its_own_steps() -> None:
    user = Person().signed_in()
    page = user.saved(title="Plan").get_absolute_url()
    elsewhere = user.elsewhere()
    user.edit(page, htmx=True, **{WAGES: "123,456"})

    response = elsewhere.edit(page, htmx=True, op="undo")

    assert response.status_code == HTTPStatus.OK
    assert wages_in(page, user) == "123,456"


def test_after_signing_in_again_the_steps_of_before_are_not_taken_back() -> None:
    user = Person().signed_in()
    page = user.saved(title="Plan").get_absolute_url()
    user.edit(page, htmx=True, **{WAGES: "123,456"})
    user.sign_out()
    user.sign_in()

    user.edit(page, htmx=True, op="undo")

    assert wages_in(page, user) == "123,456"


def test_signing_in_keeps_the_steps_of_the_browser() -> None:
    person = Person().with_account()
    page = person.saved(title="Plan").get_absolute_url()
    before = wages_in(page, person)
    person.edit(page, htmx=True, **{WAGES: "123,456"})
    person.sign_in()

    person.edit(page, htmx=True, op="undo")

    assert wages_in(page, person) == before
