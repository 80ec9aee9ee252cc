"""The calculator against the forms filled in on paper, for households with everything."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from calculator.law import law_for
from calculator.scenario import FILING_STATUSES, LawChoice
from tests.calculator.builders import Document, result_of
from tests.calculator.comparison import differences
from tests.calculator.extremes import Extremes, largest
from tests.calculator.households import household, structure
from tests.calculator.on_paper import Carried, fill_in
from tests.calculator.paper_arithmetic import FiledLaw

HOUSEHOLDS = 30
ELECTIONS = ("larger", "itemized", "larger", "standard", "larger", "larger")


def years_on_paper(
    document: Document, equity: list[Document], choice: LawChoice, *, filed: bool = False
) -> list[Document]:
    """Every year of a document by hand; ``equity`` is each year's equity compensation."""
    status = document["household"]["filing_status"]
    opening = document["opening"]
    carried = Carried(
        opening["minimum_tax_credit"],
        None,
        tuple(opening["capital_loss"].values()),
        tuple(opening["amt_capital_loss"].values()),
    )
    years = []
    for facts, shares in zip(document["years"], equity, strict=True):
        law = law_for(facts["year"], status, choice)
        if filed:
            law = FiledLaw(*law)
        everything = facts | {"household": document["household"]}
        filled_in, carried = fill_in(everything, shares, law, carried)
        years.append(filled_in)
    return years


@pytest.mark.parametrize(
    ("first", "path"),
    [
        (2017, "current"),
        (2018, "current"),
        (2021, "current"),
        (2025, "current"),
        (2028, "current"),
        (2025, "sunset"),
    ],
)
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_the_calculator_fills_in_what_paper_has(status: str, first: int, path: str) -> None:
    seniors = int(status == "head_of_household") + 2 * int(status == "married_filing_jointly")
    common = structure(status, first, ELECTIONS, events=first == 2025, seniors=seniors)
    random = np.random.default_rng(first)
    for _ in range(HOUSEHOLDS):
        document = household(random, common) | {"law": {"path": path}}
        if first == 2017:
            document["years"][0]["qualified_business_income_deduction"] = 0.0
        years = result_of(document)["years"]
        equity = [year["equity"] for year in years]
        on_paper = years_on_paper(document, equity, LawChoice(path=path))

        assert list(differences(on_paper, years, 0.001)) == []


@pytest.mark.parametrize("figures", ["exact", "as_filed"])
@pytest.mark.parametrize("path", ["current", "sunset"])
@pytest.mark.parametrize("first", [2017, 2020, 2025, 2026, 2029])
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_paper_and_calculator_agree_at_every_threshold_and_far_from_it(
    status: str, first: int, path: str, figures: str
) -> None:
    choice, filed = LawChoice(path=path), figures == "as_filed"
    random = Random(first)  # noqa: S311  (for households, not for secrets)
    extremes = Extremes(random, law_for(first, status, choice), whole=filed)
    for _ in range(HOUSEHOLDS):
        document = extremes.household(status, first)
        document |= {"law": {"path": path}, "method": {"figures": figures}}
        years = result_of(document)["years"]
        equity = [year["equity"] for year in years]
        on_paper = years_on_paper(document, equity, choice, filed=filed)

        rounding = 0.001 + 1e-12 * largest(document)
        assert list(differences(on_paper, years, rounding)) == []
        for ours, paper in zip(years, on_paper, strict=True):
            assert ours["forms"].keys() == paper["forms"].keys()
