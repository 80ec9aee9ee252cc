"""The calendar feed of the book: who gets it, what is in it, when it ends."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.test import Client

from amtweb import misses
from amtweb.audit.models import Event
from amtweb.book.lines import bring_up_to_date
from amtweb.book.models import Feed
from amtweb.firms.models import Role
from tests.web.book.households import ends_in, household
from tests.web.firms.cast import Cast, Colleague, cast

pytestmark = pytest.mark.django_db
NOBODY = "/feeds/" + "x" * 43 + "/dates.ics"


@pytest.fixture
def people() -> Cast:
    found = cast()
    found.household.delete()
    household(found.firm, "Canary ending", ends_in(20))
    household(found.other_firm, "Their ending", ends_in(20))
    bring_up_to_date(found.firm, seconds=60)
    bring_up_to_date(found.other_firm, seconds=60)
    found.advisor.confirmed()
    return found


def make(colleague: Colleague, **sent: str) -> str:
    """The address of a new feed."""
    text = colleague.client.post("/book/feeds/new/", sent).content.decode()
    (address,) = re.findall(r"http://testserver(/feeds/[\w-]{43}/dates\.ics)", text)
    return str(address)


def test_a_feed_has_the_dates_of_its_firm_and_names_only_if_asked_for(people: Cast) -> None:
    plain, named = make(people.advisor), make(people.advisor, with_names="on")

    without, with_names = (Client().get(address) for address in (plain, named))

    assert without["Content-Type"] == "text/calendar; charset=utf-8"
    assert not without.cookies
    text = without.content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Expires\r\n" in text
    assert "Canary" not in text
    assert "ISO-1" not in text
    assert people.firm.clients.get(name="Canary ending").public_id in text.replace("\r\n ", "")
    assert "SUMMARY:Canary ending: Expires: ISO-1" in with_names.content.decode()
    assert "Their ending" not in with_names.content.decode()


def test_the_address_is_shown_once_and_kept_nowhere(people: Cast) -> None:
    token = make(people.advisor).split("/")[2]

    assert token not in people.advisor.client.get("/book/feeds/").content.decode()
    assert token not in str(list(Feed.objects.values()))
    assert token not in str(list(Event.objects.values()))


def test_the_same_form_sent_twice_makes_one_feed_and_none_comes_back(people: Cast) -> None:
    first, again = make(people.advisor, seed="s"), make(people.advisor, seed="s")
    assert first == again
    feed = Feed.objects.get()
    people.advisor.client.post(f"/book/feeds/{feed.public_id}/end/")

    answer = people.advisor.client.post("/book/feeds/new/", {"seed": "s"}).content.decode()

    assert "/dates.ics" not in answer.replace("/book/dates.ics", "")
    assert Client().get(first).status_code == HTTPStatus.NOT_FOUND


def test_a_dead_feed_is_as_one_that_never_was(people: Cast) -> None:
    member, user = people.advisor.member, people.advisor.user
    ended, of_who_may_less, of_who_is_shut_out, of_who_left = (
        make(people.advisor) for _ in range(4)
    )
    unknown = Client().get(NOBODY)

    def is_dead(address: str) -> bool:
        answer = Client().get(address)
        return (answer.status_code, answer.content) == (HTTPStatus.NOT_FOUND, unknown.content)

    assert unknown.status_code == HTTPStatus.NOT_FOUND
    assert not any(map(is_dead, (ended, of_who_may_less, of_who_is_shut_out, of_who_left)))
    first = Feed.objects.earliest("pk")
    people.advisor.client.post(f"/book/feeds/{first.public_id}/end/")
    assert is_dead(ended)
    for role, dies in ((Role.ASSISTANT, True), (Role.ADVISOR, False)):
        type(member).objects.filter(pk=member.pk).update(role=role)
        assert is_dead(of_who_may_less) == dies
    for is_active in (False, True):
        type(user).objects.filter(pk=user.pk).update(is_active=is_active)
        assert is_dead(of_who_is_shut_out) != is_active
    member.delete()
    assert is_dead(of_who_left)


def test_who_guesses_addresses_is_held_off(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    address = make(people.advisor)
    monkeypatch.setattr(misses, "MOST_MISSES", 3)
    monkeypatch.setattr(misses.time, "time", lambda: 1_900_000_010.0)

    tried = [Client().get(NOBODY).status_code for _ in range(4)]

    assert tried == [404, 404, 404, 429]
    assert Client().get(address).status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_a_feed_is_made_by_who_may_take_files_away_and_has_said_who_it_is(people: Cast) -> None:
    for colleague in (people.reader, people.assistant):
        answer = colleague.client.post("/book/feeds/new/")
        assert answer.status_code == HTTPStatus.FORBIDDEN
    assert people.admin.client.post("/book/feeds/new/")["Location"].startswith("/account/")
    address = make(people.advisor)
    feed = Feed.objects.get()
    other = people.stranger.client.post(f"/book/feeds/{feed.public_id}/end/")
    assert other.status_code == HTTPStatus.NOT_FOUND
    assert Client().get(address).status_code == HTTPStatus.OK
    made = Event.objects.get(log=people.firm.public_id, act="feed_made")
    assert made.about == f"feed {feed.public_id}"


def test_the_dates_can_be_taken_away_once(people: Cast) -> None:
    response = people.advisor.client.post("/book/dates.ics")

    assert response["Content-Disposition"].startswith("attachment")
    assert "Canary ending: Expires: ISO-1" in response.content.decode()
    assert Event.objects.filter(act="dates_exported").count() == 1
