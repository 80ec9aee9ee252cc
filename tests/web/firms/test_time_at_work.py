"""How long a session may be at work in a firm."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import unquote

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from tests.web.firms.cast import Cast, Colleague, cast

pytestmark = pytest.mark.django_db

JUST = timedelta(seconds=20)
IDLE, LONGEST = settings.LONGEST_IDLE_IN_A_FIRM, settings.LONGEST_IN_A_FIRM


def age(who: Colleague, *, used: timedelta, shown: timedelta) -> None:
    """Sets back when the session was last at work, and when it showed its second step."""
    session = who.client.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    at = (timezone.now() - shown).timestamp()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [each | {"at": at} for each in records]
    session.save()
    here = UserSession.objects.filter(session_key=session.session_key)
    assert here.update(last_seen_at=timezone.now() - used)


def show_second_step(who: Colleague) -> None:
    """As if a code had just been typed."""
    request = HttpRequest()
    request.session = who.client.session
    record_authentication(request, who.user, "mfa", type="totp")
    request.session.save()


def test_the_limits_are_those_of_the_security_requirements() -> None:
    assert timedelta(minutes=60) >= IDLE
    assert timedelta(hours=12) >= LONGEST


@pytest.mark.parametrize(
    ("used", "shown", "is_open"),
    [
        (IDLE - JUST, LONGEST - JUST, True),
        (IDLE + JUST, LONGEST - JUST, False),
        (JUST, LONGEST + JUST, False),
        (IDLE + JUST, IDLE - JUST, True),
    ],
)
def test_a_firm_closes_after_an_idle_hour_and_after_twelve(
    used: timedelta, shown: timedelta, *, is_open: bool
) -> None:
    people = cast()
    age(people.advisor, used=used, shown=shown)

    response = people.advisor.client.get(people.household.get_absolute_url())

    assert response.status_code == (HTTPStatus.OK if is_open else HTTPStatus.FORBIDDEN)
    assert ("Canary household" in response.content.decode()) == is_open


def test_working_goes_on_without_end_being_near() -> None:
    people = cast()
    age(people.advisor, used=IDLE - JUST, shown=LONGEST / 2)
    people.advisor.client.get("/clients/")
    seen = UserSession.objects.get(session_key=people.advisor.client.session.session_key)
    assert timezone.now() - seen.last_seen_at < JUST


def asleep() -> Cast:
    people = cast()
    age(people.advisor, used=IDLE + JUST, shown=IDLE + JUST)
    return people


def test_nothing_typed_is_lost_or_lands_elsewhere_when_the_firm_closes() -> None:
    people = cast()
    advisor, page = people.advisor, people.scenario.get_absolute_url()
    advisor.edit(htmx=True, title="Falcon")
    fields, on_bench = advisor.fields(page), advisor.fields()
    age(advisor, used=IDLE + JUST, shown=IDLE + JUST)

    for path, sent in ((page, fields), ("/planner/", on_bench)):
        answer = advisor.send(sent, path, htmx=True, title="Kestrel", op="save")
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "nothing was saved" in unquote(answer["X-Refused"])
        plain = advisor.send(sent, path, title="Kestrel", op="save")
        assert "was not saved. It is not lost" in plain.content.decode()
    show_second_step(advisor)
    assert "Falcon" in advisor.client.get("/planner/").content.decode()
    assert advisor.send(fields, page, title="Kestrel").status_code == HTTPStatus.OK
    people.scenario.refresh_from_db()
    assert people.scenario.title == "Kestrel"


def test_a_closed_firm_is_not_entered_again_without_a_second_step() -> None:
    people = asleep()
    advisor = people.advisor

    advisor.client.post("/workspaces/own/enter/")
    response = advisor.client.post(f"/workspaces/{people.firm.public_id}/enter/")

    assert response["Location"] == "/workspaces/second-step/"
    assert advisor.client.get("/clients/")["Location"] == "/workspaces/"
    show_second_step(advisor)
    advisor.enter(people.firm)


def test_confirming_leads_back_under_another_key() -> None:
    people = cast()
    advisor, page = people.advisor, people.household.get_absolute_url()
    codes = Authenticator.objects.get(user=advisor.user, type="recovery_codes").wrap()
    age(advisor, used=IDLE + JUST, shown=IDLE + JUST)
    before = advisor.client.session.session_key
    link = f"/account/confirm/code/?next={page}"
    assert link in advisor.client.get(page).content.decode()

    response = advisor.client.post(link, {"code": codes.get_unused_codes()[0], "next": page})

    assert response["Location"] == page
    assert advisor.client.get(page).status_code == HTTPStatus.OK
    assert advisor.client.session.session_key != before
    assert not Session.objects.filter(session_key=before)


def test_entering_changes_the_key_and_the_list_of_sign_ins_knows_the_new_one() -> None:
    people = cast()
    advisor = people.advisor
    before = advisor.client.session.session_key

    advisor.enter(people.firm)

    after = advisor.client.session.session_key
    assert after != before
    assert not Session.objects.filter(session_key=before)
    assert list(
        UserSession.objects.filter(user=advisor.user).values_list("session_key", flat=True)
    ) == [after]
