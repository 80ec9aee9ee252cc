"""What goes over the wire: pages are compressed for those who take it."""

from __future__ import annotations

import gzip

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_is_a_quarter_of_its_size_on_the_wire(client: Client) -> None:
    plain = client.get("/planner/")
    compressed = client.get("/planner/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert compressed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in compressed["Vary"]
    assert len(compressed.content) < len(plain.content) / 4
    assert b'id="year-table"' in gzip.decompress(compressed.content)


def test_two_answers_with_the_same_text_differ_in_length(client: Client) -> None:
    """So that the length tells nobody what a page holds; without cookies from elsewhere besides."""
    address = "/examples/"
    lengths = {
        len(client.get(address, headers={"Accept-Encoding": "gzip"}).content) for _ in range(8)
    }

    assert len(lengths) > 1
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
