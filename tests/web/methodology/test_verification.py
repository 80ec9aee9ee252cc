"""The page of the published examples: ours beside theirs, found by words, opened as scenarios."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

import pytest
from django.test import Client

from amtweb.methodology import views
from amtweb.methodology.verification import row_of
from amtweb.scenarios.gallery import example
from calculator.verification import Verification, sources, verify
from tests.web.reading import Page

CPU_ALLOWED = 0.3
COURTS = sum(check.source.kind == "court" for check in verify().checks)
EXAMPLES = [e.id for source in sources() for e in source.examples if e.figures]


def shown(query: str = "") -> str:
    response = Client().get(f"/verification/{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def rows(page: str) -> list[str]:
    return re.findall(r'<tr class="(?:agrees|differs)">', page)


def test_the_sum_of_it_is_said_in_one_sentence() -> None:
    page, verified = shown(), verify()
    counts = [verified.count(), len(sources())]
    counts += [verified.count("agrees"), verified.count("differs as explained")]
    sentence = "{} figures of {} sources: {} agree, {} differ as explained.".format(*counts)

    assert sentence in page
    assert len(rows(page)) == verify().count()


def test_every_source_leads_to_where_it_is_published() -> None:
    page = shown()

    for source in sources():
        assert f'<a href="{source.url}" rel="noreferrer">{source.title}</a>' in page
        assert source.states in page


def test_what_computed_it_is_said() -> None:
    page = shown()

    assert f"Calculator {verify().engine_version}" in page
    assert verify().law_version in page
    assert re.search(r"reviewed on [A-Z][a-z]+ [0-9]+, 20[0-9]{2}", page)


def test_a_figure_that_differs_says_why_beside_both_amounts() -> None:
    page = shown("?words=zacks&shown=differs")

    (row,) = re.findall(r'<tr class="differs">.*?</tr>', page, re.DOTALL)
    for told in ("$42,250", "$55,850", "+13,600", "differs as explained", "exemption of 2017"):
        assert told in row


def test_amounts_are_written_to_the_cent_where_they_have_cents() -> None:
    page = shown("?words=iso-analysis")

    assert "$34,511.54" in page
    assert "$25,067<" in page


def test_headings_are_the_kinds_of_source() -> None:
    headings = re.findall(r"<h2 id=[^>]*>([^<]*)</h2>", shown())

    assert headings == [
        "The Internal Revenue Service",
        "Courts",
        "Articles and books",
        "Questions and answers",
        "Calculators and tests of programs",
        "Where others go wrong",
    ]


def test_every_difference_is_told_once_more_by_its_cause() -> None:
    elsewhere = shown().partition('id="elsewhere"')[2]

    assert elsewhere.count("<li>") == verify().count("differs as explained")


@pytest.mark.parametrize(
    ("query", "least", "most"),
    [
        ("?words=carryover", 1, 40),
        ("?words=PALAHNUK", 7, 7),
        ("?words=palahnuk+2k", 1, 1),
        ("?kind=court", COURTS, COURTS),
        ("?shown=differs", verify().count("differs as explained"), 100),
        ("?shown=agrees", verify().count("agrees"), verify().count("agrees")),
        ("?words=nothing-has-this", 0, 0),
        ("?kind=nonsense", verify().count(), verify().count()),
        (f"?words={'x' * 500}", verify().count(), verify().count()),
        ("?words=%00%ff", 0, verify().count()),
    ],
)
def test_figures_are_found_by_words_kind_and_verdict(query: str, least: int, most: int) -> None:
    assert least <= len(rows(shown(query))) <= most


def test_what_was_searched_stays_in_the_field_and_is_counted() -> None:
    page = shown("?words=palahnuk+%3Cb%3E")

    assert 'value="palahnuk <b>"' in page
    assert "0 of" in page
    assert "Fewer words find more" in page


def test_the_page_is_well_formed_and_no_id_stands_twice() -> None:
    ids = Page(Client().get("/verification/").content).ids

    assert len(set(ids)) == len(ids)
    assert set(EXAMPLES) <= set(ids)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_an_example_can_be_opened_as_a_scenario(db: None, slug: str) -> None:
    response = Client().get(f"/examples/{slug}/")

    assert response.status_code == 200
    assert example(slug).title in unescape(response.content.decode())


STATUSES = ("single", "hoh", "mfj", "mfs")
ARTICLES = {
    "wealth-3040": {"pairing-alone", "pairing-paired"},
    "eso-primer": {
        "eso-primer-simple",  # the credit of $50,000
        *(f"eso-primer-{price}" for price in ("6", "20", "4", "0-50")),
        *(f"eso-primer-{price}-same-day" for price in ("6", "20", "4", "0-50")),
    },
    "astra": {
        "astra-price-stays-standard",
        "astra-price-stays-itemized",
        "astra-price-falls-standard",
        "astra-price-falls-itemized",
        "astra-same-year",
        "astra-slope",
        *(
            f"astra-{year}-{who}"
            for year in (2017, 2024)
            for who in ("single", "hoh", "mfj", "mfs")
        ),
    },
}


@pytest.mark.parametrize("article", ARTICLES)
def test_every_example_of_an_article_is_linked_as_a_scenario(article: str) -> None:
    page = shown().partition(f'id="source-{article}"')[2].partition("</article>")[0]

    linked = set(re.findall(r'href="/examples/([^/]+)/"', page))

    assert linked >= ARTICLES[article]


def test_an_example_can_be_changed_and_taken_away(db: None) -> None:
    client = Client()
    downloaded = client.get("/examples/irs-ash-2024/download/")

    assert downloaded.status_code == 200
    assert 'href="/examples/irs-ash-2024/"' in shown()


def test_an_unexplained_difference_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    first, *others = verify().checks
    broken: Any = dataclasses.replace(first, verdict="differs", ours=1.0)
    unsound = dataclasses.replace(verify(), checks=(broken, *others))
    monkeypatch.setattr(views, "verify", lambda: unsound)

    page = shown()

    assert "1 differ without an explanation" in page
    assert isinstance(unsound, Verification)
    assert not unsound.is_sound


def test_it_is_computed_and_rendered_quickly() -> None:
    Client().get("/coverage/")  # what every first page costs
    verify.cache_clear()
    before = time.process_time()

    Client().get("/verification/")

    assert time.process_time() - before < CPU_ALLOWED


def test_a_disposition_is_said_in_words() -> None:
    (check,) = [c for c in verify().checks if c.example.id == "course-early"][:1]

    assert row_of(check).ours == "disqualifying, in the year of exercise"
