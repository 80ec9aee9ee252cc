"""The page to copy from into a tax program."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest

from amtweb.scenarios.gallery import example
from amtweb.worksheets.tax_software_words import MISTAKES, SECTIONS
from calculator import evaluate, parse_scenario
from calculator.analysis.tax_software import tax_software
from tests.web.reading import Element, Page
from tests.web.reports.subjects import HOSTILE, with_text
from tests.web.share_situations import EVERY_SITUATION
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAY_BACK = "/examples/way-back/worksheets"


def copied(page: Page) -> dict[str, str]:
    """What the buttons copy, by what they are called."""
    return {
        button.attributes["aria-label"]: button.attributes["data-copy-text"]
        for button in page.all("button")
        if "data-copy-text" in button.attributes
    }


def part(page: Page, name: str) -> Element:
    return page.find(name)


def shown(page: Page, name: str) -> dict[str, str]:
    """Captions and amounts of a part."""
    rows = [row for row in part(page, name).elements if row.tag == "tr"]
    cells = [[c for c in row.elements if c.tag == "td"] for row in rows]
    return {row[0].text: row[1].text for row in cells if len(row) > 1}


def of(document: dict[str, Any], year: int) -> Page:
    visitor = Visitor()
    scenario = visitor.saved(title="Kept")
    scenario.draft = document
    scenario.save()
    return visitor.page(f"{scenario.get_absolute_url()}worksheets/{year}/tax-software/")


def test_what_is_typed_is_copied_as_plain_numbers() -> None:
    page = Visitor().page(f"{WAY_BACK}/2028/tax-software/")

    amounts = copied(page)

    assert amounts["Copy 125,000: (d) Proceeds"] == "125000"
    assert amounts["Copy 107,500: AMT AMT cost or other basis"] == "107500"
    assert amounts["Copy 03/15/2028: (c) Date sold"] == "03/15/2028"


def test_what_a_program_computes_is_to_check_and_has_no_button() -> None:
    page = Visitor().page(f"{WAY_BACK}/2028/tax-software/")

    assert shown(page, "form-6251")["Disposition of property: the difference of both Schedules D"]
    assert not [e for e in part(page, "form-6251").elements if e.tag == "button"]


def test_every_line_leads_to_its_form() -> None:
    visitor = Visitor()
    page = visitor.page(f"{WAY_BACK}/2028/tax-software/")
    leads = {
        e.attributes["href"]
        for e in part(page, "credit").elements + part(page, "form-6251").elements
        if e.tag == "a"
    }
    assert len(leads) > 15

    of_year = {"../": "2028", "../../2027/": "2027"}
    for start, year in of_year.items():
        forms = visitor.page(f"{WAY_BACK}/{year}/")
        for lead in leads:
            address, _, line = lead.partition("#")
            if address == start:
                assert forms.find(line)


def test_a_mistake_says_what_it_would_cost() -> None:
    # Line 2k of -100,000 keeps 100,000 of AMT income away; in 2028 all of it from the credit.
    page = Visitor().page(f"{WAY_BACK}/2028/tax-software/")

    said = " ".join(part(page, "sales").text.split())

    assert "line 2k stays $0 instead of −$100,000" in said
    assert "your tax for 2028 $15,000 too high" in said


def test_every_section_and_every_mistake_has_words() -> None:
    documents = (EVERY_SITUATION, example("erosion").document)
    sheets = [y for each in documents for y in tax_software(parse_scenario(each)).years]
    sections = [section for year in sheets for section in year.sections]

    assert {section.kind for section in sections} == SECTIONS.keys()
    found = {mistake.kind for section in sections for mistake in section.mistakes}
    assert found == MISTAKES.keys()
    for facts in EVERY_SITUATION["years"]:
        of(EVERY_SITUATION, facts["year"])


def test_projected_years_and_other_laws_are_called_so() -> None:
    later = Visitor().page(f"{WAY_BACK}/2031/tax-software/").root.text
    other = of(example("way-back").document | {"law": {"path": "sunset"}}, 2028).root.text

    assert "The tables of 2031 are not published yet" in later
    assert "a law that is not in force" in other


def test_years_of_older_forms_say_that_lines_had_other_numbers() -> None:
    document = {"schema_version": 1, "years": [{"year": 2017, "wages": 300_000}]}

    assert "Form 6251 of 2017 had other line numbers" in of(document, 2017).root.text


def test_the_schedule_that_is_not_sent_in_is_to_be_kept() -> None:
    visitor = Visitor()
    page = visitor.page(f"{WAY_BACK}/2028/tax-software/")
    link = next(e for e in page.all("a") if e.text == "print it")

    assert link.attributes["href"] == "../#amt_schedule_d"
    assert visitor.page(f"{WAY_BACK}/2028/").find("amt_schedule_d")
    assert "print it" not in visitor.page(f"{WAY_BACK}/2027/tax-software/").root.text


def test_the_textbook_model_has_nothing_to_type() -> None:
    page = Visitor().page("/examples/eso-primer-6/worksheets/2025/tax-software/")

    assert "no return to type it into" in page.root.text
    assert copied(page) == {}


def test_the_first_year_says_where_its_credit_comes_from() -> None:
    document = example("way-back").document | {"opening": {"minimum_tax_credit": 50_000}}

    assert "the whole credit that you entered" in of(document, 2026).root.text


@pytest.mark.parametrize("text", HOSTILE)
def test_names_are_shown_as_they_were_typed(text: str) -> None:
    page = of(with_text(text), 2026)

    names = [e.text for e in page.all("bdi")]

    assert any(text.replace("\n", " ")[:60] in name for name in names)


def test_other_years_are_not_there() -> None:
    Visitor().page(f"{WAY_BACK}/1999/tax-software/", HTTPStatus.NOT_FOUND)


def test_without_a_year_it_is_that_with_the_most_amt() -> None:
    response = Visitor().client.get(f"{WAY_BACK}/tax-software/")

    years = evaluate(parse_scenario(example("way-back").document)).years
    most = max(years, key=lambda year: float(year.amt)).year
    assert response["Location"] == f"{WAY_BACK}/{most}/tax-software/"


def test_a_chosen_year_is_led_to() -> None:
    response = Visitor().client.get(f"{WAY_BACK}/tax-software/?year=2029")

    assert response["Location"] == f"{WAY_BACK}/2029/tax-software/"
