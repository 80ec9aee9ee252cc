from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from amtweb import inline_files
from amtweb.reports.content import report_on
from amtweb.reports.interactive import interactive_report
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.charts import figures
from tests.web.reading import Page
from tests.web.reports.subjects import HOSTILE, document, of_years, subject, with_text

LARGEST = 3 * 1024 * 1024


def page_on(of: dict) -> tuple[str, Page]:
    text = interactive_report(report_on(subject(of))).decode()
    return text, Page(text)


def test_nothing_in_it_is_fetched() -> None:
    _, page = page_on(document())

    for element in page.elements:
        assert element.tag not in ("link", "img", "iframe", "object", "embed", "base", "form") or (
            element.tag == "form" and element.attributes == {"class": "stepper", "method": "get"}
        )
        assert not {"src", "srcset", "action", "hx-post", "hx-get"} & element.attributes.keys()
        assert element.attributes.get("href", "#").startswith("#")
    css = "".join(style.text for style in page.all("style"))
    assert "url(" not in css
    assert "@import" not in css


def test_its_policy_allows_its_own_scripts_and_styles_and_nothing_else() -> None:
    _, page = page_on(document())

    (policy,) = (
        meta.attributes["content"]
        for meta in page.all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        digests = [hashlib.sha256(e.text.encode()).digest() for e in page.all(tag)]
        expected = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
        assert directives.pop(name).split() == expected
    assert directives == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_its_charts_are_those_of_the_bench() -> None:
    _, page = page_on(document())

    specs = json.loads(page.find("figures-data").text)
    expected = {figure.id: figure.spec for figure in figures(result_of(document()))}
    assert specs == json.loads(json.dumps(expected))
    assert all(page.find(f"picture-title-{name}") for name in expected)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_stays_text(text: str) -> None:
    html, page = page_on(with_text(text))
    _, plain = page_on(document())

    assert [e.tag for e in page.all("script")] == [e.tag for e in plain.all("script")]
    assert [e.text for e in page.all("script")] == [e.text for e in plain.all("script")]
    assert not page.all("img")
    assert not [e for e in page.elements if "evil" in "".join(e.attributes.values())]
    shown = page.find("figures-data").text
    assert text not in shown
    assert "evil" not in shown
    assert "7|add:7" in html or "{{" not in html.partition("<body>")[2].partition("<script>")[0]


def test_a_long_scenario_still_makes_a_file_to_mail() -> None:
    text, _ = page_on(of_years(35))

    assert len(text) < LARGEST


def test_a_file_that_would_end_its_element_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "script.js"
    script.write_text("x = '</SCRIPT>'", "utf-8")
    monkeypatch.setattr(finders, "find", lambda _: str(script))

    with pytest.raises(ValueError, match="cannot stand within a page"):
        inline_files.inline_file("made-up.js")


def test_no_address_is_in_what_is_ours() -> None:
    html, page = page_on(document())

    ours = html
    for script in page.all("script")[:1]:
        ours = ours.replace(script.text, "")
    addresses = set(re.findall(r"https?://[^\s\"'<>)]+", ours))
    assert addresses == set()
