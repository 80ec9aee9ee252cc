from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from amtweb.accounts import upkeep
from amtweb.accounts.models import User
from amtweb.scenarios.models import EditSteps, Scenario
from tests.web.people import Person
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


def age(scenario: Scenario, **by: int) -> None:
    Scenario.objects.filter(pk=scenario.pk).update(changed_at=timezone.now() - timedelta(**by))


def end_session(visitor: Visitor) -> None:
    key = visitor.client.cookies["sessionid"].value
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.filter(session_key=key).update(expire_date=past)


def test_an_anonymous_session_lasts_thirty_days_from_its_last_change() -> None:
    Visitor().edit(title="Mine")

    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)


def test_ended_sessions_go() -> None:
    visitor = Visitor()
    visitor.edit(title="Mine")
    end_session(visitor)
    Person().signed_in()

    assert upkeep.tidy()["sessions"] == 1
    assert Session.objects.count() == 1


def test_scenarios_that_no_browser_can_open_go() -> None:
    gone, alive, somebodys = Visitor(), Visitor(), Person().signed_in()
    old = gone.saved(title="Of a browser that is gone")
    kept = [alive.saved(), somebodys.saved()]
    for scenario in (old, *kept):
        age(scenario, days=400)
    end_session(gone)

    assert upkeep.tidy()["scenarios"] == 1
    assert {*Scenario.objects.all()} == {*kept}
    assert alive.client.get(kept[0].get_absolute_url()).status_code == 200


def test_what_was_typed_in_editors_goes_with_the_session() -> None:
    gone, alive, visitor = Person("old@example.org").signed_in(), Person().signed_in(), Visitor()
    for person in (gone, alive, visitor):
        page = person.saved().get_absolute_url()
        person.edit(page, htmx=True, title="Typed")
    gone.sign_out()

    assert upkeep.tidy()["steps of editors"] == 1
    assert EditSteps.objects.count() == 2
    assert upkeep.tidy()["steps of editors"] == 0


def test_one_that_was_just_made_stays() -> None:
    visitor = Visitor()
    made = visitor.saved()
    end_session(visitor)

    upkeep.tidy()

    assert Scenario.objects.get() == made


def test_accounts_that_were_never_confirmed_go_after_a_week() -> None:
    visitor = Visitor()
    fields = {"password1": "a few words in a row"}
    visitor.client.post("/account/sign-up/", fields | {"email": "old@example.org"})
    User.objects.update(date_joined=timezone.now() - timedelta(days=8))
    Visitor().client.post("/account/sign-up/", fields | {"email": "new@example.org"})
    Person().with_account()
    User.objects.filter(email="ada@example.org").update(
        date_joined=timezone.now() - timedelta(days=8)
    )

    upkeep.tidy()

    left = set(User.objects.values_list("email", flat=True))
    assert left == {"new@example.org", "ada@example.org"}


def test_limits_that_have_run_out_go() -> None:
    cache.set("in-force", "x", timeout=60)
    with connection.cursor() as cursor:
        before = timezone.now() - timedelta(minutes=1)
        past = connection.ops.adapt_datetimefield_value(before.replace(microsecond=0))
        cursor.execute(
            "INSERT INTO cache (cache_key, value, expires) VALUES ('old', '', %s)", [past]
        )

    assert upkeep.tidy()["limits"] == 1
    assert cache.get("in-force") == "x"


def test_the_command_says_what_it_did() -> None:
    out = StringIO()
    call_command("tidy", stdout=out)

    assert out.getvalue().startswith("0 sessions, 0 scenarios")


def test_a_process_tidies_once_a_day_and_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []
    monkeypatch.setattr(upkeep, "tidy", lambda **_: turns.append(1))
    monkeypatch.setattr(upkeep.connections, "close_all", lambda: None)

    for _ in range(3):
        upkeep.once_a_day(None)
    # Another process, which knows nothing of the first but what the cache says.
    monkeypatch.setattr(upkeep, "_next_look", 0.0)
    upkeep.once_a_day(None)
    assert turns == [1]

    cache.delete("tidied")
    monkeypatch.setattr(upkeep, "_next_look", 0.0)
    upkeep.once_a_day(None)
    assert turns == [1, 1]
