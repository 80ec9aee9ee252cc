"""Other programs on the same households; run by the interpreter of their own environment.

    var/peers/bin/python tests/benchmarks/peer_programs.py PROGRAM < request.json

The request has the columns of the households, the year, and how many to compute one at a time.
The answer is JSON: seconds for one household and for all of them, how many those are, and the
federal income tax with AMT of the first thousand.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

Columns = dict[str, list[float]]
Answer = dict[str, Any]

# One core, as for us. Polars and numba read these before they are imported.
for threads in ("POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[threads] = "1"


def seconds(work: Callable[[], Any], times: int = 5) -> float:
    """The median processor time, as in ``timing.py``."""
    work()
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def tenforty(columns: Columns, year: int, singly: int, backend: str) -> Answer:
    """Forms 1040 and 6251; no Form 8801, one basis."""
    import tenforty as program

    names = {
        "wages": "w2_income",
        "interest": "taxable_interest",
        "qualified_dividends": "qualified_dividends",
        "short_term_gain": "short_term_capital_gains",
        "long_term_gain": "long_term_capital_gains",
        "bargain_element": "incentive_stock_option_gains",
    }
    asked = {names[name]: amounts for name, amounts in columns.items()}
    asked["ordinary_dividends"] = columns["qualified_dividends"]
    one_by_one = [dict(zip(asked, row, strict=True)) for row in zip(*asked.values(), strict=True)]
    few = one_by_one[:singly]

    def each() -> list[Any]:
        return [program.evaluate_return(year=year, backend=backend, **each) for each in few]

    count = min(len(one_by_one), 2_000)
    batch = {name: amounts[:count] for name, amounts in asked.items()}
    together = program.evaluate_returns(year=year, mode="zip", backend=backend, **batch)
    return {
        "one": seconds(each) / len(few),
        "all": seconds(
            lambda: program.evaluate_returns(year=year, mode="zip", backend=backend, **batch), 3
        ),
        "count": count,
        "tax": together["federal_total_tax"].to_list()[:1_000],
    }


def taxsim(columns: Columns, year: int, singly: int) -> Answer:
    """TAXSIM's federal tax; no options, no Form 8801, one basis."""
    import polars
    from taxsim_py import calculate_row, calculate_taxes

    frame = polars.DataFrame(
        {
            "pwages": columns["wages"],
            "intrec": columns["interest"],
            "dividends": columns["qualified_dividends"],
            "stcg": columns["short_term_gain"],
            "ltcg": columns["long_term_gain"],
        }
    ).with_columns(
        polars.lit(year).alias("year"),
        polars.lit(0).alias("state"),
        polars.lit(1).alias("mstat"),
        polars.lit(40).alias("page"),
    )
    rows = frame.head(singly).to_dicts()
    taxes = calculate_taxes(frame.head(1_000))
    return {
        "one": seconds(lambda: [calculate_row(row) for row in rows]) / len(rows),
        "all": seconds(lambda: calculate_taxes(frame)),
        "count": frame.height,
        "tax": taxes["fiitax"].to_list(),
    }


def taxcalc(columns: Columns, year: int, singly: int) -> Answer:
    """Tax-Calculator: everything in the federal code that a file of returns has; no Form 8801."""
    import pandas
    import taxcalc as program

    count = len(columns["wages"])
    frame = pandas.DataFrame(
        {
            "RECID": range(1, count + 1),
            "MARS": 1,
            "XTOT": 1,
            "age_head": 40,
            "e00200": columns["wages"],
            "e00200p": columns["wages"],
            "e00300": columns["interest"],
            "e00600": columns["qualified_dividends"],
            "e00650": columns["qualified_dividends"],
            "p22250": columns["short_term_gain"],
            "p23250": columns["long_term_gain"],
            "cmbtp": columns["bargain_element"],
        }
    )
    policy = program.Policy()
    policy.set_year(year)

    def calculator(rows: Any) -> Any:
        records = program.Records(
            data=rows, start_year=year, gfactors=None, weights=None, adjust_ratios=None
        )
        calculator = program.Calculator(policy=policy, records=records)
        calculator.calc_all()
        return calculator

    one, everyone = calculator(frame.head(1)), calculator(frame)
    return {
        "one": seconds(one.calc_all),
        "all": seconds(everyone.calc_all),
        "count": count,
        "tax": everyone.array("iitax")[:1_000].tolist(),
    }


PROGRAMS: dict[str, Callable[[Columns, int, int], Answer]] = {
    "tenforty-graph": lambda *asked: tenforty(*asked, backend="graph"),
    "tenforty-ots": lambda *asked: tenforty(*asked, backend="ots"),
    "taxsim-py": taxsim,
    "taxcalc": taxcalc,
}


if __name__ == "__main__":
    request = json.load(sys.stdin)
    answer = PROGRAMS[sys.argv[1]](request["columns"], request["year"], request["singly"])
    print(json.dumps(answer))  # noqa: T201
