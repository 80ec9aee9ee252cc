"""The few inputs of a shared scenario that its reader may try other values of; nothing is kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.bench import Bench, Mistake, result_of, work
from amtweb.scenarios.editor import typed, wording
from amtweb.scenarios.editor.lot_words import choices_of_lots
from amtweb.scenarios.sooner_words import most_absorbed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from amtweb.scenarios.editor.typed import Tree
    from amtweb.scenarios.models import Document

MOST_SALES = 3
"""Sales that have levers: those that bring the most."""
STEPS = 100
LEAST_GAIN = 100_000.0
COUNTED = 0.5
"""Dollars; what is less is shown as nothing."""
ANY_YEAR = (1970, 2100)


class Lever(NamedTuple):
    """An input with a slider."""

    name: str
    label: str
    unit: str
    path: str
    """Of the document, where the calculator says what is wrong with it."""
    shared: float
    low: float
    high: float
    step: float
    hint: str = ""
    text: str = ""
    """What is typed, where it is not as shared."""
    error: str = ""

    @property
    def as_shared(self) -> str:
        return self.write(self.shared)

    @property
    def shows(self) -> str:
        """What stands in the box."""
        return self.text or self.as_shared

    @property
    def at(self) -> str:
        """Where the slider stands."""
        value = self.value
        return _bare(self.shared if value is None else value)

    @property
    def bounds(self) -> tuple[str, str, str]:
        """Of the slider, with its step, as its attributes have them."""
        return _bare(self.low), _bare(self.high), _bare(self.step)

    @property
    def is_changed(self) -> bool:
        return bool(self.text) and self.value != self.shared

    @property
    def value(self) -> float | None:
        return wording.read_amount(self.shows.removesuffix("%"))

    @property
    def whole_year(self) -> int | None:
        """The value as a year; None where it is none."""
        value = self.value
        if value is None or value != int(value) or not ANY_YEAR[0] <= value <= ANY_YEAR[1]:
            return None
        return int(value)

    def write(self, value: float) -> str:
        """A value as the box shows it."""
        return str(int(value)) if self.unit == "year" else wording.write_amount(value)


class WhatIf(NamedTuple):
    """What a reader tries, and what comes of it."""

    levers: tuple[Lever, ...]
    bench: Bench
    elsewhere: tuple[Mistake, ...]
    """What is wrong beside the levers."""

    @property
    def changes(self) -> int:
        return sum(lever.is_changed for lever in self.levers)

    @property
    def is_refused(self) -> bool:
        return self.bench.result is None or any(lever.error for lever in self.levers)


def try_out(shown: Document, post: Mapping[str, str]) -> WhatIf:
    """Computes the document with what is typed into the levers; blank stands for as shared."""
    levers = []
    tree = typed.from_document(shown)
    for lever in levers_of(shown):
        moved = lever._replace(text=post.get(lever.name, "").strip())
        if moved.is_changed or moved.value is None:
            moved = moved._replace(error=_pull(tree, moved))
        levers.append(moved)
    bench = work(tree, shown)
    levers, elsewhere = _beside_levers(levers, bench.mistakes)
    return WhatIf(tuple(levers), bench, elsewhere)


def levers_of(shown: Document) -> list[Lever]:
    """What can be tried with a document, as it is shared."""
    return [*_of_sales(shown), *_of_gains(shown), *_of_wages(shown)]


def _of_sales(shown: Document) -> Iterator[Lever]:
    sales = [sale for sale in enumerate(shown.get("sales", ())) if sale[1].get("price")]
    largest = sorted(sales, key=lambda sale: -sale[1]["shares"] * sale[1]["price"])[:MOST_SALES]
    named = dict(choices_of_lots(typed.from_document(shown))["from"])
    last = shown["years"][-1]["year"]
    for number, sale in sorted(largest, key=lambda sale: sale[0]):
        path, lot = f"sales[{number}]", named.get(sale["from"], "")
        price, year = float(sale["price"]), int(sale["date"][:4])
        high, step = _scale(max(3 * price, 1.0))
        name = f"Sale {number + 1}"
        hint = f"{lot}, sold {sale['date']}"
        yield Lever(
            f"{path}.price", f"{name}: price", "$", f"{path}.price", price, 0.0, high, step, hint
        )
        first = max(_year_of_lot(shown, sale["from"]), shown["years"][0]["year"])
        if first < last:
            yield Lever(f"{path}.date", f"{name}: year", "year", path, year, first, last, 1.0)


def _year_of_lot(shown: Document, lot: str) -> int:
    dates = {row["id"]: row["date"] for row in shown.get("exercises", ())}
    dates |= {row["id"]: row["acquired"] for row in shown.get("holdings", ())}
    return int(dates[lot][:4])


def _of_gains(shown: Document) -> Iterator[Lever]:
    """In the year whose gain matters most."""
    result = result_of(shown)
    years, number = result.years, _place_of_gain(shown, result)
    loss = years[number].amt_capital_loss_carryforward
    most = float(loss.short_term) + float(loss.long_term)
    gain = float(shown["years"][number].get("long_term_gain", 0.0))
    high, step = _scale(max(2 * most, 2 * gain, LEAST_GAIN))
    path = f"years[{number}].long_term_gain"
    label = f"Other long-term gain in {years[number].year}"
    yield Lever(path, label, "$", path, gain, min(gain, 0.0), high, step)


def _place_of_gain(shown: Document, result: Any) -> int:
    """Of the year with the largest gain, or with the largest AMT loss that waits for one.

    Without either it is the first year that has a credit to use: there a gain may cost nothing.
    """
    gains = [float(year.get("long_term_gain", 0.0)) for year in shown["years"]]
    if max(gains) >= COUNTED:
        return gains.index(max(gains))
    year, absorbed = most_absorbed(result)
    if absorbed >= COUNTED:
        return [each.year for each in result.years].index(year)
    years = enumerate(result.years)
    return next((n for n, y in years if float(y.credit_available) >= COUNTED), 0)


def _of_wages(shown: Document) -> Iterator[Lever]:
    if any(year.get("wages") for year in shown["years"]):
        yield Lever("wages", "Wages of all years, changed by", "%", "years", 0, -100, 100, 5)


def _scale(most: float) -> tuple[float, float]:
    """A round end of a slider, and its step."""
    power = 10.0 ** math.floor(math.log10(most))
    high = next(power * digit for digit in (1, 2, 5, 10) if power * digit >= most * 0.999)
    return high, high / STEPS


def _pull(tree: Tree, lever: Lever) -> str:
    """Puts what is typed into the tree; a sentence where that is not possible."""
    if lever.unit == "%":
        return _pull_wages(tree, lever)
    if lever.unit == "year":
        return _pull_date(tree, lever)
    kind, _, field = lever.path.partition(".")
    name, _, number = kind.removesuffix("]").partition("[")
    tree[name][int(number)][field] = lever.text
    return ""


def _pull_wages(tree: Tree, lever: Lever) -> str:
    if lever.value is None:
        return "Enter a percentage, such as 10 or −10."
    for year in tree["years"]:
        wages = wording.read_amount(year.get("wages", ""))
        if wages:
            year["wages"] = wording.write_amount(round(wages * (1 + lever.value / 100), 2))
    return ""


def _pull_date(tree: Tree, lever: Lever) -> str:
    year = lever.whole_year
    if year is None:
        return f"Enter a year from {int(lever.low)} to {int(lever.high)}."
    row = tree["sales"][int(lever.path.removeprefix("sales[").removesuffix("]"))]
    day = row["date"][4:]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    row["date"] = f"{year}-02-28" if day == "-02-29" and not leap else f"{year}{day}"
    return ""


def _beside_levers(
    levers: list[Lever], mistakes: tuple[Mistake, ...]
) -> tuple[list[Lever], tuple[Mistake, ...]]:
    elsewhere = []
    for mistake in mistakes:
        for number, lever in enumerate(levers):
            if mistake.path.startswith(lever.path) and lever.is_changed | (lever.value is None):
                levers[number] = lever._replace(error=lever.error or mistake.message)
                break
        else:
            elsewhere.append(mistake)
    return levers, tuple(elsewhere)


def _bare(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def context_of(tried: WhatIf) -> dict[str, Any]:
    """What the panel of levers shows."""
    return {"levers": tried.levers, "changes": tried.changes, "elsewhere": tried.elsewhere}
