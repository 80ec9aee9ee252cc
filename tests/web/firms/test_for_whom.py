"""A firm's scenarios are for its clients, or patterns for none."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amtweb.audit.models import Event
from amtweb.firms.models import Client
from amtweb.scenarios.gallery import DEFAULT, example
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.firms.cast import Cast, cast
from tests.web.people import Person
from tests.web.reading import Page

if TYPE_CHECKING:
    from tests.web.firms.cast import Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def chosen(page: Page) -> str:
    """The client that the bench's select shows; empty for none."""
    return page.fields().get("client", "absent")


def newest(title: str) -> Scenario:
    return Scenario.objects.get(title=title)


def test_the_page_of_a_client_leads_to_a_scenario_for_them(people: Cast) -> None:
    who, household = people.assistant, people.household
    link = f"/blank/?client={household.public_id}"
    assert f'href="{link}"' in who.client.get(household.get_absolute_url()).content.decode()
    assert chosen(who.page(link)) == household.public_id
    fields = who.fields(link)

    # The choice stays with what was typed, whatever page the bench is seen on next.
    who.send(fields, htmx=True, title="First")
    assert chosen(who.page("/planner/")) == household.public_id
    who.edit(op="save")

    assert newest("First").client == household
    assert chosen(who.page("/planner/")) == ""
    page = who.client.get(household.get_absolute_url()).content.decode()
    assert "First" in page
    made = Event.objects.filter(act="scenario_made").latest("number")
    assert made.about == f"scenario {newest('First').public_id} for client {household.public_id}"


def test_without_a_client_it_is_a_pattern_and_by_oneself_nobody_asks(people: Cast) -> None:
    people.advisor.saved(title="Pattern")
    assert newest("Pattern").client is None
    assert newest("Pattern").firm == people.firm
    people.advisor.client.post("/workspaces/own/enter/")
    assert chosen(people.advisor.page("/planner/")) == "absent"
    assert chosen(Person().page("/planner/")) == "absent"


@pytest.mark.parametrize("whose", ["another firm's", "nobody's", "deleted"])
def test_a_client_who_is_not_there_saves_nothing_and_loses_nothing(
    people: Cast, whose: str
) -> None:
    who = people.advisor
    gone = Client.objects.create(firm=people.other_firm, name="Canary of B")
    public_id = {"another firm's": gone.public_id, "nobody's": "made-up"}.get(whose)
    if public_id is None:
        mine = Client.objects.create(firm=people.firm, name="Gone")
        public_id = mine.public_id
        mine.delete()
    before = Scenario.objects.count()

    for htmx in (False, True):
        refused = who.edit(htmx=htmx, op="save", title="Kestrel", client=public_id)
        assert refused.status_code == HTTPStatus.CONFLICT
        assert "is not there any more. Choose another one" in refused.content.decode()
        assert "Canary of B" not in refused.content.decode()
        assert "Kestrel" in who.client.get("/planner/").content.decode()
    page = people.scenario.get_absolute_url()
    for path in (f"{page}duplicate/", "/scenarios/new/"):
        who.client.post(path, {"client": public_id, "title": "Kestrel"})
    assert who.client.post(f"{page}client/", {"client": public_id}).status_code == 422
    assert Scenario.objects.count() == before
    assert Scenario.objects.get(pk=people.scenario.pk).client == people.household
    listed = who.client.get(f"/scenarios/?client={public_id}")
    assert listed.status_code == HTTPStatus.NOT_FOUND


def test_what_is_made_of_a_scenario_is_for_the_same_client(people: Cast) -> None:
    who, page = people.advisor, people.scenario.get_absolute_url()
    other = Client.objects.create(firm=people.firm, name="Other household")

    who.client.post(f"{page}duplicate/")
    who.client.post(f"{page}duplicate/", {"client": other.public_id})
    who.client.post(f"{page}duplicate/", {"client": ""})
    closing = who.page(f"{page}close-year/").fields("close-year")
    who.client.post(f"{page}close-year/", closing | {"op": "make"})

    made = Scenario.objects.exclude(pk=people.scenario.pk).order_by("pk")
    assert [each.client for each in made] == [people.household, other, None, people.household]


def test_an_imported_file_is_for_whom_was_said(people: Cast) -> None:
    who, household = people.advisor, people.household
    text = json.dumps(example(DEFAULT).document | {"title": "From a file"}).encode()
    assert f'value="{household.public_id}" selected' in (
        who.client.get(f"/import/?client={household.public_id}").content.decode()
    )

    file = SimpleUploadedFile("scenario.json", text, "application/json")
    who.client.post("/import/", {"document": file, "client": household.public_id})

    assert chosen(who.page("/planner/")) == household.public_id
    who.edit(op="save")
    assert newest("From a file").client == household


def test_a_scenario_moves_to_another_client_once(people: Cast) -> None:
    who, page = people.assistant, people.scenario.get_absolute_url()
    other = Client.objects.create(firm=people.firm, name="Other household")
    form = who.client.get(f"{page}client/").content.decode()
    assert f'value="{people.household.public_id}" selected' in form

    for _ in range(2):
        assert who.client.post(f"{page}client/", {"client": other.public_id})["Location"] == page
    who.client.post(f"{page}client/", {"client": ""})

    assert Scenario.objects.get(pk=people.scenario.pk).client is None
    of = f"scenario {people.scenario.public_id}"
    moves = Event.objects.filter(act="scenario_moved").order_by("number")
    assert [each.about for each in moves] == [
        f"{of} to client {other.public_id}",
        f"{of} to no client",
    ]
    assert people.reader.client.post(f"{page}client/").status_code == HTTPStatus.FORBIDDEN
    assert people.stranger.client.get(f"{page}client/").status_code == HTTPStatus.NOT_FOUND


def listed(who: Colleague, query: str = "") -> list[str]:
    (body,) = who.page(f"/scenarios/{query}").all("tbody") or [None]
    if body is None:
        return []
    content = who.client.get(f"/scenarios/{query}").context["listing"]
    return [row.scenario.title for row in content.rows]


def test_the_list_shows_finds_and_filters_by_client(people: Cast) -> None:
    who = people.advisor
    other = Client.objects.create(firm=people.firm, name="Lovelace")
    who.edit(op="save", title="Of Ada", client=other.public_id)
    who.saved(title="Pattern")

    everything = who.client.get("/scenarios/").content.decode()
    assert "Canary household" in everything
    assert "Lovelace" in everything
    assert "Pattern of the firm" in everything
    assert listed(who, "?q=lovelace") == ["Of Ada"]
    assert listed(who, f"?client={other.public_id}") == ["Of Ada"]
    assert listed(who, "?client=none") == ["Pattern"]
    assert listed(who, f"?client={people.household.public_id}&q=canary") == ["Canary plan"]
    here = {"show": "current", "client": other.public_id}
    sent = who.client.post("/scenarios/chosen/", here | {"op": "nothing"})
    assert sent["Location"] == f"/scenarios/?client={other.public_id}"
    who.client.post("/workspaces/own/enter/")
    assert who.client.get(f"/scenarios/?client={other.public_id}").status_code == HTTPStatus.OK


@pytest.mark.parametrize("path", ["/scenarios/", "/scenarios/?q=canary", "{client}", "/planner/"])
def test_pages_ask_the_same_of_many_clients_as_of_one(people: Cast, path: str) -> None:
    who = people.advisor
    address = path.format(client=people.household.get_absolute_url())

    def asked() -> int:
        who.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert who.client.get(address).status_code == HTTPStatus.OK
        return len(queries)

    before = asked()
    draft = people.scenario.draft
    for number in range(12):
        client = Client.objects.create(firm=people.firm, name=f"Canary {number}")
        client.people.create(name="Somebody")
        for of in (client, people.household):
            made = Scenario.objects.create(firm=people.firm, client=of, title="Canary", draft=draft)
            made.make_revision(draft, people.scenario.revisions.get().headline)

    assert asked() == before


def test_a_role_is_offered_nothing_that_it_would_be_refused(people: Cast) -> None:
    page, client = people.scenario.get_absolute_url(), people.household.get_absolute_url()
    paths = (page, f"{page}history/", f"{page}links/", "/scenarios/", client, "/planner/")
    shown = {
        who: "".join(who.client.get(path).content.decode() for path in paths)
        for who in (people.reader, people.assistant, people.advisor)
    }
    changes = (
        'value="save"',
        "Restore",
        f"{page}duplicate/",
        "New scenario",
        f"{page}client/",
        ">Archive<",
    )
    leads_out = (f"{page}download/", "Make a link")
    deletes = (f"{page}delete/", "Delete with all scenarios")

    assert not [each for each in changes + leads_out + deletes if each in shown[people.reader]]
    assert not [each for each in leads_out + deletes if each in shown[people.assistant]]
    assert not [each for each in changes if each not in shown[people.assistant]]
    assert not [each for each in changes + leads_out + deletes if each not in shown[people.advisor]]


def test_who_only_reads_sees_closed_fields_and_can_still_ask(people: Cast) -> None:
    page = people.scenario.get_absolute_url()
    shown = people.reader.page(page)

    title = shown.find("title")
    assert "disabled" in title.attributes
    assert "To read: you are read-only here" in people.reader.client.get(page).content.decode()
    asked = people.reader.client.post(f"{page}analyses/laws/", headers={"HX-Request": "true"})
    assert asked.status_code == HTTPStatus.OK
    on_bench = people.reader.client.get("/planner/").content.decode()
    assert "To try out, not to save: you are read-only here" in on_bench
    refused = people.reader.edit(htmx=True, op="save", title="Kestrel")
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "X-Refused" in refused


def test_who_was_shown_one_clients_scenario_is_not_shown_what_becomes_of_it_for_another(
    people: Cast,
) -> None:
    made = {"maker": people.advisor.user, "member": people.advisor.member}
    _, token = ShareLink.make(people.scenario, **made)
    other = Client.objects.create(firm=people.firm, name="Other household")
    page = f"{people.scenario.get_absolute_url()}client/"
    people.assistant.client.post(page, {"client": people.household.public_id})
    assert Person().client.get(f"/shared/{token}/").status_code == HTTPStatus.OK

    people.assistant.client.post(page, {"client": other.public_id})

    assert Person().client.get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND
    of = f"scenario {people.scenario.public_id}"
    assert [e.about for e in Event.objects.filter(act="share_revoked")] == [of]
