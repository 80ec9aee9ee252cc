"""What a client reads of a firm, and what nobody else does."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amtweb.firms.models import Client
from amtweb.portal.models import Comment, Copy, Publication
from amtweb.portal.publishing import publish
from amtweb.scenarios.models import Scenario
from tests.web.people import Person
from tests.web.portal.scene import SECRETS, Scene, scene

pytestmark = pytest.mark.django_db


def pages_of_client(s: Scene) -> tuple[str, ...]:
    line = f"{s.by_client}worksheets/2026/"
    return ("/advisor/", "/news/", s.by_client, line, f"{s.by_client}files/scenario.json")


def test_a_client_reads_what_is_published_and_nothing_else_of_the_firm() -> None:
    s = scene()
    advisor, scenario = s.people.advisor, s.people.scenario
    # What the firm does afterwards stays with the firm.
    advisor.edit(scenario.get_absolute_url(), title="Canary later")

    for page in pages_of_client(s):
        response = s.ada.client.get(page)
        assert response.status_code == HTTPStatus.OK
        text = response.content.decode()
        assert not [secret for secret in SECRETS if secret in text], page
        assert "advisor@example.org" not in text
    read = s.ada.client.get(s.by_client).content.decode()
    assert "Plan for Ada" in read
    assert "Read me" in read
    assert "Calculator " in read
    for others in (scenario.get_absolute_url(), "/clients/", s.by_firm):
        response = s.ada.client.get(others)
        assert response.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FOUND)


def test_another_client_of_the_same_firm_and_strangers_find_nothing() -> None:
    s = scene()
    theirs = Client.objects.create(firm=s.people.firm, name="Others")
    other, _ = s.another("other@example.org", theirs)
    outsider = Person("outsider@example.org").signed_in()

    for person in (other, outsider):
        for page in (*pages_of_client(s)[2:], f"{s.by_client}worksheets/"):
            assert person.client.get(page).status_code == HTTPStatus.NOT_FOUND
        for act in ("copy", "comment", "comments/read"):
            response = person.client.post(f"{s.by_client}{act}/", {"text": "Hello"})
            assert response.status_code == HTTPStatus.NOT_FOUND
        assert "Plan for Ada" not in person.client.get("/advisor/").content.decode()
    stranger = s.people.stranger.client
    assert stranger.get(s.by_firm).status_code == HTTPStatus.NOT_FOUND
    assert not Comment.objects.exists()


def test_what_is_withdrawn_moved_or_deleted_is_gone_with_the_next_request() -> None:
    s = scene()
    theirs = Client.objects.create(firm=s.people.firm, name="Others")
    other, _ = s.another("other@example.org", theirs)
    scenario = Scenario.objects.filter(pk=s.people.scenario.pk)

    scenario.update(client=theirs)
    for person in (s.ada, other):
        assert person.client.get(s.by_client).status_code == HTTPStatus.NOT_FOUND
    scenario.update(client=s.client)
    assert s.ada.client.get(s.by_client).status_code == HTTPStatus.OK
    s.people.advisor.client.post(f"{s.by_firm}withdraw/")
    assert s.ada.client.get(s.by_client).status_code == HTTPStatus.NOT_FOUND


def test_publishing_anew_says_what_changed_but_not_what_the_client_may_not_know() -> None:
    s = scene()
    advisor, scenario = s.people.advisor, s.people.scenario
    address = scenario.get_absolute_url()
    advisor.edit(address, notes="Canary memo", **{"years[0].wages": "123456"})
    page = f"/clients/{s.client.public_id}/publish/{scenario.public_id}/"
    shown = advisor.page(page)
    assert "$123,456" in shown.root.text
    assert "Canary memo" not in shown.root.text
    version = {"draft_version": scenario.draft_version}
    refused = advisor.client.post(page, {"words": "New figures"} | version)
    assert refused.status_code == HTTPStatus.CONFLICT

    scenario.refresh_from_db()
    fields = {"words": "New figures", "draft_version": scenario.draft_version}
    for _ in range(2):
        assert advisor.client.post(page, fields).status_code == HTTPStatus.FOUND

    read = s.ada.client.get(s.by_client).content.decode()
    assert "What changed since" in read
    assert "$123,456" in read
    assert "Canary memo" not in read
    assert s.publication.editions.count() == 2


def test_a_copy_is_the_clients_own_and_a_second_press_makes_no_second() -> None:
    s = scene()
    for _ in range(2):
        response = s.ada.client.post(f"{s.by_client}copy/", {"tab": "a page"})
    copy = Copy.objects.get()

    assert response["Location"] == copy.scenario.get_absolute_url()
    assert copy.scenario.owner == s.ada.user
    assert copy.scenario.firm is None
    assert not [secret for secret in SECRETS if secret in str(copy.scenario.draft)]
    gone = s.people.admin.client.get(copy.scenario.get_absolute_url())
    assert gone.status_code == HTTPStatus.NOT_FOUND
    assert "Propose to" in s.ada.client.get(copy.scenario.get_absolute_url()).content.decode()


def test_pages_ask_the_same_of_ten_as_of_one() -> None:
    s = scene()
    advisor = s.people.advisor
    places = ("/advisor/", "/news/", s.by_client), (f"/clients/{s.client.public_id}/", s.by_firm)

    def asked() -> list[int]:
        counts = []
        for person, pages in zip((s.ada, advisor), places, strict=True):
            for page in pages:
                with CaptureQueriesContext(connection) as queries:
                    assert person.client.get(page).status_code == HTTPStatus.OK
                counts.append(len(queries))
        return counts

    def more(number: int) -> None:
        person, _ = s.another(f"p{number}@example.org")
        scenario = advisor.saved(title=f"Plan {number}")
        scenario.client = s.client
        scenario.save()
        publish(advisor.member, s.client, scenario, "", scenario.draft_version)
        s.ada.client.post(f"{s.by_client}copy/", {"tab": str(number)})
        copied = Copy.objects.order_by("-pk")[0].scenario
        s.ada.edit(copied.get_absolute_url(), **{"years[0].wages": str(number + 5)})
        s.ada.client.post(f"/advisor/copies/{copied.public_id}/propose/", {"message": "So?"})
        for writer, at in ((s.ada, s.by_client), (advisor, s.by_firm), (person, s.by_client)):
            writer.client.post(f"{at}comment/", {"text": "Hm", "about": "2027"})

    more(0)
    # The first look is written in the log of the firm.
    asked()
    of_one = asked()
    for number in range(1, 4):
        more(number)
    assert asked() == of_one
    assert Publication.objects.count() == 5
