from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client

from amtweb.scenarios.models import Scenario
from tests.web.people import PASSWORD, Person, code_in_mail, code_of_app
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


def titles(visitor: Visitor) -> str:
    return visitor.page("/scenarios/").find("main").text


def test_what_a_browser_made_is_the_accounts_from_signing_up_on() -> None:
    visitor = Visitor()
    made = visitor.saved(title="Made before")
    visitor.client.post("/account/sign-up/", {"email": "ada@example.org", "password1": PASSWORD})
    visitor.client.post("/account/confirm-address/", {"code": code_in_mail()})

    made.refresh_from_db()
    assert made.owner is not None
    assert made.owner.email == "ada@example.org"
    assert made.visitor == ""
    assert "Made before" in titles(visitor)
    elsewhere = Person()
    elsewhere.sign_in()
    assert "Made before" in titles(elsewhere)


def test_so_it_is_from_signing_in_on() -> None:
    person = Person().with_account()
    made = person.saved()
    person.sign_in()

    made.refresh_from_db()
    assert made.owner == person.user


def test_a_password_without_the_second_step_claims_nothing() -> None:
    person = Person().with_account()
    secret = person.with_app()
    made = person.saved()
    person.sign_in()
    made.refresh_from_db()
    assert made.owner is None

    person.client.post("/account/sign-in/second-step/", {"code": code_of_app(secret)})
    made.refresh_from_db()
    assert made.owner == person.user


def test_what_another_browser_made_stays_its_own() -> None:
    others = Visitor().saved(title="Of another")
    person = Person().with_account()
    person.saved()
    for changes in ({"visitor": others.visitor}, {"scenario": others.public_id}):
        person.sign_in(**changes)
        person.sign_out()

    others.refresh_from_db()
    assert others.owner is None
    assert "Of another" not in titles(person)
    assert person.client.get(others.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_what_is_somebodys_is_not_claimed_by_who_signs_in_after_them() -> None:
    ada, eve = Person().signed_in(), Person("eve@example.org").with_account()
    of_ada = ada.saved(title="Of Ada")
    ada.sign_out()
    eve.client = ada.client
    eve.sign_in()

    of_ada.refresh_from_db()
    assert of_ada.owner == ada.user
    assert "Of Ada" not in titles(eve)


def test_the_work_on_the_bench_comes_along() -> None:
    person = Person().with_account()
    person.edit(title="On the bench", **{"years[0].wages": "345,678"})
    person.sign_in()

    assert person.fields()["title"] == "On the bench"
    assert person.fields()["years[0].wages"] == "345,678"


def test_it_is_gone_after_signing_out() -> None:
    person = Person().signed_in()
    saved = person.saved(title="Of Ada")
    person.edit(title="On the bench")
    person.sign_out()

    assert person.fields()["title"] != "On the bench"
    assert "Of Ada" not in titles(person)
    assert person.client.get(saved.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_whoever_is_signed_in_is_not_replaced_unasked() -> None:
    ada, eve = Person().signed_in(), Person("eve@example.org").with_account()
    eve.client = ada.client
    eve.sign_in()

    assert "ada@example.org" in ada.page("/account/").find("main").text


def test_the_work_of_one_user_is_not_shown_to_the_next_in_the_same_browser() -> None:
    """Whose session had ended without their signing out, as by a password changed elsewhere."""
    ada, eve = Person().signed_in(), Person("eve@example.org").with_account()
    ada.edit(title="Of Ada")
    ada.user.set_password("other words in a row")
    ada.user.save()
    eve.client = ada.client
    eve.sign_in()

    assert "eve@example.org" in eve.page("/account/").find("main").text
    assert eve.fields()["title"] != "Of Ada"


def test_a_users_scenarios_are_not_the_browsers() -> None:
    person = Person().signed_in()
    made = person.saved()

    assert made.owner == person.user
    assert made.visitor == ""
    assert "visitor" not in person.client.session


def test_nobody_elses_account_opens_a_users_scenario() -> None:
    made = Person().signed_in().saved(title="Of Ada")
    eve = Person("eve@example.org").signed_in()

    for client in (eve.client, Client()):
        absent = client.get("/scenarios/there-is-none-of-this/")
        foreign = client.get(made.get_absolute_url())
        assert foreign.status_code == absent.status_code == HTTPStatus.NOT_FOUND
        assert foreign.content == absent.content
    assert Scenario.objects.count() == 1
    assert mail.outbox == []
