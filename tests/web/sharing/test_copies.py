"""A copy is the visitor's own, holds what the link shows, and destroys nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from amtweb.accounts.models import User
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.reading import Page
from tests.web.sharing.links import made
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"
AT_ONCE = 8


def key_of(reader: Visitor, token: str) -> str:
    (key,) = (
        e.attributes["value"]
        for e in reader.page(f"/shared/{token}/copy/").all("input")
        if e.attributes.get("name") == "tab"
    )
    return key


def copied(reader: Visitor, token: str) -> Scenario:
    """The scenario that a reader gets who says yes."""
    fields = {"tab": key_of(reader, token)}
    response = reader.client.post(f"/shared/{token}/copy/", fields)
    assert response.status_code == HTTPStatus.FOUND
    return Scenario.objects.get(public_id=response["Location"].split("/")[2])


def test_is_a_scenario_of_the_readers_own(saved: Scenario, copyable: str) -> None:
    reader = Visitor()
    before = Scenario.objects.filter(pk=saved.pk).values().get()

    copy = copied(reader, copyable)

    assert reader.fields(copy.get_absolute_url())["title"] == "Shared by Ana"
    assert copy.public_id != saved.public_id
    assert copy.visitor != saved.visitor
    assert copy.owner is None
    assert copy.revisions.count() == 1
    assert not ShareLink.objects.filter(scenario=copy).exists()
    reader.edit(copy.get_absolute_url(), htmx=True, **{WAGES: "1"})
    assert Scenario.objects.filter(pk=saved.pk).values().get() == before
    assert Visitor().client.get(copy.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_carries_what_the_link_shows_and_no_more(
    owner: Visitor, saved: Scenario, copyable: str
) -> None:
    for number in range(3):
        owner.edit(saved.get_absolute_url(), op="save", **{WAGES: str(number)})

    copy = copied(Visitor(), copyable)

    kept = {k: v for k, v in copy.draft.items() if v and k != "notes"}
    shared = saved.revisions.get(number=1).document
    assert "notes" not in copy.draft
    assert "Private" not in str(Scenario.objects.filter(pk=copy.pk).values().get())
    for kind in ("grants", "exercises", "holdings", "sales"):
        before, after = shared.get(kind, []), kept.pop(kind, [])
        assert len(after) == len(before)
    assert kept["years"] == shared["years"]
    assert kept["title"] == shared["title"]


def test_of_a_copy_is_a_copy_too(copyable: str) -> None:
    reader, third = Visitor(), Visitor()
    again = made(reader, copied(reader, copyable), may_copy="on")

    copy = copied(third, again)

    assert copy.title == "Shared by Ana"
    assert "Private" not in str(copy.draft)


def test_leaves_alone_what_the_reader_works_on(copyable: str) -> None:
    reader = Visitor()
    reader.edit(htmx=True, title="Mine")
    reader.edit(htmx=True, op="add:grants")
    before = reader.page().buttons()

    copied(reader, copyable)

    assert reader.fields()["title"] == "Mine"
    assert reader.page().buttons() == before


def test_belongs_to_the_account_of_who_is_signed_in(copyable: str) -> None:
    reader = Visitor()
    user = User.objects.create_user("reader@example.org")
    reader.client.force_login(user)

    copy = copied(reader, copyable)

    assert copy.owner == user
    assert reader.page(copy.get_absolute_url())


def test_is_made_once_by_a_form_that_is_sent_twice(copyable: str) -> None:
    reader = Visitor()
    reader.saved()
    fields = {"tab": key_of(reader, copyable)}

    answers = {
        reader.client.post(f"/shared/{copyable}/copy/", fields)["Location"] for _ in range(3)
    }

    assert len(answers) == 1
    assert Scenario.objects.filter(title="Shared by Ana").count() == 2
    copied(reader, copyable)
    assert Scenario.objects.filter(title="Shared by Ana").count() == 3


def test_with_the_key_of_another_is_not_the_others(copyable: str) -> None:
    one, other = Visitor(), Visitor()
    fields = {"tab": key_of(one, copyable)}

    places = {
        reader.client.post(f"/shared/{copyable}/copy/", fields)["Location"]
        for reader in (one, other)
    }

    assert len(places) == 2


@pytest.mark.django_db(transaction=True)
def test_is_made_once_by_a_form_that_is_sent_many_times_at_once(copyable: str) -> None:
    reader = Visitor()
    reader.saved()
    fields = {"tab": key_of(reader, copyable)}
    start = Barrier(AT_ONCE)

    def post(_: int) -> str:
        client = Client()
        client.cookies = reader.client.cookies
        start.wait()
        try:
            return client.post(f"/shared/{copyable}/copy/", fields)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        places = set(threads.map(post, range(AT_ONCE)))

    assert len(places) == 1
    assert Scenario.objects.filter(title="Shared by Ana").count() == 2


def test_asks_first(copyable: str) -> None:
    reader = Visitor()
    before = Scenario.objects.count()

    page = reader.page(f"/shared/{copyable}/copy/")

    assert page.all("form")
    assert "Shared by Ana" in page.root.text
    assert Scenario.objects.count() == before


def test_as_a_file_reads_back_in_as_the_same(copyable: str) -> None:
    reader = Visitor()
    answer: Any = reader.client.get(f"/shared/{copyable}/scenario.json")

    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="amtweb-shared-scenario.json"'
    document = json.loads(answer.content)
    assert "notes" not in document
    assert document == copied(reader, copyable).draft


def test_page_is_the_question_alone(copyable: str) -> None:
    page = Page(Client().get(f"/shared/{copyable}/copy/").content)

    (form,) = (f for f in page.all("form") if f.attributes.get("method") == "post")
    assert form.attributes["action"] == f"/shared/{copyable}/copy/"
