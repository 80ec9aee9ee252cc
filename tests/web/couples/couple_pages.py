"""The pages of a couple as somebody without a browser sees them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from amtweb.scenarios.models import Scenario
from tests.calculator.builders import an_iso_exercise, years_from
from tests.web.comparing.comparison_page import kept
from tests.web.reading import Page
from tests.web.visitors import Visitor

PATH = "/joint-or-separate/"
DIVIDE = f"{PATH}divide/"
MAKE_JOINT = f"{PATH}joint/"


def address(yours: str, spouse: str, path: str = PATH) -> str:
    """Where both are compared."""
    return f"{path}?{urlencode({'yours': yours, 'spouse': spouse})}"


def exercised(**other: Any) -> dict[str, Any]:
    """One spouse's: wages, and an exercise that brings AMT."""
    facts = ({"wages": 150_000},) * 3
    return years_from(2026, *facts, **(an_iso_exercise() | {"title": "One"} | other))


def plain(**other: Any) -> dict[str, Any]:
    """The other's: wages alone."""
    return years_from(2026, *(({"wages": 60_000},) * 3), **({"title": "Another"} | other))


def both_kept(visitor: Visitor, **other: Any) -> tuple[Scenario, Scenario]:
    """Two saved scenarios of the visitor."""
    return kept(visitor, exercised(title="Mine")), kept(visitor, plain(title="Theirs") | other)


class CouplePage:
    """One page, and what it says."""

    def __init__(self, response: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        assert response.status_code == status, response.status_code
        self.html = response.content.decode()
        self.page = Page(self.html)

    @classmethod
    def of(
        cls, client: Client, yours: str, spouse: str, status: HTTPStatus = HTTPStatus.OK
    ) -> CouplePage:
        return cls(client.get(address(yours, spouse)), status)

    @property
    def text(self) -> str:
        """All words of the page, in one line."""
        return " ".join(self.page.root.text.split())

    @property
    def headline(self) -> str:
        """What the comparison comes to."""
        (found,) = [e for e in self.page.all("p") if e.attributes.get("class") == "couple-headline"]
        return found.text

    def years(self) -> dict[int, dict[str, list[str]]]:
        """The cells of the table of years, by year and key."""
        return {
            int(body.attributes["data-year"]): {
                row.attributes["data-key"]: [e.text for e in row.elements if e.tag == "td"]
                for row in body.elements
                if row.tag == "tr" and "data-key" in row.attributes
            }
            for body in self.page.all("tbody")
            if "data-year" in body.attributes
        }

    def mistakes(self) -> list[str]:
        """What is marked as wrong."""
        return [e.text for e in self.page.all("p") if e.attributes.get("class", "") == "mistake"]
