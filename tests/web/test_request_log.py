from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings


@pytest.fixture
def failing_client(client: Client) -> Iterator[Client]:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF="tests.web.failing_urls"):
        yield client


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the settings' handler writes, from now on."""
    (handler,) = (h for h in logging.getLogger().handlers if h.name == "stderr")
    stream = io.StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    return stream


def test_a_failure_leaves_one_line_that_says_where(
    failing_client: Client, log: io.StringIO
) -> None:
    failing_client.post("/fails/4111", {"wages": "220000"})

    (line,) = log.getvalue().splitlines()
    assert re.search(
        r"ERROR django\.request: 500 POST /fails/<amount>: "
        r"ValueError at tests/web/failing_urls\.py:\d+$",
        line,
    )


def test_the_log_repeats_nothing_of_the_request(failing_client: Client, log: io.StringIO) -> None:
    failing_client.post("/fails/4111?next=5222", {"wages": "220000"})

    assert not re.search("4111|5222|220000", log.getvalue())


def test_a_missing_page_is_not_logged(failing_client: Client, log: io.StringIO) -> None:
    failing_client.get("/shared/a-token-that-once-worked")

    assert log.getvalue() == ""


def test_a_refused_form_does_not_tell_the_address_of_a_link(log: io.StringIO) -> None:
    token = "k" * 43

    Client(enforce_csrf_checks=True).post(f"/shared/{token}/copy/")
    logging.getLogger("gunicorn.error").error("Bad line: GET /shared/%s?x=1 HTTP/1.1", token)
    logging.getLogger("amtweb.test").error("next=%%2Fshared%%2F%s/", token)

    assert log.getvalue().count("shared") == 3
    assert token not in log.getvalue()
