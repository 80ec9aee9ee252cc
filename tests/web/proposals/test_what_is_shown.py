"""What of a firm and a client reaches the page, the PDF and the file: named fields alone."""

from __future__ import annotations

import base64
import io
import json
import re
import sys
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client as Browser
from pypdf import PdfReader

from amtweb.firms.models import Client, Firm, Person, Tag
from amtweb.proposals import logos
from amtweb.proposals import page as page_module
from amtweb.proposals.models import Issue, Proposal
from amtweb.proposals.page import IN_PDF
from amtweb.reports import pdf
from amtweb.scenarios.charts.money_words import dollars
from calculator import evaluate, parse_scenario
from tests.web.firms.cast import Cast
from tests.web.proposals import desk
from tests.web.proposals.test_issues import picture
from tests.web.reading import Page
from tests.web.reports.test_pdf import objects, structure, text_of

pytestmark = pytest.mark.django_db

WORDS = {
    "title": "Zilpzalp title",
    "before": "Zilpzalp before\n\nand a second paragraph",
    "after": "Zilpzalp after",
    "label_A": "Zilpzalp label",
    "words_A": "Zilpzalp words",
}
HOSTILE = (
    "</script><script>window.__x = 1</script>",
    '"><img src=http://127.0.0.1:9/x.png onerror=alert(1)>',
    "<style>@import url(file:///etc/passwd)</style>",
    "{{ 7|add:7 }}{% debug %}${7*7}",
    '<a href="javascript:alert(1)">here</a> & <b>bold</b>',
    "]]> <!-- \u202edesrever \u200b",
)


def pdf_of(people: Cast, issue: Issue) -> PdfReader:
    response = people.advisor.client.get(desk.of_issue(issue, "proposal.pdf"))
    assert response.status_code == HTTPStatus.OK
    return PdfReader(io.BytesIO(response.content))


def pin_words_of_the_firm(people: Cast, proposal: Proposal) -> None:
    """A revision with the firm's own words wherever a document has room for them."""
    document = desk.document(title="Kuckuck title", notes="Kuckuck notes of the scenario")
    document["grants"] = [document["grants"][0] | {"id": "kuckuck"}]
    document["exercises"] = [document["exercises"][0] | {"grant": "kuckuck"}]
    revision = people.scenario.make_revision(document, {}, note="Kuckuck note")
    people.scenario.title = "Kuckuck title"
    people.scenario.save(update_fields=["title"])
    proposal.draft["alternatives"][0]["revision"] = revision.pk
    Proposal.objects.filter(pk=proposal.pk).update(draft=proposal.draft)


def test_what_is_the_firms_own_is_nowhere_in_what_a_client_gets(
    people: Cast, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    household = people.household
    household.notes = "Kuckuck notes"
    household.save()
    household.tags.add(Tag.objects.create(firm=people.firm, name="Kuckuck tag"))
    Person.objects.create(client=household, name="Kuckuck person")
    pin_words_of_the_firm(people, proposal)
    desk.edit(people.advisor, proposal, **WORDS, recommended="")
    issue = desk.given(people, proposal)
    token = desk.linked(people.advisor, issue, label="Kuckuck link")

    page = Browser().get(f"/shared/{token}/proposal/").content.decode()
    set_in_type: list[str] = []

    def keep(html: str, *_: Any) -> bytes:
        set_in_type.append(html)
        return b"%PDF"

    monkeypatch.setattr(page_module, "made_of", keep)
    assert Browser().get(f"/shared/{token}/proposal/proposal.pdf").content == b"%PDF"
    (of_pdf,) = set_in_type
    for words in (page, of_pdf, issue.shown, str(issue.documents)):
        assert "kuckuck" not in words.lower()
        assert "@example.org" not in words
        assert people.scenario.public_id not in words
    for text in ("before", "after", "words", "label"):
        assert f"Zilpzalp {text}" in page
        assert f"Zilpzalp {text}" in of_pdf
    assert "Canary household" in of_pdf
    assert "<p>and a second paragraph</p>" in page


def test_the_site_says_once_that_it_gives_no_tax_advice(people: Cast, proposal: Proposal) -> None:
    Firm.objects.filter(pk=people.firm.pk).update(disclaimer="Zaunkönig disclaimer")
    token = desk.linked(people.advisor, desk.given(people, proposal))

    page = Browser().get(f"/shared/{token}/proposal/").content.decode()

    assert page.count("Zaunkönig disclaimer") == 1
    # That of the foot of every page, and that of paper, which has no such foot.
    on_paper = '<span class="on-paper"> A planning model of federal tax, not tax advice.</span>'
    assert page.count(on_paper) == 1
    assert page.count("not tax advice") == 2


def test_the_pdf_says_what_the_page_says(people: Cast, proposal: Proposal) -> None:
    Firm.objects.filter(pk=people.firm.pk).update(disclaimer="Zaunkönig disclaimer")
    logos.put_up(people.firm, logos.made_anew(picture(size=(300, 100))))
    desk.edit(people.advisor, proposal, **WORDS)
    issue = desk.given(people, proposal)

    reader = pdf_of(people, issue)

    text = text_of(reader)
    for document in issue.documents:
        result = evaluate(parse_scenario(document))
        assert dollars(float(result.totals.federal_tax)) in text
        for year in result.years:
            assert dollars(float(year.federal_tax)) in text
    for words in ("Side by side", "Year by year", "What this assumes", "Income tax of any state"):
        assert words in text
    assert text.count("not tax advice") == text.count("Zaunkönig disclaimer") == 1
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        on_it = " ".join(page.extract_text().split())
        assert f"Page {number} of {count}" in on_it
        assert f"For Canary household · Issue 1, {issue.content['day']}" in on_it
        assert ("Canary Advisors · Zilpzalp title" in on_it) == (number > 1)
    assert reader.metadata is not None
    assert reader.metadata.title == "Zilpzalp title"
    assert reader.metadata.author == "Canary Advisors"
    check_tags(reader)


def check_tags(reader: PdfReader) -> None:
    """Tagged, the logo called by the firm's name, and nothing in it acts."""
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    elements = structure(reader)
    kinds = [element["/S"] for element in elements]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") >= 5
    assert kinds.count("/Table") >= 4
    described = [str(e["/Alt"]) for e in elements if e["/S"] == "/Figure" and "/Alt" in e]
    assert "Canary Advisors" in described
    assert len([each for each in described if "Federal tax of each year" in each]) == 2
    assert sizes_of_pictures(reader) == {(300, 100)}
    forbidden = ("/JavaScript", "/JS", "/OpenAction", "/Launch", "/AA", "/EmbeddedFiles", "/URI")
    for entry in objects(reader):
        if isinstance(entry, dict):
            assert not {*forbidden} & {*entry.keys(), str(entry.get("/S")), str(entry.get("/Type"))}


def sizes_of_pictures(reader: PdfReader) -> set[tuple[int, int]]:
    found = [image.image for page in reader.pages for image in page.images]
    return {image.size for image in found if image is not None}


def test_in_a_pdf_the_logo_is_the_one_picture_there_is() -> None:
    logo = base64.b64encode(picture(size=(30, 10))).decode()
    others = "".join(
        f'<img src="{address}" alt="x">'
        for address in (
            "http://127.0.0.1:9/a.png",
            "file:///etc/passwd",
            f"data:image/png;base64,{base64.b64encode(picture(size=(50, 50))).decode()}",
            "logo:other",
        )
    )
    html = f'<html lang=en><title>t</title><body><img src="{IN_PDF}" alt="y">{others}'
    asked = {"html": html, "css": "", "most_pages": 3, "pictures": {IN_PDF: logo}}

    reader = PdfReader(io.BytesIO(pdf._made(json.dumps(asked).encode())))

    assert sizes_of_pictures(reader) == {(30, 10)}


@pytest.mark.parametrize("shift", [0, 3])
def test_what_is_typed_stays_text_on_every_page(
    people: Cast, proposal: Proposal, shift: int
) -> None:
    texts = [*HOSTILE[shift:], *HOSTILE[:shift]]
    Firm.objects.filter(pk=people.firm.pk).update(name=texts[0], disclaimer=texts[1])
    Client.objects.filter(pk=people.household.pk).update(name=texts[2])
    fields = dict(zip(("title", "before", "after", "label_A", "words_A"), texts, strict=False))
    assert desk.edit(people.advisor, proposal, **fields).status_code == HTTPStatus.FOUND
    issue = desk.given(people, proposal)
    token = desk.linked(people.advisor, issue, label=texts[5])

    shown = {
        "/proposals/": [texts[0], texts[2]],
        people.household.get_absolute_url(): [texts[0], texts[2]],
        desk.at(proposal): texts[:5],
        desk.at(proposal, "preview/"): texts[:5],
        desk.of_issue(issue): texts[:5],
        desk.of_issue(issue, "links/"): [texts[0], texts[5]],
        f"/shared/{token}/proposal/": texts[:5],
    }
    for address, there in shown.items():
        response = people.advisor.client.get(address)
        assert response.status_code == HTTPStatus.OK
        check_harmless(response.content.decode(), there)


def check_harmless(html: str, texts: list[str]) -> None:
    page = Page(html)
    assert not page.all("style")
    assert not [e for e in page.all("script") if "src" not in e.attributes]
    assert all(e.attributes["src"].startswith("/") for e in page.all("img"))
    assert not [a for a in page.all("a") if a.attributes.get("href", "").startswith("java")]
    assert not page.all("b")
    values = [e.attributes.get("value", "") for e in page.all("input")]
    flat = re.sub(r"\s", "", page.root.text + "".join(values))
    for text in texts:
        assert re.sub(r"\s", "", text) in flat


def test_hostile_words_stay_text_in_the_pdf(people: Cast, proposal: Proposal) -> None:
    text = " ".join(HOSTILE[:5])
    Firm.objects.filter(pk=people.firm.pk).update(name=text[:120], disclaimer=text)
    desk.edit(people.advisor, proposal, before=text, words_A=text, title=HOSTILE[0])

    reader = pdf_of(people, desk.given(people, proposal))

    flat = re.sub(r"\s", "", text_of(reader))
    assert flat.count(re.sub(r"\s", "", text)) >= 2
    assert "root:" not in flat
    for entry in objects(reader):
        assert not (isinstance(entry, dict) and entry.get("/S") in ("/URI", "/JavaScript"))


def test_where_there_is_no_pdf_a_page_says_why(
    people: Cast, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PROGRAM", [sys.executable, "-c", "raise SystemExit(1)"])
    response: Any = people.advisor.client.get(desk.of_issue(issue, "proposal.pdf"))

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"] == "30"
    links = [a.attributes.get("href") for a in Page(response.content).all("a")]
    assert desk.of_issue(issue) in links


def test_taking_a_pdf_away_needs_the_right_to(people: Cast, issue: Issue) -> None:
    for who in (people.assistant, people.reader):
        response = who.client.get(desk.of_issue(issue, "proposal.pdf"))
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert "proposal.pdf" not in who.client.get(desk.of_issue(issue)).content.decode()
