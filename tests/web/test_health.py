from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_the_process_says_that_it_is_alive_without_asking_the_database(client: Client) -> None:
    # No database mark: pytest-django would refuse the query.
    response = client.get("/livez")

    assert response.status_code == HTTPStatus.OK
    assert response.content == b"alive\n"


@pytest.mark.django_db
def test_the_site_is_ready_when_its_database_answers(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.OK
    assert response.content == b"ready\n"


@pytest.mark.django_db
def test_the_site_is_not_ready_without_its_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OperationalError("password=hunter2 is wrong")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.content == b"no database\n"


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_is_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED
