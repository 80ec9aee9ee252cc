"""The page of a year's forms: every line, and where each link of it leads."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from amtweb.scenarios.gallery import example, examples
from amtweb.worksheets.written import exactly, plainly
from calculator import evaluate, parse_scenario
from tests.web.reading import Element, Page
from tests.web.reports.subjects import HOSTILE, with_text
from tests.web.share_situations import EVERY_SITUATION
from tests.web.sharing.links import made, what_if
from tests.web.visitors import Visitor
from tests.web.worksheets.walk import (
    Walker,
    amount_of,
    in_dollars,
    links_within,
    of_class,
    on_the_bench,
)

pytestmark = pytest.mark.django_db

EROSION = "/examples/erosion/worksheets"
FORMS_KEPT = ("amt_schedule_d", "amt_capital_loss_carryover")
FLAT: dict[str, Any] = {
    "schema_version": 1,
    "law": {"path": "flat"},
    "years": [{"year": 2026, "wages": 100_000}, {"year": 2027, "wages": 100_000}],
}
SEPARATE: dict[str, Any] = {
    "schema_version": 1,
    "law": {"path": "sunset", "indexing_rate": 0.0325},
    "household": {"filing_status": "married_filing_separately"},
    "method": {"figures": "as_filed"},
    "years": [
        {"year": 2029, "wages": 250_000, "deduction": "itemized"},
        {
            "year": 2030,
            "wages": 250_000,
            "household": {"filing_status": "single"},
            "collectibles_gain": 5_000,
            "long_term_gain": 9_000,
        },
    ],
}
SCENARIOS = [
    pytest.param(EVERY_SITUATION, id="every situation"),
    pytest.param(example("erosion").document, id="erosion"),
    pytest.param(example("astra-price-falls-itemized").document, id="itemized"),
    pytest.param(FLAT, id="flat"),
    pytest.param(SEPARATE, id="separate, of a law that is not in force"),
]


@pytest.mark.parametrize("document", SCENARIOS)
def test_every_line_stands_there_once_with_its_amount(document: dict[str, Any]) -> None:
    walker = Walker(on_the_bench(document))

    for year in evaluate(parse_scenario(document)).years:
        page = walker.page(f"/worksheets/{year.year}/")
        assert len(page.ids) == len(set(page.ids))
        for form, lines in year.forms.printed_lines().items():
            for number, amount in lines.items():
                line = page.find(f"{form}-{number}")
                assert amount_of(line) == pytest.approx(amount, abs=0.0051)
                assert of_class(line, "holds")[0].text
                assert of_class(line, "citation")
                assert of_class(line, "words") or of_class(line, "origins")


@pytest.mark.parametrize("document", SCENARIOS)
def test_every_link_arrives_at_a_line_an_input_or_a_parameter(document: dict[str, Any]) -> None:
    walker = Walker(on_the_bench(document))
    years = [year["year"] for year in document["years"]]

    for year in years:
        address = f"/worksheets/{year}/"
        for link in links_within(walker.page(address).root):
            href = link.attributes["href"]
            if "#" in href and "only=" not in href:
                walker.target(link, of=address)


def test_an_origin_shows_the_amount_of_the_line_that_it_leads_to() -> None:
    walker = Walker()
    followed = 0

    for year in (2025, 2026, 2027):
        address = f"{EROSION}/{year}/"
        for origin in of_class(walker.page(address), "origins"):
            for item in (each for each in origin.children if not isinstance(each, str)):
                for link in links_within(item):
                    if "line " in link.text:
                        line = walker.target(link, of=address)
                        assert in_dollars(of_class(item, "of")[0].text) == amount_of(line)
                        followed += 1
    assert followed > 500


def test_what_a_line_goes_to_is_made_of_it() -> None:
    walker = Walker()
    followed = 0

    def lines_of_forms(page: Page) -> list[Element]:
        return [each for each in page.all("tr") if of_class(each, "citation")]

    for year in (2025, 2026):
        address = f"{EROSION}/{year}/"
        for line in lines_of_forms(walker.page(address)):
            for uses in of_class(line, "uses"):
                for link in links_within(uses):
                    user = walker.target(link, of=address)
                    back = [each.attributes["href"] for each in links_within(user)]
                    assert any(href.endswith(f"#{line.attributes['id']}") for href in back)
                    followed += 1
    assert followed > 300


def test_a_loss_leads_back_to_the_year_that_left_it_and_to_the_sale_behind_it() -> None:
    walker = Walker()
    address = "/examples/astra-price-falls-standard/worksheets/2026/"

    carried = walker.page(address).find("amt_schedule_d-14")
    worksheet = walker.target(links_within(carried)[0], of=address)
    assert worksheet.attributes["id"] == "amt_capital_loss_carryover-13"
    before = address.replace("2026", "2025")
    sold = walker.page(before).find("amt_schedule_d-sales-0")
    assert [each.text for each in of_class(sold, "amount")] == [
        *("500,000.00", "1,000,000.00", ""),
        "−500,000.00",
    ]
    sale = walker.target(links_within(sold)[0], of=before)
    assert sale.attributes["aria-label"] == "Sale 1"


def test_the_rows_of_sales_come_to_the_lines_they_are_said_to_go_to() -> None:
    walker = Walker(on_the_bench(EVERY_SITUATION))
    result = evaluate(parse_scenario(EVERY_SITUATION))
    seen = 0

    for year in result.years:
        page = walker.page(f"/worksheets/{year.year}/")
        for form, system in (("schedule_d", ""), ("amt_schedule_d", "amt_")):
            section = page.find(form)
            for table in of_class(section, "sold-shares"):
                for group in (each for each in table.elements if each.tag == "tbody"):
                    head, *rows = (each for each in group.elements if each.tag == "tr")
                    term = "long_term_gain" if "Long" in head.text else "short_term_gain"
                    gains = sum(in_dollars(of_class(row, "amount")[-1].text) for row in rows)
                    expected = float(getattr(year.equity, f"{system}{term}"))
                    assert gains == pytest.approx(expected, abs=0.01 * len(rows))
                    seen += len(rows)
    assert seen >= 6


def test_amt_versions_say_so_and_can_be_had_alone() -> None:
    walker = Walker()
    whole = walker.page(f"{EROSION}/2026/")
    (records,) = (each for each in links_within(whole.root) if "your records" in each.text)
    alone = walker.page(f"{EROSION}/2026/{records.attributes['href']}")

    assert [form.attributes["id"] for form in of_class(whole, "of-amt")] == [*FORMS_KEPT]
    assert [form.attributes["id"] for form in of_class(alone, "form")] == [*FORMS_KEPT]
    assert "The IRS prints no such form" in alone.root.text
    for link in links_within(alone.root):
        _, kept, name = link.attributes["href"].rpartition("#")
        if kept and link.attributes["href"].startswith("#"):
            assert name == "main" or name in alone.ids


@pytest.mark.parametrize("asked", ["nonsense", "form_9999", "figures'><b>"])
def test_a_form_that_there_is_not_leaves_all_of_them(asked: str) -> None:
    page = Walker().page(f"{EROSION}/2026/?only={asked}")

    assert len(of_class(page, "form")) > 8


@pytest.mark.parametrize("year", [2023, 2031, 1, 99999])
def test_a_year_that_the_scenario_has_not_is_not_found(year: int) -> None:
    assert Client().get(f"{EROSION}/{year}/").status_code == HTTPStatus.NOT_FOUND


def test_without_a_year_one_comes_to_that_with_the_most_amt_or_the_one_asked_for() -> None:
    assert Client().get("/worksheets/")["Location"] == "/worksheets/2026/"
    assert Client().get(f"{EROSION}/?year=2027")["Location"] == f"{EROSION}/2027/"


@pytest.mark.parametrize("text", HOSTILE)
def test_names_that_somebody_typed_stay_text(text: str) -> None:
    visitor = on_the_bench(with_text(text))

    content = visitor.page("/worksheets/2026/")
    assert not content.all("b")
    assert not content.all("img")
    assert {each.attributes.get("src", "")[:8] for each in content.all("script")} == {"/static/"}


def test_a_revision_has_its_own_lines_and_leads_to_its_own_inputs() -> None:
    visitor = Visitor()
    saved = visitor.saved(**{"years[0].wages": "123,456"})
    visitor.edit(saved.get_absolute_url(), htmx=False, **{"years[0].wages": "654,321"})
    walker = Walker(visitor)

    draft = f"{saved.get_absolute_url()}worksheets/2026/"
    revision = f"{saved.get_absolute_url()}revisions/1/worksheets/2026/"
    wages = [walker.page(each).find("form_1040-1z") for each in (draft, revision)]
    inputs = [
        walker.target(links_within(line)[0], of=address)
        for line, address in zip(wages, (draft, revision), strict=True)
    ]

    assert [amount_of(line) for line in wages] == [654_321, 123_456]
    assert [each.attributes["value"] for each in inputs] == ["654,321", "123,456"]


def test_a_change_since_the_figures_were_shown_is_told() -> None:
    visitor = Visitor()
    link = next(
        each for each in of_class(visitor.page("/planner/"), "to-line") if "amt" not in each.text
    )
    address = link.attributes["href"].partition("#")[0]
    assert not of_class(visitor.page(address), "changed")

    visitor.edit(htmx=False, **{"years[0].wages": "999,999"})

    (told,) = of_class(visitor.page(address), "changed")
    assert "has been changed since" in told.text


class TestBehindALink:
    def test_amounts_that_may_be_seen_lead_to_their_lines(self) -> None:
        owner = Visitor()
        token = made(owner, owner.saved())
        walker = Walker(Visitor())

        shared = f"/shared/{token}/"
        links = [
            each
            for each in of_class(walker.page(shared), "to-line")
            if "#form" in each.attributes["href"]
        ]
        for link in links[:20]:
            assert link.attributes["href"].startswith(shared)
            walker.target(link, of=shared)
        page = walker.page(f"{shared}worksheets/2026/")
        assert len(links) > 50
        assert not [
            each for each in links_within(page.root) if "tax-software" in each.attributes["href"]
        ]
        walker.target(links_within(page.find("form_1040-1z"))[0], of=f"{shared}worksheets/2026/")

    def test_hidden_amounts_have_no_lines(self) -> None:
        owner = Visitor()
        token = made(owner, owner.saved(), hides_amounts="on")

        page = Visitor().page(f"/shared/{token}/")
        answers = [Client().get(f"/shared/{token}/worksheets/{year}") for year in ("", "2026/")]

        assert not of_class(page, "to-line")
        assert "worksheets" not in str(page.root)
        assert [each.status_code for each in answers] == [HTTPStatus.NOT_FOUND] * 2

    @pytest.mark.parametrize("htmx", [True, False])
    def test_what_is_tried_leads_to_no_lines_of_what_is_shared(self, *, htmx: bool) -> None:
        owner = Visitor()
        token = made(owner, owner.saved(**{"years[0].wages": "200,000"}))

        tried = what_if(Visitor(), token, htmx=htmx, wages="10").content.decode()
        back = what_if(Visitor(), token, htmx=htmx, wages="0").content.decode()

        assert "/worksheets/" not in tried
        assert "/worksheets/" in back

    def test_names_that_are_hidden_stay_hidden(self) -> None:
        owner = on_the_bench(example("way-back").document)
        token = made(owner, owner.saved(title="Canary"), hides_names="on")

        page = Visitor().page(f"/shared/{token}/worksheets/2026/").root.text

        assert "Grant 1" in page
        assert "Canary" not in page
        assert "Grant of 2023" not in page


def test_amounts_are_written_as_on_paper() -> None:
    assert [exactly(each) for each in (1234.5, -0.001, -2.0, 0.0)] == [
        *("1,234.50", "0.00", "−2.00", "0.00")
    ]
    assert [plainly(each) for each in (0.26, 1.0, 2.0, 90_100.0, 0.0)] == [
        *("26%", "100%", "2", "90,100", "0")
    ]


def test_examples_are_all_there() -> None:
    for each in examples():
        year = each.document["years"][-1]["year"]
        Walker().page(f"/examples/{each.slug}/worksheets/{year}/")


def test_pages_of_a_scenario_that_is_not_saved_do_not_speak_of_a_bench(client: Client) -> None:
    page = client.get("/worksheets/2026/").content.decode()

    assert "As entered here on" in page
    assert "the bench" not in page
