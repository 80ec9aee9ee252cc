"""Our engine alone: one scenario, batches, what the analyses take, memory and import.

The scenario has ten years and ten events; in a batch every amount of every year and event is an
array, 28% and unrecaptured section 1250 gain included.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from calculator import evaluate, parse_scenario
from calculator.analysis.pairing import pairing
from calculator.analysis.what_if import evaluate_batch, with_extra_gain
from calculator.timeline import each_year
from tests.benchmarks.timing import Row, a_second, milliseconds, seconds
from tests.calculator.households import household, stacked, structure

ROOT = Path(__file__).resolve().parents[2]
FIRST, YEARS = 2025, 10
DISTINCT = 2_000
SIZES = (200, 1_000, 4_000, 8_000)
LARGE = 100_000

Document = dict[str, Any]


def documents(count: int) -> list[Document]:
    """Households with everything; after some thousands they repeat."""
    random = np.random.default_rng(FIRST)
    common = structure("single", FIRST, ("larger",) * YEARS)
    some = [household(random, common) for _ in range(min(count, DISTINCT))]
    return [some[i % len(some)] for i in range(count)]


def batch(count: int) -> Document:
    return dict(stacked(documents(count), (count,)))


def sold_after_a_fall() -> Document:
    """A credit and an AMT loss to pair gain with, over ten years."""
    return {
        "schema_version": 1,
        "years": [{"year": FIRST + later, "wages": 250_000} for later in range(YEARS)],
        "grants": [{"id": "g", "kind": "iso", "date": "2022-01-05", "shares": 50_000, "strike": 1}],
        "exercises": [
            {
                "id": "e",
                "grant": "g",
                "date": "2025-02-03",
                "shares": 50_000,
                "fair_market_value": 21,
            }
        ],
        "sales": [
            {"id": f"s{year}", "from": "e", "date": f"{year}-06-01", "shares": 5_000, "price": 6}
            for year in range(FIRST + 1, FIRST + YEARS)
        ],
    }


def measure() -> Iterator[Row]:
    """The figures that the project has aims for, and those that explain them."""
    document = documents(1)[0]
    scenario = parse_scenario(document)
    yield Row(
        "One scenario of 10 years with 10 events",
        milliseconds(seconds(lambda: evaluate(scenario))),
        "at most 1.5 ms",
    )
    yield Row(
        "  read and checked from its document as well",
        milliseconds(seconds(lambda: evaluate(parse_scenario(document)))),
    )
    yield Row(
        "  and its result as a dictionary",
        milliseconds(seconds(lambda: evaluate(parse_scenario(document)).to_dict())),
    )
    for size in SIZES:
        yield from _of_size(size)
    yield _of_many()
    yield from _floor()
    paired = parse_scenario(sold_after_a_fall())
    year = FIRST + 1
    gains = np.linspace(0.0, 1_000_000.0, 200)
    yield Row(
        "200 points of extra gain over 10 years",
        milliseconds(seconds(lambda: evaluate_batch(with_extra_gain(paired, year, gains), 200))),
        "at most 20 ms",
    )
    yield Row(
        "  the whole pairing answer: two such curves and three exact marks",
        milliseconds(seconds(lambda: pairing(paired, year))),
    )
    yield from _in_processes()


def _of_size(size: int) -> Iterator[Row]:
    scenario = parse_scenario(batch(size))
    years = size * YEARS
    yield Row(
        f"Batch of {size:,}, scenario-years, the amounts kept",
        a_second(years, seconds(lambda: _amounts(scenario))),
        "1,000,000 a second" if size in (4_000, 8_000) else "",
    )
    yield Row(
        f"Batch of {size:,}, scenario-years, every line of every form kept",
        a_second(years, seconds(lambda: evaluate(scenario))),
    )


def _amounts(scenario: Any) -> list[tuple[Any, ...]]:
    return [
        (year.regular_tax, year.amt, year.credit_used, year.credit_balance, year.federal_tax)
        for year in each_year(scenario)
    ]


def _of_many(at_once: int = 4_000) -> Row:
    """A large batch, sliced before it is read, so that a slice fits the cache."""
    slices = [batch(at_once)] * (LARGE // at_once)

    def work() -> list[Any]:
        return [_amounts(parse_scenario(each)) for each in slices]

    return Row(
        f"{LARGE:,} scenarios in slices of {at_once:,}, scenario-years, reading included",
        a_second(LARGE * YEARS, seconds(work, least=3)),
        "1,000,000 a second",
    )


class Counted(np.ndarray):
    """An array that counts the operations done on it and on what comes of it."""

    operations = 0

    def __array_ufunc__(self, function: Any, method: str, *inputs: Any, **named: Any) -> Any:
        Counted.operations += 1
        plain = [i.view(np.ndarray) if isinstance(i, Counted) else i for i in inputs]
        return getattr(function, method)(*plain, **named).view(Counted)

    def __array_function__(self, function: Any, types: Any, inputs: Any, named: Any) -> Any:
        Counted.operations += 1
        plain = [i.view(np.ndarray) if isinstance(i, Counted) else i for i in inputs]
        return function(*plain, **named).view(Counted)


def counted(part: Any) -> Any:
    """A part of a scenario with its arrays replaced by ones that count."""
    if isinstance(part, np.ndarray):
        return part.view(Counted)
    if isinstance(part, tuple):
        return tuple(map(counted, part))
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{f.name: counted(getattr(part, f.name)) for f in fields(part)})
    return part


def _floor(size: int = 4_000) -> Iterator[Row]:
    """What the bare arithmetic would take: as many additions of arrays that stay in the cache."""
    Counted.operations = 0
    _amounts(counted(parse_scenario(batch(size))))
    operations = Counted.operations
    one, other, total = (np.ones(size) for _ in range(3))

    def additions() -> None:
        for _ in range(operations):
            np.add(one, other, out=total)

    yield Row("Operations on arrays in a scenario-year", f"{operations / YEARS:,.0f}")
    yield Row(
        f"Floor: as many additions of {size:,} amounts in the cache, scenario-years",
        a_second(size * YEARS, seconds(additions)),
    )


_MONTE_CARLO = """
import json, resource, sys, time
from datetime import date
import numpy
from calculator import parse_scenario
from calculator.analysis.monte_carlo import monte_carlo
from calculator.analysis.price_paths import Lognormal
scenario = parse_scenario(json.load(sys.stdin))
model = Lognormal(start=date(2025, 3, 1), price=21.0, drift=0.05, volatility=0.6)
monte_carlo(scenario, model, paths=100)
start = time.process_time()
monte_carlo(scenario, model, paths=10_000)
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_IMPORT = """
import time
start = time.process_time()
import calculator
print(time.process_time() - start)
"""


def _in_processes() -> Iterator[Row]:
    """What needs a process of its own: memory and imports."""
    runs = [_run(_MONTE_CARLO, json.dumps(sold_after_a_fall())) for _ in range(3)]
    duration, kibibytes = min(runs)
    yield Row("10,000 price paths over 10 years", milliseconds(duration), "at most 250 ms")
    yield Row("  memory of that process at its peak", f"{kibibytes / 1024:,.0f} MiB", "300 MiB")
    imported = min(_run(_IMPORT)[0] for _ in range(5))
    yield Row("Import of the calculator", milliseconds(imported), "at most 100 ms")


def _run(program: str, given: str = "") -> tuple[float, ...]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return tuple(map(float, done.stdout.split()))
