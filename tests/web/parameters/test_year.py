"""The pages of the law, number by number."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone


def shown(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def row_of(page: str, name: str) -> str:
    return page.partition(f'<tr id="{name}">')[2].partition("</tr>")[0]


def test_a_number_stands_with_its_unit_its_source_and_what_it_was() -> None:
    """Rev. Proc. 2025-32 and 2024-40: exemption 140,200, and 137,000 before."""
    row = row_of(shown("/law/2026/?status=married_filing_jointly"), "amt-exemption")

    assert "$140,200" in row
    assert "$137,000" in row
    assert "Rev. Proc. 2025-32" in row
    assert 'href="https://www.irs.gov/' in row


def test_rates_are_percent_and_named() -> None:
    row = row_of(shown("/law/2026/"), "amt-rates")

    assert "lower 26%; higher 28%" in row


def test_a_published_year_is_not_called_projected() -> None:
    assert "projected" not in shown("/law/2025/").partition("Version of the tables")[0]


def test_a_projected_year_says_what_each_number_rests_on() -> None:
    page = shown("/law/2030/")

    assert "No tables are published for 2030" in page
    assert "projected" in row_of(page, "amt-exemption")
    assert "by statute" in row_of(page, "state_and_local_taxes-cap")
    assert "unchanged" in row_of(page, "capital_gains-loss_limit")


def test_faster_growth_of_prices_makes_larger_amounts() -> None:
    slow = row_of(shown("/law/2035/?indexing=1"), "amt-exemption")
    fast = row_of(shown("/law/2035/?indexing=4"), "amt-exemption")

    assert slow != fast


def test_the_counterfactual_law_is_called_so() -> None:
    page = shown("/law/2026/?path=sunset")

    assert "They did not" in page
    assert "not the law" in row_of(page, "amt-exemption")


@pytest.mark.parametrize("address", ["/law/2016/", "/law/2061/", "/law/0/", "/law/99999999999/"])
def test_other_years_are_not_there(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_without_a_year_it_is_the_present_one() -> None:
    assert f"The law of {timezone.now().year}" in shown("/law/")


def test_the_year_can_be_chosen() -> None:
    assert "The law of 2019" in shown("/law/?year=2019&status=single")


@pytest.mark.parametrize("wrong", ["lots", "-1", "1e99", "nan", "26"])
def test_a_rate_that_makes_no_sense_is_named_and_the_page_stands(wrong: str) -> None:
    page = shown(f"/law/2030/?indexing={wrong}")

    assert 'class="mistake"' in page
    assert "amt-exemption" in page


@pytest.mark.parametrize("query", ["status=x", "path=flat", "year=x", "year=1", "status=%00"])
def test_a_made_up_question_is_answered(query: str) -> None:
    assert "The law of" in shown(f"/law/?{query}")
