"""The glossary, and its terms where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from amtweb.methodology.concepts import concepts
from amtweb.methodology.glossary import term_called, topics
from amtweb.methodology.templatetags.glossary import BRACKETS
from amtweb.scenarios.editor.fields import EVENT_KINDS
from amtweb.scenarios.year_table import GROUPS
from tests.web.reading import Page

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.reading import Element

TERM = re.compile(r'\{% term "([^"]+)"')
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


def test_every_term_in_a_template_or_a_note_is_in_the_glossary() -> None:
    used = {name for path in TEMPLATES for name in TERM.findall(path.read_text("utf-8"))}
    used |= {
        name or words for each in EVENT_KINDS for words, name, _ in BRACKETS.findall(each.note)
    }

    assert used
    for name in used:
        assert term_called(name)


def test_a_name_a_key_and_an_anchor_lead_to_one_term() -> None:
    terms = [each for topic in topics() for each in topic.terms]
    names = [name.lower() for each in terms for name in (each.name, *each.also)]
    keys = [key for each in terms for key in each.keys]

    for each in (names, keys, [term.slug for term in terms]):
        assert len(set(each)) == len(each)
    assert {each.concept for each in terms} - {""} <= set(concepts())
    assert all(each.means.endswith(".") for each in terms)


def test_the_glossary_has_every_term_at_the_anchor_that_notes_lead_to(client: Client) -> None:
    page = Page(client.get(reverse("methodology:glossary")).content)

    for topic in topics():
        for each in topic.terms:
            assert each.means in page.find(each.slug).text


def test_every_term_button_opens_the_one_note_of_its_term(client: Client) -> None:
    page = Page(client.get(reverse("scenarios:workbench")).content)

    opened = of_class(page, "term")
    assert len(set(page.ids)) == len(page.ids)
    assert {e.attributes["popovertarget"] for e in opened} <= set(page.ids)
    assert all(e.attributes["type"] == "button" for e in opened)
    named = {e.text for e in opened}
    assert {"Tentative minimum tax", "Eroded", "AMT capital loss", "value that day"} <= named
    assert "Tentative minimum tax" in {label for _, rows in GROUPS for _, label, *_ in rows}


def test_a_page_has_notes_only_of_the_terms_that_it_uses(client: Client) -> None:
    example = reverse("worksheets:year_example", args=["way-back", 2026])
    page = Page(client.get(example).content)

    opened = {e.attributes["popovertarget"] for e in of_class(page, "term")}
    assert "term-tentative-minimum-tax" in opened
    assert opened == {e.attributes["id"] for e in of_class(page, "term-note")}


def of_class(page: Page, name: str) -> list[Element]:
    return [e for e in page.elements if e.attributes.get("class") == name]
