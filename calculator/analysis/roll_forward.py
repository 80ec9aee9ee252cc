"""Closes years: the scenario of the years after, with opening balances as filed.

Nothing of a closed year is computed again.  What it carries over stands on the filed return: the
credit, both capital losses, and what estimated tax follows.  Shares are carried in the document:
what was exercised becomes a holding with both its bases, what was sold is gone, and options that
are left stay in their grant.

With the model's own figures every later year comes out as before, but for the lines of the first
Form 8801 that come from the year before it.  Where a document cannot carry something so, it is
refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from calculator.amounts import larger_of, not_below_zero, total_of
from calculator.document import parse_scenario
from calculator.errors import InvalidScenario, Problem, UnsupportedSituation
from calculator.fields import document_fields
from calculator.scenario import CapitalLoss, Exercise, Grant
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calculator.amounts import Dollars
    from calculator.results import ScenarioResult, YearResult

    Document = Mapping[str, Any]
    Row = Mapping[str, Any]

PLACES: Final = 9
"""Decimals of a share: what subtracting leaves below them is rounding."""
OF_OPTIONS: Final = ("id", "label", "kind", "date", "shares", "strike", "fair_market_value")
OF_EXERCISES: Final = ("id", "grant", "date", "shares", "fair_market_value")
"""What is said of options whose exercises become holdings; with more to it they stay exercises,
which in a year before the first only make the lot."""
LISTS: Final = ("years", "grants", "exercises", "holdings", "sales")
OF_THE_YEAR_ITSELF: Final = ("21", "22", "23", "24", "25", "26")
"""Lines of Form 8801; the others come from the year before, whose form is not in the scenario."""
SAME: Final = 1e-6
"""Dollars, relative above one dollar."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FiledReturn:
    """The figures of a filed return that the next year begins with.  Dollars."""

    credit_carryforward: Dollars
    """Form 8801 line 26; zero if the form was not needed."""
    amt: Dollars
    """Form 6251 line 11."""
    exclusion_items_tax: Dollars
    """Net minimum tax on exclusion items: line 15 of the Form 8801 of the next year."""
    capital_loss: CapitalLoss
    """The carryover worksheet's, to the next year."""
    amt_capital_loss: CapitalLoss
    tax: Dollars
    """Federal tax, after credits."""
    adjusted_gross_income: Dollars

    @property
    def credit(self) -> Dollars:
        """The credit that is available in the next year: its Form 8801 line 21."""
        return not_below_zero(self.amt - self.exclusion_items_tax + self.credit_carryforward)


FIGURES: Final = tuple(field.name for field in fields(FiledReturn))
LOSSES: Final = ("capital_loss", "amt_capital_loss")


def as_modelled(year: YearResult) -> FiledReturn:
    """What the model says that the return of a year says."""
    return FiledReturn(
        credit_carryforward=year.credit_carryforward,
        amt=year.amt,
        exclusion_items_tax=year.exclusion_items_tax,
        capital_loss=year.capital_loss_carryforward,
        amt_capital_loss=year.amt_capital_loss_carryforward,
        tax=not_below_zero(year.federal_tax),
        adjusted_gross_income=year.adjusted_gross_income,
    )


def roll_forward(
    document: Document, year: int | None = None, filed: FiledReturn | None = None
) -> dict[str, Any]:
    """The document of the years after one, which by default is the first.

    Amounts may be arrays.  ``filed`` is the year's return; left out, it is what the model says.

    Raises:
        UnsupportedSituation: Something cannot be carried so that later years come out the same.
        InvalidScenario: The document is wrong, it has no such year or none after it, or a figure
            of the return is wrong.
    """
    result = evaluate(parse_scenario(document))
    closed = result.years[0].year if year is None else year
    returned = _year_to_close(result, closed)
    rolled = _without_closed_years(document, closed)
    modelled = rolled | {"opening": _opening(document, as_modelled(returned))}
    _refuse_other_figures(result, modelled)
    if filed is None:
        return modelled
    as_filed = rolled | {"opening": _opening(document, filed)}
    parse_scenario(as_filed)
    return as_filed


def rolled_with(document: Document, year: int | None, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Closes a year with the given figures of its return; those that are None are the model's.

    ``figures`` are named as in ``FiledReturn``; each capital loss is a pair of numbers.

    Raises:
        InvalidScenario: As ``roll_forward``; or a loss is not two numbers.
    """
    result = evaluate(parse_scenario(document))
    closed = result.years[0].year if year is None else year
    given = {name: _filed(name, figures[name]) for name in FIGURES if figures.get(name) is not None}
    filed = replace(as_modelled(_year_to_close(result, closed)), **given)
    return roll_forward(document, closed, filed)


def _filed(name: str, figure: Any) -> Any:
    if name not in LOSSES:
        return float(figure)
    if len(figure) != 2:
        raise _refusal(f"opening.{name}", "Give two numbers: short-term and long-term.")
    return CapitalLoss(short_term=float(figure[0]), long_term=float(figure[1]))


def _year_to_close(result: ScenarioResult, closed: int) -> YearResult:
    first, last = result.years[0].year, result.years[-1].year
    if not first <= closed <= last:
        raise _refusal("year", f"Choose a year of the scenario, from {first} to {last}.")
    if closed == last:
        message = f"The scenario ends with {last}: add {last + 1} before you close {last}."
        raise _refusal("years", message)
    return result.years[closed - first]


def _refusal(path: str, message: str) -> InvalidScenario:
    return InvalidScenario((Problem(path=path, message=message),))


def _opening(document: Document, filed: FiledReturn) -> dict[str, Any]:
    return {
        **document.get("opening", {}),
        "minimum_tax_credit": filed.credit,
        "capital_loss": _loss(filed.capital_loss),
        "amt_capital_loss": _loss(filed.amt_capital_loss),
        "prior_year_tax": filed.tax,
        "prior_year_adjusted_gross_income": filed.adjusted_gross_income,
    }


def _loss(loss: CapitalLoss) -> dict[str, Any]:
    return {"short_term": loss.short_term, "long_term": loss.long_term}


def _without_closed_years(document: Document, closed: int) -> dict[str, Any]:
    """The document with the events of the closed years carried out."""
    shares = _SharesLeft(document, closed)
    plain = {grant["id"] for grant in document.get("grants", ()) if _is_plain(document, grant)}
    holdings = [shares.left_of(holding) for holding in document.get("holdings", ())]
    grants, exercises = [], []
    for grant in document.get("grants", ()):
        of_grant = [each for each in document.get("exercises", ()) if each["grant"] == grant["id"]]
        done = [each for each in of_grant if _year_of(each) <= closed]
        if grant["id"] in plain:
            grants.append(shares.left_of_grant(grant, done, of_grant))
            holdings += [_as_holding(grant, shares.left_of(each)) for each in done]
        else:
            grants.append(grant)
            exercises += [shares.left_of(each) for each in done]
    later = [each for each in document.get("exercises", ()) if _year_of(each) > closed]
    rows = {
        "years": [facts for facts in document["years"] if facts["year"] > closed],
        "grants": [grant for grant in grants if shares.are_needed(grant, later, "grant")],
        "exercises": [each for each in exercises if shares.are_needed(each, shares.sales, "from")]
        + later,
        "holdings": [each for each in holdings if shares.are_needed(each, shares.sales, "from")],
        "sales": shares.sales,
    }
    # Nothing is written down that the document left out and that is still empty.
    return {
        **document,
        **{name: items for name, items in rows.items() if items or name in document},
    }


class _SharesLeft:
    """What the sales and exercises of the closed years left."""

    def __init__(self, document: Document, closed: int) -> None:
        sales = document.get("sales", ())
        self._splits = document.get("splits", ())
        self._stocks = {each["id"]: each.get("stock", "") for each in document.get("grants", ())}
        self.sales = [sale for sale in sales if _year_of(sale) > closed]
        self._done = [sale for sale in sales if _year_of(sale) <= closed]

    def left_of(self, lot: Row) -> dict[str, Any]:
        """The lot without what was sold; no less than what is sold of it later."""
        sold, later = (self._counted(lot, each) for each in (self._done, self.sales))
        return {**lot, "shares": _less(lot["shares"], sold, later)}

    def left_of_grant(self, grant: Row, done: list[Row], all_of: list[Row]) -> dict[str, Any]:
        """The grant without what was exercised."""
        later = [each for each in all_of if each not in done]
        return {**grant, "shares": _less(grant["shares"], done, later)}

    def _counted(self, lot: Row, sales: list[Row]) -> list[Row]:
        """The sales of a lot, in shares as they were when it was bought."""
        return [
            {"shares": _amount(sale["shares"]) / self._factor(lot, str(sale["date"]))}
            for sale in _of(sales, "from", lot["id"])
        ]

    def _factor(self, lot: Row, sold: str) -> Dollars:
        """How many shares a share of the lot had become by a day."""
        bought = str(lot.get("date") or lot["acquired"])
        factor: Dollars = 1.0
        for split in self._splits:
            if self._stock(lot) == split.get("stock", "") and bought < str(split["date"]) <= sold:
                factor = factor * _amount(split["ratio"])
        return factor

    def _stock(self, lot: Row) -> str | None:
        """As in ``calculator.equity.splits``: None for what has nothing to do with the grants."""
        if "grant" in lot:
            return str(self._stocks[lot["grant"]])
        stock = str(lot.get("stock", ""))
        return stock if stock or lot.get("iso") else None

    def are_needed(self, row: Row, users: Iterable[Row], key: str) -> bool:
        """Whether shares are left, or something still names them."""
        left = row["shares"]
        some = bool(left > 0) if isinstance(left, int | float) else bool((left > 0).any())
        return some or any(user[key] == row["id"] for user in users)


def _of(rows: Iterable[Row], key: str, name: str) -> list[Row]:
    return [row for row in rows if row[key] == name]


def _less(shares: Any, taken: list[Row], later: list[Row]) -> Any:
    """What is left, without the rounding of the subtraction."""
    if not taken:
        return shares
    left = _amount(shares) - total_of(_amount(row["shares"]) for row in taken)
    needed = total_of(_amount(row["shares"]) for row in later)
    return larger_of(_rounded(left), needed)


def _rounded(shares: Dollars) -> Dollars:
    left = round(shares, PLACES) if isinstance(shares, float) else shares.round(PLACES)
    return not_below_zero(left)


def _amount(value: Any) -> Dollars:
    return float(value) if isinstance(value, int | float) else value


def _year_of(event: Row) -> int:
    return int(str(event["date"])[:4])


def _is_plain(document: Document, grant: Row) -> bool:
    """Whether nothing is said of a grant or its exercises that holdings could not say."""
    exercises = _of(document.get("exercises", ()), "grant", grant["id"])
    return (
        _said(grant, Grant) <= set(OF_OPTIONS)
        and all(_said(exercise, Exercise) <= set(OF_EXERCISES) for exercise in exercises)
        and not _other_lists(document)
    )


def _said(row: Row, kind: type) -> set[str]:
    """The fields of which a row says something else than their default."""
    defaults = {field.key: field.default for field in document_fields(kind) if not field.required}
    return {key for key, value in row.items() if key not in defaults or value != defaults[key]}


def _as_holding(grant: Row, exercise: Row) -> dict[str, Any]:
    """The shares of an exercise, with both bases and dates."""
    holding = {
        "id": exercise["id"],
        "label": grant.get("label", ""),
        "acquired": exercise["date"],
        "shares": exercise["shares"],
    }
    strike, value = grant["strike"], exercise["fair_market_value"]
    if grant["kind"] != "iso":
        # The spread was wages: it is part of both bases.
        paid = _amount(strike)
        return holding | {"basis": paid + not_below_zero(_amount(value) - paid)}
    iso = {
        "granted": grant["date"],
        "exercised": exercise["date"],
        "strike": strike,
        "fair_market_value": value,
    }
    return holding | {"iso": iso}


def _other_lists(document: Document) -> list[str]:
    """Lists of events beside those that are carried one by one; they stay as they are."""
    return [
        key
        for key, value in document.items()
        if isinstance(value, list | tuple) and value and key not in LISTS
    ]


def _unsupported(path: str, message: str) -> UnsupportedSituation:
    return UnsupportedSituation((Problem(path=path, message=message, unsupported=True),))


def _refuse_other_figures(result: ScenarioResult, modelled: Document) -> None:
    """Refuses a document in which a later year does not come out as it did."""
    try:
        again = evaluate(parse_scenario(modelled)).to_dict()["years"]
    except InvalidScenario as invalid:
        (problem, *_) = invalid.problems
        message = f"What the closed years left cannot be carried over: {problem.message}"
        raise _unsupported(problem.path, message) from None
    first = again[0]["year"]
    before = [year for year in result.to_dict()["years"] if year["year"] >= first]
    for then, now in zip(before, again, strict=True):
        if not _alike(_comparable(then, first), _comparable(now, first)):
            message = (
                f"The end of {first - 1} cannot be carried over exactly: {now['year']} would come"
                " out otherwise. Something in the grants or shares depends on the closed years."
            )
            raise _unsupported("years", message)


def _comparable(year: dict[str, Any], first: int) -> dict[str, Any]:
    if year["year"] != first:
        return year
    form = year["forms"]["form_8801"]
    kept = {line: form[line] for line in OF_THE_YEAR_ITSELF}
    return year | {"forms": year["forms"] | {"form_8801": kept}}


def _alike(then: Any, now: Any) -> bool:
    if isinstance(then, dict):
        return then.keys() == now.keys() and all(_alike(then[key], now[key]) for key in then)
    if isinstance(then, list):
        return len(then) == len(now) and all(map(_alike, then, now))
    if then is None or isinstance(then, bool | str):
        return bool(then == now)
    if isinstance(then, int | float) and isinstance(now, int | float):
        return abs(now - then) <= SAME * max(1.0, abs(then))
    if then.dtype.kind not in "fiu":
        return bool((then == now).all())
    return bool((abs(now - then) <= SAME * larger_of(abs(then), 1.0)).all())
