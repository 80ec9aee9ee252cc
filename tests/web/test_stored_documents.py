"""Stored documents are upgraded as they are read, and stay as they were written."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from amtweb.scenarios.models import Revision, Scenario
from calculator.document import upgrades
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


def of_before(document: dict[str, Any]) -> dict[str, Any]:
    """As a made-up version 0 would have written it: wages were called salary."""
    years = [
        {"salary" if key == "wages" else key: value for key, value in year.items()}
        for year in document["years"]
    ]
    return document | {"schema_version": "zero", "years": years}


@pytest.fixture(autouse=True)
def a_version_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def upgraded(document: dict[str, Any]) -> dict[str, Any]:
        if document.get("schema_version") != "zero":
            return document
        years = [
            {"wages" if key == "salary" else key: value for key, value in year.items()}
            for year in document["years"]
        ]
        return document | {"schema_version": 1, "years": years}

    monkeypatch.setattr(upgrades, "upgraded", upgraded)


def stored(table: str, column: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM scenarios_{table}")  # noqa: S608
        (row,) = cursor.fetchall()
    text = row[0]
    return dict(json.loads(text) if isinstance(text, str) else text)


def write(table: str, column: str, document: dict[str, Any]) -> None:
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE scenarios_{table} SET {column} = %s{cast}",  # noqa: S608
            [json.dumps(document)],
        )


def test_a_draft_of_an_earlier_version_opens_and_is_not_rewritten_by_looking() -> None:
    visitor = Visitor()
    scenario = visitor.saved(**{"years[0].wages": "123,456"})
    old = of_before(scenario.draft)
    write("scenario", "draft", old)

    page = visitor.client.get(scenario.get_absolute_url())

    assert "123,456" in page.content.decode()
    assert stored("scenario", "draft") == old


def test_a_revision_of_an_earlier_version_is_read_in_the_present_one_and_stays() -> None:
    scenario = Visitor().saved(**{"years[0].wages": "123,456"})
    old = of_before(scenario.draft)
    write("revision", "document", old)

    assert Revision.objects.get().document["years"][0]["wages"] == 123_456
    assert (
        Scenario.objects.get().revisions.values("document").get()["document"]["schema_version"] == 1
    )
    assert stored("revision", "document") == old


def test_a_file_of_an_earlier_version_is_imported() -> None:
    visitor = Visitor()
    old = {"schema_version": "zero", "years": [{"year": 2026, "salary": 98_765}]}
    file = SimpleUploadedFile("scenario.json", json.dumps(old).encode())

    response = visitor.client.post("/import/", {"document": file}, follow=True)

    assert response.status_code == HTTPStatus.OK
    assert "98,765" in response.content.decode()


def test_a_working_copy_of_an_earlier_version_opens() -> None:
    visitor = Visitor()
    session = visitor.client.session
    session["working_document"] = {
        "schema_version": "zero",
        "years": [{"year": 2026, "salary": 98_765}],
    }
    session.save()

    assert "98,765" in visitor.client.get("/planner/").content.decode()


def test_the_column_is_a_plain_one_to_the_database() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
