"""Ours beside the best peers: the same households, one core, one run.

The peers live in ``var/peers``, an environment of their own (``requirements/peers.txt``); one that
cannot be run is left out with the reason.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from calculator import evaluate, parse_scenario
from calculator.timeline import each_year
from tests.benchmarks.same_households import YEAR, Columns, document, households
from tests.benchmarks.timing import Row, a_second, milliseconds, seconds

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "var" / "peers" / "bin" / "python"
SCRIPT = Path(__file__).with_name("peer_programs.py")
HOUSEHOLDS = 100_000
SINGLY = 100
COMPARED = 1_000
AT_ONCE = 4_000
CLOSE = 30.0
"""Dollars: some look the tax up in the Tax Table, whose rows are $50 wide."""


PEERS = {
    "tenforty-graph": "AMT; no 8801, no second basis",
    "tenforty-ots": "AMT; no 8801, no second basis",
    "taxsim-py": "no options, 8801 or second basis",
    "taxcalc": "AMT; no 8801, no second basis",
}
"""Each with what it computes of what we do."""


def measure() -> Iterator[Row]:
    """One household alone, many together, and the ratio to each peer."""
    columns = households(HOUSEHOLDS)
    single = _ours_singly(columns)
    read_and_single = _ours_singly(columns, with_reading=True)
    together = _ours_together(columns)
    yield Row("One household-year", milliseconds(single))
    yield Row("  read and checked from its document as well", milliseconds(read_and_single))
    yield Row(f"{HOUSEHOLDS:,} household-years, read and computed", a_second(HOUSEHOLDS, together))
    request = json.dumps({"columns": columns, "year": YEAR, "singly": SINGLY})
    for peer, computes in PEERS.items():
        answer, reason = _answer(peer, request)
        if answer is None:
            yield Row(f"{peer}: left out", reason)
            continue
        yield Row(f"{peer} ({computes})", f"agrees on {_agreement(answer, columns):.1%}")
        yield Row(
            "  one household-year",
            milliseconds(answer["one"]),
            f"ours takes {read_and_single / answer['one']:.3f} of it",
        )
        rate = answer["count"] / answer["all"]
        yield Row(
            f"  {answer['count']:,} together",
            a_second(answer["count"], answer["all"]),
            f"ours does {HOUSEHOLDS / together / rate:,.1f} times as many",
        )


def _ours_singly(columns: Columns, *, with_reading: bool = False) -> float:
    documents = [_household(columns, i) for i in range(SINGLY)]
    if with_reading:
        return seconds(lambda: [evaluate(parse_scenario(each)) for each in documents]) / SINGLY
    scenarios = [parse_scenario(each) for each in documents]
    return seconds(lambda: [evaluate(each) for each in scenarios]) / SINGLY


def _household(columns: Columns, i: int) -> dict[str, Any]:
    return document({name: amounts[i] for name, amounts in columns.items()})


def _ours_together(columns: Columns) -> float:
    arrays = {name: np.array(amounts) for name, amounts in columns.items()}

    def everyone() -> list[Any]:
        taxes = []
        for first in range(0, HOUSEHOLDS, AT_ONCE):
            some = {name: each[first : first + AT_ONCE] for name, each in arrays.items()}
            taxes += [year.federal_tax for year in each_year(parse_scenario(document(some)))]
        return taxes

    return seconds(everyone)


def _answer(peer: str, request: str) -> tuple[dict[str, Any] | None, str]:
    """What a peer says, or None and the reason why it says nothing."""
    if not PYTHON.exists():
        return None, "there is no var/peers; make benchmark makes it where it can"
    done = subprocess.run(
        [PYTHON, SCRIPT, peer],
        input=request,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    if done.returncode:
        return None, (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return json.loads(done.stdout.splitlines()[-1]), ""


def _agreement(answer: dict[str, Any], columns: Columns) -> float:
    """The part of the households without options on which a peer's tax is ours.

    Some programs count the Additional Medicare Tax among payroll taxes.
    """
    some = {name: np.array(amounts[:COMPARED]) for name, amounts in columns.items()}
    ours = evaluate(parse_scenario(document(some))).years[0]
    comparable = some["bargain_element"] == 0.0
    totals = (ours.federal_tax, ours.federal_tax - ours.additional_medicare_tax)
    return max(
        float((np.abs(np.array(answer["tax"]) - total) < CLOSE)[comparable].mean())
        for total in totals
    )
