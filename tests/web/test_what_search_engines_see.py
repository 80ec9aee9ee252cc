"""What a search engine shows of the public pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PUBLIC = ("/", "/planner/", "/explorer/", "/examples/", "/learn/", "/learn/credit/", "/glossary/")
LONGEST = 200
"""More is cut off."""


def test_every_public_page_has_a_title_and_a_description_of_its_own(client: Client) -> None:
    pages = {address: client.get(address).content.decode() for address in PUBLIC}
    titles = [found(r"<title>(.+?)</title>", page) for page in pages.values()]
    descriptions = [found(r'<meta name="description" content="(.+?)">', p) for p in pages.values()]

    assert len({*titles}) == len({*descriptions}) == len(PUBLIC)
    assert all(30 < len(description) < LONGEST for description in descriptions)


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match, pattern
    return match[1]
