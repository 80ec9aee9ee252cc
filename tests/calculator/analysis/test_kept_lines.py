from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.kept_lines import CENT, differ, kept_lines, since_then
from calculator.analysis.why import why
from tests.calculator.builders import years_from
from tests.calculator.households import household, structure

Document = dict[str, Any]


def of_seed(seed: int, **changes: Any) -> Document:
    common = structure("married_filing_jointly", 2025, ("larger", "standard", "itemized"))
    return household(np.random.default_rng(seed), common) | changes


def kept(document: Document) -> Any:
    """As it comes back from where it was stored."""
    return json.loads(json.dumps(kept_lines(evaluate(parse_scenario(document))), allow_nan=False))


@pytest.mark.parametrize("seed", range(20))
def test_the_lines_of_a_scenario_do_not_differ_from_themselves(seed: int) -> None:
    document = of_seed(seed)

    assert since_then(kept(document), evaluate(parse_scenario(document))) is None


@pytest.mark.parametrize("seed", range(20))
def test_kept_lines_explain_what_both_scenarios_would(seed: int) -> None:
    """Two households stand for the same one, computed on two days."""
    then, now = of_seed(seed), of_seed(seed + 100)

    since = since_then(kept(then), evaluate(parse_scenario(now)))

    assert since is not None
    live = why(parse_scenario(then), parse_scenario(now), year=since.year)
    for ours, theirs in ((since.federal_tax, live.federal_tax), (since.credit, live.credit)):
        assert (ours.before, ours.after) == pytest.approx((theirs.before, theirs.after), abs=0.01)
        assert ours.difference == pytest.approx(theirs.difference, abs=0.02)
        shares = {(line.form, line.line, line.caption): line.share for line in ours.lines}
        for line in theirs.lines:
            if abs(line.share) > 1:
                found = shares[line.form, line.line, line.caption]
                assert found == pytest.approx(line.share, abs=0.05, rel=1e-4)


def test_the_years_that_differ_are_named_and_the_first_is_explained() -> None:
    then = years_from(2025, {"wages": 200_000}, {"wages": 200_000}, {"wages": 200_000})
    now = years_from(2025, {"wages": 200_000}, {"wages": 200_100}, {"wages": 250_000})

    since = since_then(kept(then), evaluate(parse_scenario(now)))

    assert since is not None
    assert [year.year for year in since.years] == [2026, 2027]
    assert since.year == 2026


def test_a_line_that_was_not_kept_counts_as_unchanged() -> None:
    document = of_seed(2)
    old = kept(document)
    place = old["lines"].index("Form 6251 4")
    old["lines"].pop(place)
    for amounts in old["years"].values():
        amounts.pop(place)

    assert since_then(old, evaluate(parse_scenario(document))) is None


def test_figures_within_a_cent_are_the_same() -> None:
    assert not differ(100.0, 100.0 + CENT)
    assert not differ(100.004, 100.0)
    assert differ(100.0, 100.011)


def test_sixty_years_are_kept_in_little_room() -> None:
    common = structure("single", 2018, ("larger",) * 40, events=False)
    document = household(np.random.default_rng(3), common)

    size = len(json.dumps(kept(document)))

    assert size * 60 / 40 < 64_000
