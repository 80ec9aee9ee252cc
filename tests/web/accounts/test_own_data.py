"""That a user gets everything that is stored of them, and that nothing stays when they go."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.db.models import CASCADE, ForeignKey, Model

from amtweb.accounts.export import tables_of
from amtweb.accounts.models import User
from amtweb.accounts.upkeep import tidy, truncate_log
from amtweb.firms.models import Client, Firm, Member
from amtweb.portal.models import Link
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from calculator.document import parse_scenario
from tests.web.people import Person
from tests.web.tables import stored

CANARIES = {
    "title": "Kanarienvogel",
    "years[0].wages": "987,654",
    "notes": "Zeisig",
}
ADDRESS = "stieglitz@example.org"


def person_with_everything() -> tuple[Person, str]:
    """A user of every part of the site, and the token of their link."""
    person = Person(ADDRESS)
    person.edit(title="Girlitz made before signing in")
    person.with_account()
    saved = person.saved(**CANARIES)
    person.sign_in()
    person.confirmed()
    person.elsewhere()
    person.with_app()
    # In a third browser the second step is still to come.
    Person(ADDRESS).sign_in()
    data = {"name": "Gimpel", "credential": {}}
    Authenticator.objects.create(user=person.user, type="webauthn", data=data)
    person.edit(saved.get_absolute_url(), op="save", title="Kanarienvogel again")
    person.edit(title="Girlitz on the bench")
    _, token = ShareLink.make(saved, revision=saved.revisions.first())
    return person, token


def export(person: Person) -> zipfile.ZipFile:
    response = person.client.post("/account/export/")
    assert response.status_code == HTTPStatus.OK
    assert response["Content-Disposition"].startswith('attachment; filename="amtweb-')
    return zipfile.ZipFile(io.BytesIO(response.content))


def linked_to_users() -> set[str]:
    """The tables whose rows go with a user, however far away, by the foreign keys.

    Of a firm, a user has the membership and nothing that hangs on it.
    """
    linked: set[type[Model]] = {User}
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.get_fields()
            if isinstance(field, ForeignKey)
            and field.related_model in linked - {Member}
            and field.remote_field.on_delete is CASCADE
        }
        if more <= linked:
            return {model._meta.label for model in linked}
        linked |= more


@pytest.mark.django_db
def test_the_export_covers_every_table_that_hangs_on_a_user() -> None:
    person, _ = person_with_everything()
    firm = Firm.objects.create(name="Advisors")
    household = Client.objects.create(firm=firm, name="Household")
    Link.objects.create(client=household, user=person.user)
    with export(person) as packed:
        tables = json.loads(packed.read("account.json"))["tables"]

    # Confirmations by link, which this site does not use, hang on an address.
    assert linked_to_users() - set(tables) == set()


@pytest.mark.django_db
def test_the_export_holds_everything_that_one_made() -> None:
    person, _ = person_with_everything()
    with export(person) as packed:
        stored_rows = json.loads(packed.read("account.json"))["tables"]
        (name,) = [n for n in packed.namelist() if n.startswith("scenarios/")]
        scenario = json.loads(packed.read(name))
        bench = json.loads(packed.read("working-copy.json"))

    parse_scenario(scenario)
    assert scenario["title"] == "Kanarienvogel again"
    assert bench["title"] == "Girlitz on the bench"
    assert [row["document"]["title"] for row in stored_rows["scenarios.Revision"]] == [
        "Kanarienvogel again",
        "Kanarienvogel",
    ]
    assert stored_rows["account.EmailAddress"][0]["email"] == ADDRESS
    assert len(stored_rows["usersessions.UserSession"]) == 2
    assert "Gimpel" in json.dumps(stored_rows["mfa.Authenticator"])
    assert stored_rows["sharing.ShareLink"]


@pytest.mark.django_db
def test_the_export_opens_nothing() -> None:
    person, token = person_with_everything()
    with export(person) as packed:
        text = "".join(packed.read(name).decode() for name in packed.namelist())

    secrets = [token, ShareLink.objects.get().token_digest, person.user.password]
    secrets += Session.objects.values_list("session_key", flat=True)
    secrets += [str(each.data["secret"]) for each in Authenticator.objects.filter(type="totp")]
    assert not [secret for secret in secrets if secret in text]


@pytest.mark.django_db
def test_the_export_holds_nothing_of_others() -> None:
    Person("eve@example.org").signed_in().saved(title="Of Eve")
    person, _ = person_with_everything()
    person.user.groups.add(Group.objects.create(name="A group"))
    with export(person) as packed:
        text = "".join(packed.read(name).decode() for name in packed.namelist())

    assert "Of Eve" not in text
    assert "eve@example.org" not in text


@pytest.mark.django_db
def test_what_is_exported_is_what_a_deletion_takes() -> None:
    person, _ = person_with_everything()
    exported = {model._meta.label: len(rows) for model, rows in tables_of(person.user).items()}

    _, deleted = User.objects.get().delete()

    assert {label: n for label, n in exported.items() if n} == deleted


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "delete", "ada@example.org", ADDRESS + "x"])
def test_without_the_address_nothing_is_deleted(typed: str) -> None:
    person, _ = person_with_everything()
    before = stored()

    response = person.client.post("/account/delete/", {"address": typed})

    assert response.status_code == 422
    assert b"not the address of this account" in response.content
    assert stored() == before


@pytest.mark.django_db
def test_the_address_may_be_typed_in_capitals_and_the_owner_is_told() -> None:
    person, _ = person_with_everything()

    response = person.client.post("/account/delete/", {"address": f" {ADDRESS.upper()} "})

    assert response["Location"] == "/account/sign-in/?said=deleted"
    assert response["Clear-Site-Data"]
    assert not person.is_signed_in()
    assert not Session.objects.exists()
    assert mail.outbox[-1].to == [ADDRESS]
    assert person.sign_in().status_code == 422


@pytest.mark.django_db
def test_others_keep_theirs() -> None:
    eve = Person("eve@example.org").signed_in()
    hers = eve.saved()
    person, _ = person_with_everything()
    person.client.post("/account/delete/", {"address": ADDRESS})

    assert eve.is_signed_in()
    assert [*Scenario.objects.all()] == [hers]
    assert [*EmailAddress.objects.values_list("email", flat=True)] == ["eve@example.org"]


def files_of_sqlite() -> bytes:
    beside = Path(settings.DATABASES["default"]["NAME"])
    return b"".join(path.read_bytes() for path in beside.parent.glob(f"{beside.name}*"))


def dump_of_postgres() -> bytes:
    database: dict[str, Any] = connection.settings_dict
    (program, *_) = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"), reverse=True)
    place = {"PGHOST": database["HOST"], "PGUSER": database["USER"], "PGPORT": database["PORT"]}
    return subprocess.run(
        [str(program), "--dbname", database["NAME"]],
        env={**os.environ, **{name: value for name, value in place.items() if value}},
        capture_output=True,
        check=True,
    ).stdout


@pytest.mark.django_db(transaction=True)
def test_after_a_deletion_the_database_holds_no_trace() -> None:
    read = files_of_sqlite if connection.vendor == "sqlite" else dump_of_postgres
    person, _ = person_with_everything()
    words = [b"Kanarienvogel", b"Zeisig", b"Gimpel", b"stieglitz"]
    truncate_log()
    # The sessions are compressed; of them the keys tell.
    words += [key.encode() for key in Session.objects.values_list("session_key", flat=True)]
    assert [word for word in words if word not in read()] == [], "the test would see them"

    person.client.post("/account/delete/", {"address": ADDRESS})
    tidy()

    assert [word for word in words if word in read()] == []
