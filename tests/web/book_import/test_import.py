"""A book is seen before it is taken over, taken over as a whole, and can be taken back."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from amtweb.audit.models import Event
from amtweb.book_import.models import Import, Reference
from amtweb.firms.models import Client, Member, Person, Tag
from amtweb.scenarios.models import Revision, Scenario
from tests.web.book_import.books import CLIENTS, GRANTS, PAGE, fields, preview, said, take
from tests.web.firms.cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def stored() -> list[Any]:
    models = (Client, Person, Tag, Scenario, Revision, Import, Reference)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_a_preview_says_what_would_be_made_and_makes_nothing(people: Cast) -> None:
    before = stored()

    response = preview(people.advisor, clients=CLIENTS, grants=GRANTS)

    page = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert "What would be made: 2 clients, 3 people, 2 scenarios, 3 grants" in page
    assert "Ada Lovelace, 1985; William King" in page
    assert stored() == before


def test_taking_over_makes_clients_people_tags_and_scenarios(people: Cast) -> None:
    response = take(people.advisor, clients=CLIENTS, grants=GRANTS)

    source = Import.objects.get()
    assert response["Location"] == source.get_absolute_url()
    ada = Client.objects.get(name="Lovelace household")
    assert ada.firm == people.firm
    assert ada.advisor == people.advisor.member
    assert ada.notes == "Private word"
    assert [(p.name, p.born) for p in ada.people.all()] == [
        ("Ada Lovelace", 1985),
        ("William King", None),
    ]
    assert {tag.name for tag in ada.tags.all()} == {"tech", "2026"}
    (scenario,) = ada.scenarios.all()
    document = scenario.draft
    assert document["household"] == {"filing_status": "married_filing_jointly"}
    assert document["opening"] == {"minimum_tax_credit": 12_500}
    assert document["years"][0] == {"year": 2026, "wages": 250_000}
    assert [(g["kind"], g["date"], g["shares"], g["strike"]) for g in document["grants"]] == [
        ("iso", "2022-01-15", 10_000, 2.5),
        ("nso", "2024-03-01", 2_000, 7.25),
    ]
    assert scenario.revisions.get().headline["credit_left"] >= 0
    (grant,) = Client.objects.get(name="Hopper household").scenarios.get().draft["grants"]
    assert grant["date"] == "2023-01-15"
    page = people.advisor.client.get(scenario.get_absolute_url()).content.decode()
    assert "Hiring grant" in page
    event = Event.objects.get(act="book_imported")
    assert event.about == (f"import {source.public_id} 2 clients, 3 people, 2 scenarios, 3 grants")
    assert (
        "Taken over: 2 clients"
        in people.advisor.client.get(source.get_absolute_url()).content.decode()
    )


def test_all_that_is_wrong_is_said_at_once_with_its_cell(people: Cast) -> None:
    clients = CLIENTS.replace("1985", "85").replace("advisor@example.org", "stranger@example.org")
    grants = GRANTS.replace("2022-01-15", "2022-13-15").replace("hopper HOUSEHOLD", "C-9")
    grants = grants.replace("1.00", "free")
    grants += "C-1,Late,ISO,2024-01-01,100,1.00,2023-01-01\n"

    response = preview(people.advisor, clients=clients, grants=grants)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said(response) == [
        "Clients, Row 2, column D (Born 1): “85” is no year of birth: write it as 1985.",
        "Clients, Row 2, column F (Advisor): “stranger@example.org” is not a member of this firm.",
        "Grants, Row 2, column D (Granted): “2022-13-15” is no day of the calendar.",
        "Grants, Row 4, column A (Client): “C-9” is no client of these rows, and none that you"
        " have.",
        "Grants, Row 4, column F (Strike): “free” is not a price: write it as 12.50.",
        "Grants, Row 5, column G (Expires): The grant expires before the day of the grant,"
        " 2024-01-01.",
    ]
    page = response.content.decode()
    for cell in ("85", "C-9", "2022-13-15"):
        assert re.search(f'<td class="wrong" title="[^"]+"><bdi>{cell}</bdi>', page)


def test_a_problem_of_the_scenario_leads_back_to_the_cell(people: Cast) -> None:
    grants = GRANTS.replace("2032-01-14", "2021-01-14").replace("12,500", "12,500")
    exercises = """\
Client,Grant,Exercised,Shares exercised,Value that day
C-1,Hiring grant,2026-03-02,"20,000",21.40
C-2,Nothing,2026-03-02,10,21.40
"""
    clients = CLIENTS.replace("250000,2026,", "250000,1901,")

    response = preview(people.advisor, clients=clients, grants=grants, exercises=exercises)

    places = [each.split(":")[0] for each in said(response)]
    assert "Clients, Row 2, column K (First year)" in places
    assert "Grants, Row 2, column G (Expires)" in places
    assert "Exercises, Row 2, column D (Shares exercised)" in places
    assert "Exercises, Row 3, column B (Grant)" in places


WRONG_CLIENTS = """\
Reference;Client;Person 1;Born 1;Advisor;Tags;Filing status;AMT credit
C-1;First;;1980;nobody@example.org;;joined;1.234,50
C-1;;Ada;1980;;;single;
C-3;Canary household;Ada;1980;;;single;-5
"""


def test_a_wrong_file_of_clients(people: Cast) -> None:
    response = preview(people.advisor, clients=WRONG_CLIENTS)

    assert said(response) == [
        "Clients, Row 2, column C (Person 1): A name is missing beside the year of birth.",
        "Clients, Row 2, column E (Advisor): “nobody@example.org” is not a member of this firm.",
        "Clients, Row 2, column G (Filing status): “joined” is not known here: write single,"
        " married filing jointly, married filing separately, head of household or qualifying"
        " surviving spouse.",
        "Clients, Row 2, column H (AMT credit): “1.234,50” seems to have a comma where cents"
        " begin: write it with a point, as in 1,234.50.",
        "Clients, Row 3, column A (Reference): Row 2 has the same reference.",
        "Clients, Row 3, column B (Client): This is blank, and every row needs it.",
        "Clients, Row 4, column B (Client): There is a client of this name already: take this row"
        " out; other tables can name that client.",
        "Clients, Row 4, column H (AMT credit): “-5” is below 0, and this is never.",
    ]


def test_a_wrong_file_whose_cells_can_be_read(people: Cast) -> None:
    clients = """\
Reference,Client,Person 1,Born 1,Advisor
C-1,First,,1980,stranger@example.org
C-1,Second,Ada,,unknown@example.org
,Third,,,
,third,,,
C-5,canary  HOUSEHOLD,,,
"""

    response = preview(people.advisor, clients=clients)

    assert said(response) == [
        "Clients, Row 2, column C (Person 1): A name is missing beside the year of birth.",
        "Clients, Row 2, column E (Advisor): “stranger@example.org” is not a member of this firm.",
        "Clients, Row 3, column A (Reference): Row 2 has the same reference.",
        "Clients, Row 3, column E (Advisor): “unknown@example.org” is not a member of this firm.",
        "Clients, Row 4, column B (Client): 2 rows have this name: give each a reference, so that"
        " other tables can name it.",
        "Clients, Row 5, column B (Client): 2 rows have this name: give each a reference, so that"
        " other tables can name it.",
        "Clients, Row 6, column B (Client): There is a client of this name already: take this row"
        " out; other tables can name that client.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04rest", "Clients: This is a workbook (XLSX) and not a CSV file."),
        (b"", "Clients: The file is empty."),
        (b"\x00\x01\x02binary", "Clients: This file is not text, so it is no CSV file."),
        (b"Shoe size\n42\n", "Clients: No row names the columns."),
        (b"Client\n", "Clients: There is no row below the headings."),
        (b'Client\n"open\n', "Clients: After row 1 there is a quotation mark too many"),
    ],
)
def test_a_file_that_is_no_table_is_refused(people: Cast, content: bytes, sentence: str) -> None:
    file = SimpleUploadedFile("clients.csv", content)

    response = people.advisor.client.post(PAGE, {"file-clients": file})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.content.decode()
    assert "Nothing was taken over." in response.content.decode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_files_are_read_in_every_encoding_and_with_semicolons(people: Cast, encoding: str) -> None:
    text = "Client;Person 1\r\nMüller household;'=1+1\r\n"
    file = SimpleUploadedFile("clients.csv", text.encode(encoding))

    response = people.advisor.client.post(PAGE, {"file-clients": file})

    page = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert "Müller household" in page
    assert "<bdi>=1+1</bdi>" in page


def test_what_looks_like_a_formula_or_markup_stays_text(people: Cast) -> None:
    take(people.advisor, clients="Client,Notes\n<script>alert(1)</script>,=HYPERLINK(1)\n")

    made = Client.objects.get(firm=people.firm, name="<script>alert(1)</script>")
    assert made.notes == "=HYPERLINK(1)"
    page = people.advisor.client.get(made.get_absolute_url()).content.decode()
    assert "<script>alert" not in page


def test_a_repeated_click_takes_over_once(people: Cast) -> None:
    sends = fields(people.advisor, clients=CLIENTS, grants=GRANTS)

    answers = [people.advisor.client.post(PAGE, sends) for _ in range(3)]

    assert {answer["Location"] for answer in answers} == {Import.objects.get().get_absolute_url()}
    assert Client.objects.filter(name="Lovelace household").count() == 1


def test_nothing_of_it_is_kept_if_its_last_part_fails(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends = fields(people.advisor, clients=CLIENTS, grants=GRANTS)
    before = stored()
    events = Event.objects.count()

    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("amtweb.book_import.taking.note", fail)
    with pytest.raises(ZeroDivisionError):
        people.advisor.client.post(PAGE, sends)
    assert stored() == before
    assert Event.objects.count() == events
    monkeypatch.undo()

    assert people.advisor.client.post(PAGE, sends).status_code == HTTPStatus.FOUND
    assert Client.objects.filter(name="Lovelace household").count() == 1


def test_what_changed_since_the_preview_is_shown_again(people: Cast) -> None:
    sends = fields(people.advisor, clients=CLIENTS)
    other = people.advisor.client.post(
        PAGE, sends | {"text-clients": CLIENTS + "C-3,New,,,,,,,,,,\n"}
    )
    assert other.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "press the button once more" in other.content.decode()
    Client.objects.create(firm=people.firm, name="Lovelace household")

    response = people.advisor.client.post(PAGE, sends)

    assert response.status_code == HTTPStatus.CONFLICT
    assert not Import.objects.exists()


def test_grants_can_go_to_clients_that_are_there(people: Cast) -> None:
    take(people.advisor, clients=CLIENTS)
    grants = GRANTS + f"{people.household.public_id},Third,ISO,2023-01-15,500,1.00,\n"

    response = take(people.advisor, grants=grants)

    assert response.status_code == HTTPStatus.FOUND
    ada = Reference.objects.get(name="C-1").client
    assert [len(each.draft.get("grants", [])) for each in ada.scenarios.order_by("pk")] == [0, 2]
    assert people.household.scenarios.count() == 2
    assert Client.objects.filter(firm=people.firm).count() == 3


def test_a_name_that_two_clients_have_says_nothing(people: Cast) -> None:
    for _ in range(2):
        Client.objects.create(firm=people.firm, name="Twin")
    grant = "Client,Name,Kind,Granted,Shares granted,Strike\nTwin,A,ISO,2023-01-15,500,1.00\n"

    assert said(preview(people.advisor, grants=grant)) == [
        "Grants, Row 2, column A (Client): “Twin” is the name of 2 clients: write the reference of"
        " the one you mean."
    ]


def test_clients_named_like_others_are_taken_on_only_if_that_is_said(people: Cast) -> None:
    text = "Client\nCanary household\n"
    assert preview(people.advisor, clients=text).status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    response = people.advisor.client.post(PAGE, {"text-clients": text, "same_names": "on"})

    assert response.status_code == HTTPStatus.OK
    assert "What would be made: 1 client, 1 scenario" in response.content.decode()


def test_taking_back_removes_what_nobody_changed(people: Cast) -> None:
    before = stored()
    take(people.advisor, clients=CLIENTS, grants=GRANTS)
    source = Import.objects.get()

    for _ in range(2):
        people.advisor.client.post(f"{source.get_absolute_url()}undo/")

    after = stored()
    assert after[:5] == before[:5]
    assert Event.objects.filter(act="book_import_undone").count() == 1
    source.refresh_from_db()
    assert source.left == 0
    assert "Taken back" in people.advisor.client.get(source.get_absolute_url()).content.decode()


def test_taking_back_leaves_what_was_changed_or_is_used(people: Cast) -> None:
    third = "C-3,Third household,,,,,,,,,,\n"
    take(people.advisor, clients=CLIENTS + third, grants=GRANTS)
    source = Import.objects.get()
    ada = Client.objects.get(name="Lovelace household")
    people.advisor.client.post(f"{ada.get_absolute_url()}edit/", {"name": ada.name, "notes": "x"})
    scenario = Client.objects.get(name="Hopper household").scenarios.get()
    people.advisor.edit(scenario.get_absolute_url(), title="Touched")

    people.advisor.client.post(f"{source.get_absolute_url()}undo/")

    names = set(Client.objects.filter(firm=people.firm).values_list("name", flat=True))
    assert names == {"Canary household", "Lovelace household", "Hopper household"}
    assert Scenario.objects.filter(firm=people.firm).count() == 3
    source.refresh_from_db()
    assert source.left == 2


def test_what_belongs_to_another_firm_is_not_there(people: Cast) -> None:
    theirs = Client.objects.create(firm=people.other_firm, name="Canary of another firm")
    grants = "Client,Name,Kind,Granted,Shares granted,Strike\n{},A,ISO,2023-01-15,500,1.00\n"
    unknown = said(preview(people.advisor, grants=grants.format("No such client")))

    for name in (theirs.name, theirs.public_id):
        answer = said(preview(people.advisor, grants=grants.format(name)))
        assert answer == [unknown[0].replace("No such client", name)]
    take(people.advisor, clients=CLIENTS)
    page = Import.objects.get().get_absolute_url()
    assert people.stranger.client.get(page).status_code == HTTPStatus.NOT_FOUND
    assert people.stranger.client.post(f"{page}undo/").status_code == HTTPStatus.NOT_FOUND
    assert Import.objects.get().undone_at is None


@pytest.mark.parametrize("role", ["reader", "assistant"])
def test_who_may_not_import_does_not(people: Cast, role: str) -> None:
    colleague = getattr(people, role)
    before = stored()

    assert colleague.client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
    assert preview(colleague, clients=CLIENTS).status_code == HTTPStatus.FORBIDDEN

    assert stored() == before


def test_what_is_too_much_is_refused_with_the_limit(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "Client\n" + "".join(f"Client {n}\n" for n in range(2_501))
    response = preview(people.advisor, clients=rows)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Clients: There are more than 2,500 rows" in response.content.decode()
    large = preview(people.advisor, clients="Client,Notes\n" + f"x,{'y' * 9_000}\n" * 120)
    assert large.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "larger than 1 MB together" in large.content.decode()
    monkeypatch.setattr("amtweb.scenarios.quotas.IN_A_FIRM", 2)
    sends = fields(people.advisor, clients=CLIENTS)
    before = stored()

    full = people.advisor.client.post(PAGE, sends)

    assert full.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Your firm keeps up to 2 saved scenarios" in full.content.decode()
    assert stored() == before


def test_every_template_can_be_taken_over_as_it_is(people: Cast) -> None:
    slugs = ("clients", "grants", "vestings", "exercises", "holdings", "sales")
    texts = {
        slug: people.advisor.client.get(f"{PAGE}tables/{slug}.csv").content.decode("utf-8-sig")
        for slug in slugs
    }
    response = take(people.advisor, **texts)

    assert response.status_code == HTTPStatus.FOUND
    document = Scenario.objects.get(firm=people.firm, client__name="Lovelace household").draft
    assert {kind for kind in slugs[1:] if len(document[kind]) == 1} == set(slugs[1:])
    assert people.advisor.client.get(f"{PAGE}tables/other.csv").status_code == 404


def test_archived_clients_are_not_meant(people: Cast) -> None:
    people.household.archived_at = timezone.now()
    people.household.save()
    text = "Client\nCanary household\n"

    assert preview(people.advisor, clients=text).status_code == HTTPStatus.OK


def test_a_member_who_left_is_no_advisor(people: Cast) -> None:
    Member.objects.filter(pk=people.assistant.member.pk).delete()
    text = "Client,Advisor\nNew,assistant@example.org\n"

    assert "is not a member of this firm" in said(preview(people.advisor, clients=text))[0]


def test_an_import_says_nothing_of_a_client_that_has_left(people: Cast) -> None:
    take(people.advisor, clients=CLIENTS, grants=GRANTS)
    source = Import.objects.get()
    Client.objects.filter(name="Lovelace household").update(closed_at=timezone.now())

    page = people.advisor.client.get(source.get_absolute_url()).content.decode()

    assert "Lovelace" not in page
    assert "Hopper household" in page


@pytest.mark.parametrize("gone", ["closed_at", "archived_at"])
def test_the_reference_of_a_client_that_is_gone_can_be_given_anew(people: Cast, gone: str) -> None:
    take(people.advisor, clients=CLIENTS)
    before = Client.objects.get(name="Lovelace household")
    Client.objects.filter(pk=before.pk).update(**{gone: timezone.now()})

    only_ada = CLIENTS.partition("C-2")[0]
    assert take(people.advisor, clients=only_ada).status_code == HTTPStatus.FOUND

    assert Reference.objects.get(name="C-1").client_id != before.pk
