"""Follows the links of the worksheets, and of the figures that lead to them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urldefrag, urljoin

from amtweb.scenarios.charts.money_words import MINUS
from tests.web.reading import Element, Page
from tests.web.visitors import Visitor


class Walker:
    """Reads each page once."""

    def __init__(self, visitor: Visitor | None = None) -> None:
        self.visitor = visitor or Visitor()
        self.pages: dict[str, Page] = {}

    def page(self, address: str) -> Page:
        if address not in self.pages:
            response = self.visitor.client.get(address)
            assert response.status_code == HTTPStatus.OK, address
            self.pages[address] = Page(response.content)
        return self.pages[address]

    def target(self, link: Element, of: str) -> Element:
        """What a link of a page leads to."""
        address, name = urldefrag(urljoin(of, link.attributes["href"]))
        page = self.page(address)
        assert not name or name in page.ids, link.attributes["href"]
        return page.find(name) if name else page.root


def links_within(element: Element) -> list[Element]:
    return [each for each in element.elements if each.tag == "a"]


def of_class(page: Page | Element, name: str) -> list[Element]:
    return [each for each in page.elements if name in each.attributes.get("class", "").split()]


def amount_of(line: Element) -> float:
    """The amount of a line of a form."""
    (cell,) = (each for each in of_class(line, "amount") if each.tag == "td")
    return in_dollars(cell.text)


def in_dollars(text: str) -> float:
    return float(text.replace(MINUS, "-").replace("$", "").replace(",", ""))


def on_the_bench(document: dict[str, Any]) -> Visitor:
    """Somebody with this document on the bench."""
    visitor = Visitor()
    session = visitor.client.session
    session["working_document"] = document
    session.save()
    visitor.client.cookies["sessionid"] = str(session.session_key)
    return visitor
