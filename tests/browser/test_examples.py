"""Every worked example of the gallery, opened as a visitor does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from amtweb.scenarios.gallery import examples
from tests.browser.bench import FIGURES, Bench

SENTENCE = re.compile(r"^\w[^.]+\.$")


# Every third: that each example has its figures is tested without a browser.
@pytest.mark.plotly
@pytest.mark.parametrize("slug", [each.slug for each in examples()][::3])
def test_an_example_opens_from_the_gallery_and_draws_its_charts(page: Page, slug: str) -> None:
    example = next(each for each in examples() if each.slug == slug)
    page.goto("/examples/")
    page.get_by_role("link", name=example.lesson, exact=True).click()
    bench = Bench(page)
    bench.wait_for_charts()

    expect(bench.input("title")).to_have_value(example.title)
    expect(page.get_by_text(example.shows)).to_be_visible()
    expect(page.locator("[data-figure]")).to_have_count(len(FIGURES))
    for figure in FIGURES:
        drawn = bench.drawn(figure)
        if drawn:
            assert any(amount for amounts in drawn.values() for amount in amounts)
            expect(page.locator(f"#plot-{figure} .main-svg").first).to_be_visible()
        else:
            expect(page.locator(f"#picture-{figure} .note")).to_have_text(SENTENCE)
