"""Text that would be markup, script, or something else than itself, wherever text is shown."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction

from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.rows import change_rows
from amtweb.scenarios.gallery import example
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.reading import Element, Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>x()</script>",
    "</script><script>x()</script>",
    "</title><script>x()</script>",
    "</textarea><script>x()</script>",
    "</option></select><img src=x onerror=x()>",
    "</div></form><form action=//evil.example>",
    "<img src=x onerror=x()>",
    "<svg onload=x()>",
    "<svg><script>x()</script></svg>",
    "<math><mi xlink:href='javascript:x()'>",
    "<iframe src=javascript:x()>",
    "<body onload=x()>",
    "<input autofocus onfocus=x()>",
    "<details open ontoggle=x()>",
    "<a href=javascript:x()>here</a>",
    "<a href='//evil.example'>here</a>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example>",
    "<style>*{display:none}</style>",
    "<!-- ",
    "--> <b>",
    "<![CDATA[ <b> ]]>",
    "<b>bold</b>",
    "<div hx-get=/ hx-trigger=load>",
    "<div hx-swap-oob=true id=inputs>",
    '" onfocus=x() autofocus="',
    "' onfocus=x() autofocus='",
    '"><script>x()</script>',
    "'><script>x()</script>",
    "` onfocus=x() `",
    '","admin":"1',
    '\\"}];x();//',
    "{{ 7|add:7 }}",
    "{{7*7}}",
    "{% debug %}",
    "{# note #}",
    "${7*7}",
    "&lt;b&gt; &amp;amp; &#60;b&#62;",
    "%3Cscript%3Ex()%3C/script%3E",
    "<scr\u200bipt>",
    "\u202egnp.exe",
    "\u2066isolated\u2069",
    "\u2028x()\u2029",
    "\uff1cscript\uff1ex()\uff1c/script\uff1e",
    "$x^2$ \\frac{1}{2}",
    '=HYPERLINK("//evil.example")',
    "javascript:x()",
    "'; DROP TABLE scenarios_scenario; --",
    "a\"]['b__c%_\\",
]
LONGEST = 120
REFUSED = ["\x00", "a\x07b", "\x1b[31mred", "\x7f", "\ufffe", "\uffff", "a\u0085b"]
INERT = {"application/json"}


def together(payloads: list[str]) -> list[str]:
    """All of them in as few texts as are not too long for a title."""
    texts = [""]
    for payload in payloads:
        if len(texts[-1]) + len(payload) < LONGEST:
            texts[-1] += f" {payload}"
        else:
            texts.append(payload)
    return texts


def skeleton(element: Element) -> Any:
    """The tags, their attributes' names and their nesting, without any text."""
    return (
        element.tag,
        tuple(sorted(element.attributes)),
        tuple(skeleton(child) for child in element.children if isinstance(child, Element)),
    )


def with_text(text: str) -> dict[str, str]:
    """The fields of an editor that hold a text wherever a person may write one."""
    tree = change_rows(typed.from_document(example("slices").document), "add:holdings").tree
    rows = {
        f"{kind}[{n}].label": text
        for kind in ("grants", "holdings")
        for n in range(len(tree[kind]))
    }
    complete = {"acquired": "2020-01-01", "shares": "5", "basis": "1"}
    holding = {f"holdings[0].{field}": value for field, value in complete.items()}
    return {"holdings[0].id": "h1", "title": text, "notes": text} | holding | rows


def strict_json(text: str) -> Any:
    def refuse(constant: str) -> Any:
        pytest.fail(f"{constant} in JSON")

    return json.loads(text, parse_constant=refuse)


def edited_with(text: str) -> tuple[Visitor, dict[str, str], Any]:
    visitor = Visitor()
    fields = visitor.fields("/examples/slices/") | with_text(text)
    return visitor, fields, visitor.send(fields, htmx=True, op="add:grants")


def pages_with(text: str) -> dict[str, Any]:
    """Every page and piece that shows a text, by name."""
    visitor, fields, pieces = edited_with(text)
    mistaken = visitor.send(fields, htmx=True, **{"years[0].wages": text})
    page_of_mistakes = visitor.send(fields, **{"years[0].wages": text, "sales[0].from": text})
    visitor.send(fields)
    bench = visitor.client.get("/planner/")
    saved = visitor.send(visitor.fields(), op="save")["Location"]
    _, token = ShareLink.make(scenario_at(saved), label=text[:80], may_copy=True)
    return {
        "pieces": pieces,
        "pieces with mistakes": mistaken,
        "page with mistakes": page_of_mistakes,
        "bench": bench,
        "saved": visitor.client.get(saved),
        "library": visitor.client.get("/scenarios/"),
        "shared by htmx": Visitor().client.post(
            f"/shared/{token}/", {"sales[0].price": text}, headers={"HX-Request": "true"}
        ),
        "links": visitor.client.get(f"{saved}links/"),
        "shared": Visitor().client.get(f"/shared/{token}/"),
        "copy": Visitor().client.get(f"/shared/{token}/copy/"),
        "gallery": visitor.client.get("/examples/"),
    }


def scenario_at(address: str) -> Scenario:
    return Scenario.objects.get(public_id=address.split("/")[2])


@pytest.fixture(scope="module")
def harmless(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """The skeletons of the same pages with a text that is just that."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = {
            name: skeleton(Page(response.content).root)
            for name, response in pages_with("Harmless").items()
        }
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("text", together(PAYLOADS), ids=ascii)
def test_a_text_is_nothing_but_text(text: str, harmless: dict[str, Any]) -> None:
    for name, response in pages_with(text).items():
        page = Page(response.content)
        assert skeleton(page.root) == harmless[name], name
        for script in page.all("script"):
            assert "src" in script.attributes or script.attributes["type"] in INERT
        for block in page.elements:
            if block.attributes.get("type") == "application/json" or block.attributes.get("id") in (
                "mistakes-data",
                "lots-data",
            ):
                strict_json(block.text)


@pytest.mark.parametrize("text", PAYLOADS, ids=ascii)
def test_a_text_is_shown_as_it_was_typed(text: str) -> None:
    visitor, _, response = edited_with(text)
    fields = visitor.fields()

    assert response.status_code == HTTPStatus.OK
    for name in ("title", "notes", "grants[0].label", "holdings[0].label"):
        assert fields[name] == text
    lots = strict_json(Page(response.content).find("lots-data").text)
    named = dict(lots["from"])
    assert re.fullmatch(re.escape(text) + r"( \([\d,]+ of [\d,]+ left\))?", named["h1"])


@pytest.mark.every_parameter
@pytest.mark.parametrize("text", REFUSED, ids=ascii)
@pytest.mark.parametrize("field", ["title", "notes", "grants[0].label", "grants[0].id"])
def test_what_is_no_text_is_refused_and_not_lost(field: str, text: str) -> None:
    visitor = Visitor()

    response = visitor.edit(op="save", **{field: text})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert visitor.fields()[field] == text


@pytest.mark.parametrize(
    ("field", "longest"), [("title", LONGEST), ("notes", 10_000), ("grants[0].label", LONGEST)]
)
def test_a_text_has_a_length(field: str, longest: int) -> None:
    visitor = Visitor()

    assert visitor.edit(htmx=True, **{field: "ü" * longest}).status_code == HTTPStatus.OK
    too_long = visitor.edit(htmx=True, **{field: "ü" * (longest + 1)})
    assert too_long.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_title_that_turns_around_is_kept_apart_from_the_page() -> None:
    visitor = Visitor()
    visitor.saved(title="\u202eevil")

    page = visitor.page("/scenarios/")

    assert [bdi.text for bdi in page.all("bdi")] == ["\u202eevil"]
