"""The page on what is modelled: the text of the document, with places that exist."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from amtweb.methodology.coverage import plain, written
from amtweb.methodology.coverage_page import is_about, places, refusals_of, shown_sections
from amtweb.scenarios.gallery import example
from tests.web.reading import Page

ITEMS = [
    (section.title, item)
    for section in shown_sections()
    for block in section.blocks
    for item in block.items
]


def shown() -> str:
    response = Client().get("/coverage/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_the_page_says_what_the_document_says() -> None:
    text = (settings.BASE_DIR / "docs" / "coverage.md").read_text("utf-8")
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shown()))

    assert [s.title for s in written()] == re.findall(r"(?m)^## (.+)$", text)
    for section in written():
        assert section.title in page
        for block in section.blocks:
            for words in (*block.items, *block.rest):
                assert plain(words) in page


def test_no_markdown_is_left_in_it() -> None:
    assert not re.search(r"\*\*|\]\(|^\|", shown())


@pytest.mark.parametrize("entry", [*places()["see"], *places()["refused"]], ids=str)
def test_every_place_belongs_to_something_that_is_written(entry: dict[str, object]) -> None:
    assert any(is_about(entry, plain(item.words)) for _, item in ITEMS)


def test_what_is_modelled_leads_to_where_it_can_be_seen() -> None:
    """Almost all of it: a few sentences may speak of what has no page."""
    modelled = [item for title, item in ITEMS if title == "Modelled"]
    lost = [plain(item.words) for item in modelled if not item.links]

    assert len(lost) < len(modelled) / 10, "say in amtweb/methodology/coverage.toml where"


def test_everything_refused_stands_with_its_refusal() -> None:
    refused = [(plain(i.words), i.refusals) for title, i in ITEMS if title == "Refused by name"]

    (introduction, none), *items = refused
    assert introduction.startswith("A scenario that asks")
    assert none == ()
    assert all(refusals for _, refusals in items)


@pytest.mark.parametrize("entry", places()["refused"], ids=str)
def test_what_is_said_to_be_refused_is_refused_by_name(entry: dict[str, object]) -> None:
    (problem,) = refusals_of(entry)

    assert problem.unsupported
    assert problem.message in shown()


@pytest.mark.parametrize("entry", places()["see"], ids=str)
def test_a_link_leads_to_what_there_is(db: None, entry: dict[str, str]) -> None:
    if "page" in entry:
        (link,) = {link for _, i in ITEMS for link in i.links if link.words == entry["words"]}
        assert Client().get(link.address, follow=True).status_code == 200
    elif "example" in entry:
        assert example(entry["example"])
    elif "law" in entry:
        assert Client().get(f"/law/{entry['law']}/").status_code == 200
    else:
        assert entry["field"] in Page(Client().get("/blank/").content).ids


def test_every_page_leads_to_both() -> None:
    footer = Client().get("/law/2026/").content.decode().partition("<footer")[2]

    assert 'href="/coverage/"' in footer
    assert 'href="/verification/"' in footer
