"""The analyses as commands: what each is called, what may be asked, and who answers.

An analysis is loaded only when its command is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculator.command import Command
from calculator.commands_of_forms import WORKSHEETS
from calculator.commands_of_two import JOINT_OR_SEPARATE, WHY
from calculator.document import document_of
from calculator.flags import Flag, amount_of_year, day, flag, law_change, numbers, span

if TYPE_CHECKING:
    import argparse

    from calculator.scenario import Scenario


def _monte_carlo(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.monte_carlo import monte_carlo
    from calculator.analysis.price_paths import FallAndStay, Lognormal

    model = (
        FallAndStay(asked.start, asked.price, asked.fall)
        if asked.sale_prices_from == "fall"
        else Lognormal(asked.start, asked.price, asked.drift, asked.volatility)
    )
    return monte_carlo(
        scenario,
        model,
        paths=asked.paths,
        seed=asked.seed,
        exercises=asked.exercises,
        holdings=asked.holding,
    ).to_dict()


MONTE_CARLO = Command(
    "monte-carlo",
    "Follow the credit over many paths of the stock’s price.",
    (
        flag(
            "--sale-prices-from",
            "the kind of path",
            choices=("lognormal", "fall"),
            default="lognormal",
        ),
        flag("--price", "today's price, dollars a share", type=float, required=True),
        flag("--start", "the day of that price", type=day, required=True),
        flag("--drift", "yearly growth of the mean price (0.07)", type=float, default=0.0),
        flag("--volatility", "yearly volatility (0.6)", type=float, default=0.0),
        flag("--fall", "fraction lost in a year, on a path that falls", type=float, default=0.0),
        flag("--exercises", "later fair market values follow the paths too", action="store_true"),
        flag(
            "--holding",
            "a further holding whose sales follow the paths",
            action="append",
            default=[],
        ),
        flag("--paths", "how many", type=int, default=10_000),
        flag("--seed", "the same number, the same paths", type=int, default=0),
    ),
    _monte_carlo,
)


def _sale_prices(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.sale_prices import sale_prices

    return sale_prices(scenario, asked.sale, asked.prices).to_dict()


SALE_PRICES = Command(
    "sale-prices",
    "Compare prices of one sale, each beside exercise and sale on one day.",
    (
        flag("--sale", "the sale", required=True, metavar="ID"),
        flag(
            "--prices",
            "dollars a share, with commas between",
            type=numbers,
            required=True,
            metavar="6,20,4,0.5",
        ),
    ),
    _sale_prices,
)


def _deduction_election(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.deduction_election import deduction_election

    return deduction_election(scenario, asked.year, credit_value=asked.credit_value).to_dict()


DEDUCTION_ELECTION = Command(
    "deduction-election",
    "Compare the standard deduction with itemizing, by the tax of all years.",
    (
        flag("--year", "only this year", type=int),
        flag(
            "--credit-value",
            "what a dollar of credit left at the end is worth; else as the scenario assumes",
            type=float,
        ),
    ),
    _deduction_election,
)


def _pairing(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.pairing import pairing

    return pairing(
        scenario,
        asked.year,
        holding=asked.holding,
        points=asked.points,
        upto=asked.upto,
        otherwise=asked.otherwise,
        long_term=not asked.short_term,
    ).to_dict()


PAIRING = Command(
    "pairing",
    "Follow the credit as further gain is realized in a year.",
    (
        flag("--year", "the year of the gain", type=int, required=True),
        flag("--holding", "the id of the holding to sell for it"),
        flag("--points", "how many points the curve has", type=int, default=200),
        flag("--upto", "the largest gain, in dollars", type=float),
        flag("--otherwise", "the year in which it would be realized if not now", type=int),
        flag("--short-term", "a short-term gain", action="store_true"),
    ),
    _pairing,
)


def _crossover(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.crossover import crossover

    return crossover(scenario, asked.exercise, budget=asked.budget).to_dict()


CROSSOVER = Command(
    "crossover",
    "Say how many shares can be exercised before AMT starts.",
    (
        flag("--exercise", "the id of the exercise", required=True),
        flag("--budget", "dollars of AMT that would be accepted", type=float),
    ),
    _crossover,
)


def _law_comparison(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.law_comparison import law_comparison

    return law_comparison(scenario, asked.change).to_dict()


LAW_COMPARISON = Command(
    "law-comparison",
    "Compute the same facts under current law, the sunset, flat rates, and a law of one’s own.",
    (
        flag(
            "--change",
            "a parameter of one’s own law, from a year on if one is given",
            action="append",
            default=[],
            type=law_change,
            metavar="amt.phaseout_rate=0.25@2027",
        ),
    ),
    _law_comparison,
)


def _exercise_plan(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.exercise_plan import Limits, exercise_plan

    return exercise_plan(
        scenario,
        asked.grant,
        asked.years[0],
        asked.years[1],
        asked.value,
        growth=asked.growth,
        limits=Limits(asked.amt_budget, asked.cash),
        shares_left=asked.shares_left,
        credit_value=asked.credit_value,
    ).to_dict()


CREDIT_VALUE = flag(
    "--credit-value",
    "worth of a dollar of credit left at the end (0.5); left out: as the scenario assumes",
    type=float,
)
EXERCISE_PLAN = Command(
    "exercise-plan",
    "Spread the exercise of a grant over years: at once, evenly, and at least tax.",
    (
        flag("--grant", "the grant to exercise", required=True),
        flag("--years", "one year or a range, such as 2026-2030", type=span, required=True),
        flag("--value", "a share's value in the first of them", type=float, required=True),
        flag("--growth", "of that value in a year (0.05)", type=float, default=0.0),
        flag("--amt-budget", "dollars of AMT in a year, at most", type=float),
        flag("--cash", "dollars for strike and tax in a year, at most", type=float),
        flag("--shares-left", "shares not to exercise", type=float, default=0.0),
        CREDIT_VALUE,
    ),
    _exercise_plan,
)


def _sale_years(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.sale_years import sale_years
    from calculator.analysis.year_end import year_end_if_any

    answer = sale_years(
        scenario,
        asked.source,
        asked.price,
        first_year=asked.first,
        last_year=asked.to,
        growth=asked.growth,
        shares=asked.shares,
        early=asked.early,
        credit_value=asked.credit_value,
    )
    decision = year_end_if_any(scenario, asked.source, asked.price, growth=asked.growth)
    return answer.to_dict() | {"year_end": None if decision is None else decision.to_dict()}


SALE_YEARS = Command(
    "sale-years",
    "Say in which years to sell the shares of a lot; and whether to sell in the year of exercise.",
    (
        flag("--source", "the exercise or holding to sell", required=True),
        flag("--price", "of a share in the first year", type=float, required=True),
        flag("--from", "the first year in which to sell", type=int, dest="first", metavar="YEAR"),
        flag("--to", "the last one", type=int, metavar="YEAR"),
        flag("--growth", "of the price in a year (0.05)", type=float, default=0.0),
        flag("--shares", "how many; left out: all", type=float),
        flag("--early", "also before the holding periods end", action="store_true"),
        CREDIT_VALUE,
    ),
    _sale_years,
)


def _cash(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.cash import cash

    return cash(scenario, dict(asked.withholding)).to_dict()


CASH = Command(
    "cash",
    "Say what is owed on which day: strike, AMT of exercises, estimated tax, balance.",
    (
        flag(
            "--withholding",
            "withheld in a year, instead of what the document says",
            action="append",
            default=[],
            type=amount_of_year,
            metavar="YEAR=DOLLARS",
        ),
    ),
    _cash,
)


def _roll_forward(document: dict[str, Any], asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.roll_forward import rolled_with

    return rolled_with(document, asked.year, vars(asked))


def _loss_flag(name: str, kind: str) -> Flag:
    help_ = f"{kind} carried to the next year: short-term,long-term"
    return flag(name, help_, type=numbers, metavar="SHORT,LONG")


ROLL_FORWARD = Command(
    "roll-forward",
    "Close a year: the document of the years after it. Figures left out are the model’s.",
    (
        flag("--year", "the year to close; else the first", type=int),
        flag("--credit-carryforward", "Form 8801 line 26 as filed", type=float),
        flag("--amt", "Form 6251 line 11 as filed", type=float),
        flag("--exclusion-items-tax", "Form 8801 line 15, of the next year’s form", type=float),
        _loss_flag("--capital-loss", "capital loss"),
        _loss_flag("--amt-capital-loss", "AMT capital loss"),
        flag("--tax", "federal tax as filed", type=float),
        flag("--adjusted-gross-income", "as filed", type=float),
    ),
    _roll_forward,
    read=document_of,
)


def _dates(scenario: Scenario, _: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.dates import dates

    return {"dates": [day.to_dict() for day in dates(scenario)]}


DATES = Command(
    "dates",
    "List the days from which shares qualify or are long-term, and when options vest and end.",
    (),
    _dates,
)


def _determinations(scenario: Scenario, _: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.determinations import determinations

    return {"determinations": [each.to_dict() for each in determinations(scenario)]}


DETERMINATIONS = Command(
    "determinations",
    "Say what each exercise and sale counts as, and by which rule.",
    (),
    _determinations,
)


def _tax_software(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.tax_software import tax_software

    return tax_software(scenario, only=asked.year).to_dict()


TAX_SOFTWARE = Command(
    "tax-software",
    "List what is typed into a tax program each year, and what the usual mistakes would cost.",
    (flag("--year", "only this year", type=int),),
    _tax_software,
)


def _lots(scenario: Scenario, _: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.lot_ledger import lot_ledgers

    return {"lots": [ledger.to_dict() for ledger in lot_ledgers(scenario)]}


LOTS = Command(
    "lots",
    "Follow every lot from its grant to its last sale, with both bases.",
    (),
    _lots,
)


COMMANDS: tuple[Command, ...] = (
    PAIRING,
    CROSSOVER,
    MONTE_CARLO,
    SALE_PRICES,
    DEDUCTION_ELECTION,
    LAW_COMPARISON,
    EXERCISE_PLAN,
    SALE_YEARS,
    CASH,
    WHY,
    JOINT_OR_SEPARATE,
    DATES,
    DETERMINATIONS,
    WORKSHEETS,
    LOTS,
    TAX_SOFTWARE,
    ROLL_FORWARD,
)
