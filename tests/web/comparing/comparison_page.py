"""A comparison as somebody without a browser sees it."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from amtweb.scenarios.models import Scenario
from amtweb.scenarios.visitors import SESSION_KEY
from tests.web.reading import Element, Page
from tests.web.visitors import Visitor


def address(*references: str, **more: Any) -> str:
    """Where they are compared."""
    pairs = [("with", reference) for reference in references]
    return f"/compare/?{urlencode([*pairs, *more.items()])}"


class Comparison:
    """One page of it."""

    def __init__(
        self,
        client: Client,
        *references: str,
        status: HTTPStatus = HTTPStatus.OK,
        **more: Any,
    ) -> None:
        response = client.get(address(*references, **more))
        assert response.status_code == status, response.status_code
        self.html = response.content.decode()
        self.page = Page(self.html)

    @property
    def text(self) -> str:
        """All words of the page, in one line."""
        return " ".join(self.page.root.text.split())

    @property
    def sentences(self) -> list[str]:
        """What is said of each that is not the baseline."""
        (findings,) = [
            e
            for e in self.under("in-short")
            if e.tag == "ul" and "findings" in e.attributes.get("class", "")
        ]
        return [e.text for e in findings.elements if e.tag == "li"]

    def under(self, section: str) -> list[Element]:
        """The elements of a section."""
        (found,) = [
            e for e in self.page.all("section") if section in e.attributes.get("class", "").split()
        ]
        return found.elements

    def rows(self, section: str) -> dict[str, list[str]]:
        """The cells of a table by the words of their row."""
        return {
            words_of_head(row): [e.text for e in row.elements if e.tag == "td"]
            for row in self.under(section)
            if row.tag == "tr" and [e for e in row.elements if e.tag == "td"]
        }

    def years(self) -> dict[int, dict[str, list[str]]]:
        """The table of the years: the cells by key."""
        return {
            int(body.attributes["data-year"]): {
                row.attributes["data-key"]: [e.text for e in row.elements if e.tag == "td"]
                for row in body.elements
                if row.tag == "tr" and "data-key" in row.attributes
            }
            for body in self.under("compared-years")
            if body.tag == "tbody"
        }

    def chart(self, figure: str) -> dict[int, list[str]]:
        """The table beside a chart."""
        table = self.page.find(f"table-compared-{figure}")
        return {
            int(row.attributes["data-year"]): [e.text for e in row.elements if e.tag == "td"]
            for row in table.elements
            if row.tag == "tr" and "data-year" in row.attributes
        }


def words_of_head(row: Element) -> str:
    """The heading of a row without its hint, also where it is a term that explains itself."""
    (head,) = [e for e in row.elements if e.tag == "th"]
    words = [c if isinstance(c, str) else c.text for c in head.children if c not in hints(head)]
    return "".join(words).strip()


def hints(head: Element) -> list[Element]:
    """What stands below its words."""
    return [e for e in head.elements if e.tag == "small"]


def kept(visitor: Visitor, document: dict[str, Any]) -> Scenario:
    """A saved scenario of the visitor with this document, also as its revision 1."""
    if SESSION_KEY not in visitor.client.session:
        visitor.saved().delete()
    key = visitor.client.session[SESSION_KEY]
    scenario = Scenario.objects.create(
        visitor=hashlib.sha256(key.encode()).hexdigest(), title=document["title"], draft=document
    )
    scenario.make_revision(document, {})
    return scenario
