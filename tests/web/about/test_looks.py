"""The header of every page, the pages of errors, and the page of components."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string
from django.urls import resolve

from amtweb.scenarios.charts import palette
from tests.web.reading import Page

if TYPE_CHECKING:
    from django.test import Client

ERRORS = ("400", "403", "403_csrf", "404", "429", "500")


def marked(client: Client, path: str) -> dict[str, str]:
    """The links of the header that are marked, and how."""
    header = Page(client.get(path).content).all("header")[0]
    links = [each for each in header.elements if "aria-current" in each.attributes]
    return {link.text.strip(): link.attributes["aria-current"] for link in links}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", {"amtweb": "page"}),
        ("/planner/", {"Planner": "page"}),
        ("/examples/erosion/", {"Planner": "true"}),
        ("/examples/", {"Examples": "page"}),
        ("/learn/", {"How it works": "page"}),
        ("/learn/amt/", {"How it works": "true"}),
        ("/glossary/", {"How it works": "true"}),
        ("/law/", {"How it works": "true"}),
        ("/import/", {"Saved scenarios": "true"}),
        ("/download/", {"Planner": "true"}),
        ("/privacy/", {}),
    ],
)
def test_the_header_says_where_one_is(client: Client, path: str, shown: dict[str, str]) -> None:
    assert marked(client, path) == shown


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_of_an_error_looks_like_the_others_and_needs_no_database(name: str) -> None:
    """pytest-django refuses the database to this test."""
    page = Page(render_to_string(f"{name}.html"))

    sheets = [each.attributes["href"] for each in page.elements if each.tag == "link"]
    assert any("css/site" in sheet for sheet in sheets)
    assert page.all("h1")[0].text
    ways = [each.attributes["href"] for each in page.find("main").elements if each.tag == "a"]
    assert ways == ["/"]
    sections = [each for each in page.all("nav")[0].elements if each.tag == "a"]
    assert len(sections) == 5
    assert all(resolve(each.attributes["href"]) for each in sections)


@pytest.mark.django_db
def test_every_hue_of_the_charts_is_shown_with_its_meaning(client: Client) -> None:
    page = Page(client.get("/components/").content)
    swatches = {
        name.removeprefix("hue-")
        for each in page.elements
        if each.parent and "swatches" in each.parent.attributes.get("class", "")
        for name in each.attributes["class"].split()
    }
    named = [value for value in vars(palette).values() if isinstance(value, str)]
    hues = {palette.name_of(value) for value in (*named, *palette.COMPARED) if "var(" in value}
    drawn_with = {"ink", "quiet", "grid", "paper"}
    assert {hue for hue in hues - drawn_with if not hue.endswith("-tint")} <= swatches


@pytest.mark.django_db
def test_components_are_those_of_the_pages(client: Client) -> None:
    """Their ids differ, and what pages fill with figures is filled."""
    response = client.get("/components/", {"year": "2026"})
    page = Page(response.content)

    assert len(set(page.ids)) == len(page.ids)
    assert {"scenarios/editor/_field.html", "scenarios/figures/_figure.html",
            "scenarios/results/_headline.html", "scenarios/results/_stepper.html",
            "analyses/_table.html"} <= {each.name for each in response.templates}  # fmt: skip
    assert page.find("year-shown").text == "2026"
