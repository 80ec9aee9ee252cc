"""The pages of the concepts: words, figures and links agree with what is computed."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from amtweb.methodology.concept_page import concept_context
from amtweb.methodology.concept_pictures import PICTURES, paired
from amtweb.methodology.concepts import concepts, figures_of, lines_of
from amtweb.scenarios.charts.money_words import dollars
from calculator import evaluate, parse_scenario
from tests.web.reading import Page

SLUGS = list(concepts())
WORDS = settings.BASE_DIR / "templates" / "methodology" / "concepts"
OTHERS_SAY = {
    (2025, 0): (50_567, 28_314, 22_253, 397_000, 3_420, 0),
    (2025, 100_000): (65_567, 28_314, 37_253, 297_000, 7_220, 0),
    (2025, 397_000): (117_010, 28_314, 88_696, 0, 18_506, 0),
    (2025, 500_000): (137_610, 44_094, 93_516, 0, 22_420, 2_664),
    (2026, 200_000): (80_234, 27_794, 52_440, 197_000, 11_020, 0),
    (2026, 397_000): (116_054, 27_794, 88_260, 0, 18_506, 15_266),
    (2026, 500_000): (136_654, 43_574, 93_080, 0, 22_420, 15_266),
    (2026, 900_000): (216_654, 133_920, 82_734, 0, 37_620, 15_266),
}
"""Worked out by hand and with other programs, before there was a page of them."""


def test_every_concept_has_words_and_a_picture() -> None:
    assert set(PICTURES) == set(SLUGS) == {path.stem for path in WORDS.glob("*.html")}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_amount_is_written_into_the_words_of_a_concept(slug: str) -> None:
    text = re.sub(r"{[{%].*?[%}]}", "", (WORDS / f"{slug}.html").read_text("utf-8"))
    text = re.sub(r"<[^>]*>", "", text)

    numbers = {number.rstrip(".,") for number in re.findall(r"\d[\d,.]*", text)}
    years = {number for number in numbers if re.fullmatch(r"20\d\d", number)}
    # Rates that the statute names, days of a wash sale, and numbers of lines and forms.
    assert numbers - years <= {"0", "15", "26", "28", "7", "30", "2", "8801", "6251"}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_figures_of_the_words_are_those_of_the_example(client: Client, slug: str) -> None:
    concept = concepts()[slug]
    text = Page(client.get(concept.address).content).root.text
    computed = {
        year.year: year for year in evaluate(parse_scenario(concept.example.document)).years
    }

    for name, at in concept.entry["figures"].items():
        root, *path = at.split(".")
        if root == "result" and path[0] == "years" and len(path) == 3:
            amount = float(getattr(computed[int(path[1])], path[2]))
            assert figures_of(slug)[name] == amount
            assert dollars(amount) in text, name


@pytest.mark.parametrize("slug", SLUGS)
def test_the_lines_are_those_of_the_worksheets_that_they_lead_to(client: Client, slug: str) -> None:
    for address in {line.href.partition("#")[0] for line in lines_of(slug)}:
        page = Page(client.get(address).content)
        for line in lines_of(slug):
            if line.href.startswith(f"{address}#"):
                row = page.find(line.href.partition("#")[2])
                amount = row.elements[-1].text.replace(",", "").replace("\N{MINUS SIGN}", "-")
                assert line.amount == dollars(float(amount)), line


@pytest.mark.parametrize("slug", SLUGS)
def test_no_link_of_a_concept_leads_nowhere(client: Client, slug: str) -> None:
    page = Page(client.get(concepts()[slug].address).content)

    for link in {e.attributes["href"] for e in page.find("main").elements if e.tag == "a"}:
        address, _, anchor = link.partition("#")
        if address.startswith("/"):
            ids = ids_at(address)
            assert not anchor or anchor in ids, link
        else:
            assert address.startswith("https://"), link


@cache
def ids_at(address: str) -> frozenset[str]:
    """Of a page that must be there; many concepts lead to the same one."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return frozenset(Page(answer.content).ids)


@pytest.mark.parametrize("slug", SLUGS)
def test_one_reads_from_the_first_concept_to_the_last(client: Client, slug: str) -> None:
    place = SLUGS.index(slug)
    page = Page(client.get(concepts()[slug].address).content)
    steps = {e.attributes.get("rel"): e.attributes["href"] for e in page.all("a")}

    before = concepts()[SLUGS[place - 1]].address if place else reverse("methodology:learn")
    assert steps["prev"] == before
    if place + 1 < len(SLUGS):
        assert steps["next"] == concepts()[SLUGS[place + 1]].address


def test_pairing_in_two_years_comes_to_what_was_worked_out_by_hand() -> None:
    rows = {(row.sold_in, round(row.gain)): row for row in paired()}

    for (year, gain), amounts in OTHERS_SAY.items():
        assert [round(amount) for amount in rows[year, gain][2:]] == list(amounts), (year, gain)


def test_dividing_the_paired_gain_over_years_erodes_nothing_and_costs_less() -> None:
    told = concept_context("pairing")

    assert told["divided"].gain == pytest.approx(397_000)
    assert told["divided"].ways[0].credit_eroded == pytest.approx(15_266, abs=1)
    assert told["divided"].best.credit_eroded == pytest.approx(0)
    assert told["saved"] > 0


def test_an_unknown_concept_is_not_there(client: Client) -> None:
    assert client.get(reverse("methodology:concept", args=["alchemy"])).status_code == 404


def test_the_pairing_example_opens_with_its_answer(client: Client) -> None:
    page = Page(client.get(concepts()["pairing"].tries[0].href.partition("#")[0]).content)

    answer = page.find("analysis-answer").text
    assert "$397,000" in answer
    assert "$15,266" in answer
    asked = page.find("ask")
    assert asked.attributes["hx-post"] == reverse("analyses:ask", args=["pairing"])
    assert client.get("/examples/nothing/analyses/pairing/").status_code == 404
    assert client.get("/examples/pairing/analyses/nothing/").status_code == 404
