from __future__ import annotations

import base64
import hashlib
import re
from http import HTTPStatus

import pytest
from django.test import Client, override_settings

PAGES = [
    pytest.param("/livez", HTTPStatus.OK, id="page"),
    pytest.param("/nowhere", HTTPStatus.NOT_FOUND, id="missing page"),
    pytest.param("/static/nowhere.css", HTTPStatus.NOT_FOUND, id="missing static file"),
    pytest.param("/static/django_htmx/htmx-2.min.js", HTTPStatus.OK, id="static file"),
]


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize(("path", "status"), PAGES)
def test_every_answer_carries_the_strict_policy(
    client: Client, path: str, status: HTTPStatus
) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert directives(response["Content-Security-Policy"]) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }


ARRIVING = {"sec-fetch-dest": "document", "sec-fetch-site": "cross-site"}
STRICT = ["'self'"]


@pytest.mark.parametrize("path", ["/", "/planner/", "/learn/pairing/"])
def test_who_arrives_gets_the_style_sheets_in_the_page_and_only_these_are_allowed(
    client: Client, path: str
) -> None:
    response = client.get(path, headers=ARRIVING)

    html = response.content.decode()
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in re.findall("<style[^>]*>(.*?)</style>", html, re.DOTALL)
    ]
    assert len(digests) > 1
    policy = directives(response["Content-Security-Policy"])
    assert policy.pop("style-src") == [*STRICT, *(f"'sha256-{digest}'" for digest in digests)]
    assert policy["script-src"] == STRICT
    assert policy["default-src"] == ["'none'"]
    assert re.findall('<link rel="stylesheet"[^>]*>', html) == [
        '<link rel="stylesheet" href="/static/css/print.css" media="print">'
    ]
    # A page has its own address, where the style sheet had that of static files.
    assert 'url("../' not in html


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="a browser that does not say"),
        pytest.param(ARRIVING | {"sec-fetch-site": "same-origin"}, id="from a page of ours"),
        pytest.param(ARRIVING | {"sec-fetch-dest": "empty"}, id="by a script"),
    ],
)
def test_who_is_here_gets_them_by_their_addresses(client: Client, asked: dict[str, str]) -> None:
    response = client.get("/", headers=asked)

    assert directives(response["Content-Security-Policy"])["style-src"] == STRICT
    html = response.content.decode()
    assert "<style" not in html
    assert "/static/css/site.css" in html


@pytest.mark.parametrize(("path", "status"), PAGES)
def test_every_answer_keeps_other_origins_out(
    client: Client, path: str, status: HTTPStatus
) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("path", ["/livez", "/nowhere", "/static/nowhere.css"])
def test_nobody_keeps_a_page(client: Client, path: str) -> None:
    response = client.get(path)

    assert response["Cache-Control"] == "private, no-store"
    assert "HX-Request" in response["Vary"]


def test_a_static_file_may_be_kept(client: Client) -> None:
    response = client.get("/static/django_htmx/htmx-2.min.js")

    assert "no-store" not in response["Cache-Control"]


def test_a_page_that_fails_carries_the_headers_and_no_traceback(client: Client) -> None:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF="tests.web.failing_urls"):
        response = client.get("/fails/4111")

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert "Traceback" not in response.content.decode()


def test_an_unknown_host_is_refused(client: Client) -> None:
    response = client.get("/livez", headers={"host": "elsewhere.example"})

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_forwarded_host_is_not_believed(client: Client) -> None:
    response = client.get("/livez", headers={"x-forwarded-host": "elsewhere.example"})

    assert response.status_code == HTTPStatus.OK
