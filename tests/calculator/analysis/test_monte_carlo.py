from __future__ import annotations

import json
import tracemalloc
from datetime import date

import numpy as np
import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis import monte_carlo as module
from calculator.analysis.monte_carlo import monte_carlo
from calculator.analysis.price_paths import FallAndStay, Lognormal, years_between
from tests.calculator.builders import Document, an_iso_exercise, years_from

START = date(2026, 1, 15)


def a_fallen_stock(price: float = 21, years: int = 4) -> Document:
    """Flat rates: AMT of 47,000 in 2026, of which 9,000 a year come back by wages alone."""
    return years_from(
        2026,
        *[{"wages": 100_000}] * years,
        law={"path": "flat"},
        **an_iso_exercise(),
        sales=[{"id": "s1", "from": "e1", "date": "2028-01-15", "shares": 10_000, "price": price}],
    )


def a_usual_stock() -> Document:
    return years_from(
        2026,
        *[{"wages": 200_000}] * 6,
        **an_iso_exercise(),
        holdings=[
            {"id": "h1", "acquired": "2020-01-01", "shares": 100, "basis": 1},
        ],
        sales=[
            {"id": "s1", "from": "e1", "date": "2027-06-01", "shares": 4_000, "price": 21},
            {"id": "s2", "from": "e1", "date": "2029-06-01", "shares": 6_000, "price": 21},
            {"id": "s3", "from": "h1", "date": "2029-06-01", "shares": 100, "price": 50},
        ],
    )


def test_a_fall_is_followed_by_hand() -> None:
    # 2026: 28% of 300,000 less 37% of 100,000.  2027: 37,000 less 28,000 comes back.  2028: the
    # price is down 80% to 4.20, the gain of 32,000 is taxed at 20%, and the AMT loss takes it up.
    answer = monte_carlo(parse_scenario(a_fallen_stock()), FallAndStay(START, 21.0, 0.8))

    assert answer.paths == 1
    assert answer.prices["s1"][50] == pytest.approx(4.2)
    assert answer.credit_balance[50] == pytest.approx([47_000, 38_000, 22_600, 13_600])
    assert answer.credit_left.mean == pytest.approx(13_600)
    assert answer.federal_tax.mean == pytest.approx(84_000 + 28_000 + 28_000 + 28_000)
    assert answer.chance_recovered == pytest.approx([0, 0, 0, 0])


def test_a_price_that_stays_is_the_scenario_itself() -> None:
    scenario = parse_scenario(a_fallen_stock(price=21))
    plain = evaluate(scenario)
    answer = monte_carlo(scenario, Lognormal(START, 21.0, 0.0, 0.0), paths=3)

    for rank in (5, 50, 95):
        assert answer.credit_balance[rank] == pytest.approx(
            [year.credit_balance for year in plain.years]
        )
    assert answer.federal_tax.mean == pytest.approx(plain.totals.federal_tax)


def test_every_path_is_a_scenario_of_its_own() -> None:
    scenario = parse_scenario(a_usual_stock())
    model = Lognormal(START, 21.0, 0.1, 0.7)
    for seed in range(5):
        one = monte_carlo(scenario, model, paths=1, seed=seed)
        document = a_usual_stock()
        for sale in document["sales"][:2]:
            sale["price"] = one.prices[sale["id"]][50]
        alone = evaluate(parse_scenario(document))

        assert one.federal_tax.mean == pytest.approx(alone.totals.federal_tax, abs=1e-6)
        assert one.credit_balance[50] == pytest.approx(
            [year.credit_balance for year in alone.years], abs=1e-6
        )


def test_the_same_seed_gives_the_same_answer() -> None:
    scenario = parse_scenario(a_usual_stock())
    model = Lognormal(START, 21.0, 0.1, 0.7)
    first = monte_carlo(scenario, model, paths=500, seed=7).to_dict()

    assert monte_carlo(scenario, model, paths=500, seed=7).to_dict() == first
    assert monte_carlo(scenario, model, paths=500, seed=8).to_dict() != first


def test_the_answer_does_not_depend_on_how_many_are_computed_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = parse_scenario(a_usual_stock())
    model = Lognormal(START, 21.0, 0.1, 0.7)
    together = monte_carlo(scenario, model, paths=100)
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 70)
    heard: list[tuple[int, int]] = []
    apart = monte_carlo(scenario, model, paths=100, progress=lambda *done: heard.append(done))

    assert apart.federal_tax.percentiles == pytest.approx(together.federal_tax.percentiles)
    assert apart.credit_balance[50] == pytest.approx(together.credit_balance[50])
    assert heard == [*((done, 100) for done in range(11, 100, 11)), (100, 100)]


def test_more_paths_begin_with_the_same_ones() -> None:
    model = Lognormal(START, 21.0, 0.1, 0.7)
    few = model.prices([0.5, 2.0], 10, np.random.default_rng(3))
    many = model.prices([0.5, 2.0], 1_000, np.random.default_rng(3))

    assert many[:10] == pytest.approx(few)


def test_drift_is_the_growth_of_the_mean_and_volatility_that_of_the_logarithm() -> None:
    prices = Lognormal(START, 10.0, 0.08, 0.5).prices([1.0, 4.0], 200_000, np.random.default_rng(1))

    # Four standard errors of the mean: 10 * 1.08^t * sqrt(exp(0.25 t) - 1) / sqrt(200,000) * 4.
    assert prices[:, 0].mean() == pytest.approx(10.8, abs=0.06)
    assert prices[:, 1].mean() == pytest.approx(10 * 1.08**4, abs=0.17)
    assert np.log(prices[:, 0]).std() == pytest.approx(0.5, abs=0.004)
    assert np.log(prices[:, 1]).std() == pytest.approx(1.0, abs=0.008)
    assert np.corrcoef(np.log(prices).T)[0, 1] == pytest.approx(0.5, abs=0.01)


def test_a_fall_takes_a_year_and_stays() -> None:
    prices = FallAndStay(START, 100.0, 0.8).prices([0.25, 1.0, 3.0], 2, np.random.default_rng(0))

    assert prices == pytest.approx(np.array([[80.0, 20.0, 20.0]] * 2))


@pytest.mark.parametrize(
    ("start", "day", "years"),
    [
        ("2026-01-15", "2027-01-15", 1.0),
        ("2026-01-15", "2026-01-16", 1 / 365),
        ("2027-03-01", "2029-02-28", 1 + 364 / 365),
        ("2024-02-29", "2025-02-28", 1.0),
    ],
)
def test_years_are_counted_from_anniversary_to_anniversary(
    start: str, day: str, years: float
) -> None:
    assert years_between(date.fromisoformat(start), date.fromisoformat(day)) == pytest.approx(years)


def test_other_holdings_keep_their_price_unless_they_are_named() -> None:
    scenario = parse_scenario(a_usual_stock())
    model = Lognormal(START, 21.0, 0.0, 0.5)

    assert monte_carlo(scenario, model, paths=5).moved_sales == ("s1", "s2")
    assert monte_carlo(scenario, model, paths=5, holdings=["h1"]).moved_sales == ("s1", "s2", "s3")


def test_what_lies_before_the_start_or_on_it_stays() -> None:
    scenario = parse_scenario(a_usual_stock())
    answer = monte_carlo(
        scenario, Lognormal(date(2027, 6, 1), 21.0, 0.0, 0.5), paths=5, exercises=True
    )

    assert answer.moved_sales == ("s2",)
    assert answer.moved_exercises == ()


def test_later_fair_market_values_follow_the_paths_if_asked() -> None:
    # 2026: half at 21; 2027: half at 4.20, whose spread of 3.20 comes to 16,000.
    document = a_fallen_stock()
    document["exercises"][0]["shares"] = 5_000
    document["exercises"].append(
        {
            "id": "e2",
            "grant": "g1",
            "date": "2027-01-15",
            "shares": 5_000,
            "fair_market_value": 21,
        }
    )
    del document["sales"][0]
    scenario = parse_scenario(document)
    answer = monte_carlo(scenario, FallAndStay(START, 21.0, 0.8), exercises=True)

    assert answer.moved_exercises == ("e2",)
    # 28% of 200,000 less 37,000 is AMT; then 37,000 less 28% of 116,000 comes back.
    assert answer.credit_balance[50][:2] == pytest.approx([19_000, 19_000 - 4_520])


def test_chances_are_those_of_the_paths_counted_one_by_one() -> None:
    scenario = parse_scenario(a_usual_stock())
    model = Lognormal(START, 21.0, 0.1, 0.9)
    many = monte_carlo(scenario, model, paths=40, seed=5)
    prices = model.prices(
        [years_between(START, date(2027, 6, 1)), years_between(START, date(2029, 6, 1))],
        40,
        np.random.default_rng(5),
    )
    back = np.zeros(6)
    for first, second in prices:
        document = a_usual_stock()
        document["sales"][0]["price"], document["sales"][1]["price"] = first, second
        result = evaluate(parse_scenario(document))
        back += [year.credit_balance <= 0 for year in result.years]

    assert many.chance_of_credit == 1.0
    assert many.chance_recovered is not None
    assert many.chance_recovered == pytest.approx(back / 40)
    assert 0 < many.chance_recovered[3] < 1


def test_where_there_is_never_a_credit_no_chance_is_given() -> None:
    document = a_fallen_stock()
    document["exercises"][0]["fair_market_value"] = 1
    answer = monte_carlo(parse_scenario(document), Lognormal(START, 1.0, 0.0, 0.5), paths=10)

    assert answer.chance_of_credit == 0.0
    assert answer.chance_recovered is None


def test_a_histogram_counts_every_path() -> None:
    answer = monte_carlo(
        parse_scenario(a_usual_stock()), Lognormal(START, 21.0, 0.0, 0.5), paths=321
    )

    for distribution in (answer.federal_tax, answer.credit_left):
        assert distribution.counts.sum() == 321
        assert len(distribution.edges) == len(distribution.counts) + 1


def test_memory_stays_small() -> None:
    document = a_usual_stock()
    document["years"] = [{"year": 2026 + later, "wages": 200_000} for later in range(10)]
    scenario = parse_scenario(document)
    model = Lognormal(START, 21.0, 0.0, 0.5)
    monte_carlo(scenario, model, paths=10)
    tracemalloc.start()
    try:
        monte_carlo(scenario, model, paths=10_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 150 * 2**20


@pytest.mark.parametrize(
    ("model", "other", "path"),
    [
        (Lognormal(START, -1.0, 0.0, 0.5), {}, "price"),
        (Lognormal(START, float("nan"), 0.0, 0.5), {}, "price"),
        (Lognormal(START, 1.0, -1.0, 0.5), {}, "drift"),
        (Lognormal(START, 1.0, 0.0, -0.5), {}, "volatility"),
        (FallAndStay(START, 1.0, 1.5), {}, "fall"),
        (Lognormal(START, 1.0, 0.0, 0.5), {"paths": 0}, "paths"),
        (Lognormal(START, 1.0, 0.0, 0.5), {"paths": 100_001}, "paths"),
        (Lognormal(START, 1.0, 0.0, 0.5), {"seed": -1}, "seed"),
        (Lognormal(START, 1.0, 0.0, 0.5), {"holdings": ["h7"]}, "holding"),
        (Lognormal(date(2031, 1, 1), 1.0, 0.0, 0.5), {}, "start"),
    ],
)
def test_a_bad_question_is_refused(
    model: Lognormal | FallAndStay, other: dict[str, object], path: str
) -> None:
    with pytest.raises(InvalidScenario) as caught:
        monte_carlo(parse_scenario(a_usual_stock()), model, **other)  # type: ignore[arg-type]

    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_scenario_that_is_a_batch_is_refused() -> None:
    document = a_usual_stock()
    document["sales"][0]["price"] = np.array([1.0, 2.0])
    with pytest.raises(InvalidScenario):
        monte_carlo(parse_scenario(document), Lognormal(START, 1.0, 0.0, 0.5))


def test_the_command_line_answers(tmp_path, capfdbinary) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(a_fallen_stock()), encoding="utf-8")
    asked = ["--sale-prices-from", "fall", "--price", "21", "--start", "2026-01-15"]
    assert main(["monte-carlo", str(path), *asked, "--fall", "0.8"]) == 0
    answer = json.loads(capfdbinary.readouterr().out)

    assert answer["credit_left"]["mean"] == pytest.approx(13_600)
    assert answer["credit_balance"]["50"] == pytest.approx([47_000, 38_000, 22_600, 13_600])

    asked = ["--price", "21", "--start", "2026-01-15", "--volatility", "0.5", "--paths", "20"]
    assert main(["monte-carlo", str(path), *asked]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert sum(answer["federal_tax"]["histogram"]["counts"]) == 20

    assert main(["monte-carlo", str(path), *asked[:-1], "0"]) == 2
    assert json.loads(capfdbinary.readouterr().out)["problems"][0]["path"] == "paths"
