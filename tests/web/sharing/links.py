"""Owners who share and readers who open what is shared."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink, digest_of
from tests.web.reading import Page
from tests.web.visitors import Visitor

TOKEN = re.compile(r"/shared/([^/]+)/")
HTMX = {"HX-Request": "true"}


def make(owner: Visitor, saved: Scenario, **settled: str) -> Any:
    """The answer to the form that makes a link, filled in anew."""
    address = f"{saved.get_absolute_url()}links/"
    fields = {"seed": seed_of(owner.page(address))} | settled
    return owner.client.post(f"{address}make/", fields)


def made(owner: Visitor, saved: Scenario, **settled: str) -> str:
    """The token of a new link, read from the page that shows it."""
    response = make(owner, saved, **settled)
    assert response.status_code == HTTPStatus.OK
    return token_on(response)


def token_on(response: Any) -> str:
    match = TOKEN.search(Page(response.content).find("address").attributes["value"])
    assert match is not None
    return match[1]


def seed_of(page: Page) -> str:
    (seed,) = (e for e in page.all("input") if e.attributes.get("name") == "seed")
    return seed.attributes["value"]


def link_of(token: str) -> ShareLink:
    return ShareLink.objects.get(token_digest=digest_of(token))


def what_if(reader: Visitor, token: str, *, htmx: bool = True, **levers: str) -> Any:
    """The answer to moved levers."""
    fields = reader.page(f"/shared/{token}/").fields("what-if")
    assert set(levers) <= set(fields)
    headers = HTMX if htmx else None
    return reader.client.post(f"/shared/{token}/", fields | levers, headers=headers)


def everything_stored() -> str:
    """Every value of every table, and what is in every session."""
    rows = [str(row) for model in apps.get_models() for row in model._base_manager.values()]
    sessions = [str(SessionStore(s.session_key).load()) for s in Session.objects.all()]
    return "\n".join(rows + sessions)
