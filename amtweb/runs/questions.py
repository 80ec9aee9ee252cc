"""What a run asks: what is supposed before and after, and how it is called."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from amtweb.analyses.laws import WORDS as LAWS
from amtweb.analyses.laws import parameter_words
from amtweb.scenarios.charts.money_words import dollars
from calculator.analysis.price_change import PriceChange
from calculator.analysis.supposition import NOTHING, Supposition
from calculator.law.changed import FRACTIONS, LawChange
from calculator.law.pinned import Pin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Asked = Mapping[str, Any]

NEW_LAW, OTHER_YEAR, LAW, PARAMETER = "new_law", "other_year", "law", "parameter"
PRICE, NOW = "price", "now"

CHANGES: Final[Mapping[str, str]] = {
    NEW_LAW: "What a year’s change of the law does",
    OTHER_YEAR: "The parameters of another year",
    LAW: "Another law",
    PARAMETER: "One parameter",
    PRICE: "Another price of the shares",
    NOW: "Nothing: as it is computed today, beside what was last saved",
}
PARTS: Final[Mapping[str, str]] = {
    "amt_phaseout": "phase-out of the AMT exemption",
    "amt": "AMT: exemption, phase-out and rates",
    "brackets": "brackets and rates, also of gains",
    "deductions": "deductions and personal exemptions",
    "all": "all parameters",
}
SHORT: Final[Mapping[str, str]] = {
    "amt_phaseout": "phase-out",
    "amt": "AMT law",
    "brackets": "schedule of rates",
    "deductions": "law of deductions",
    "all": "law",
}


class Question(NamedTuple):
    """What is compared."""

    before: Supposition
    after: Supposition
    subject: str
    """What makes the difference, to begin a sentence with."""
    title: str
    columns: tuple[str, str]
    """What before and after are."""
    since_saved: bool = False
    """Whether before is what the newest revision showed on its day."""


def question_of(asked: Asked) -> Question:
    """The question that is stored so."""
    return _READERS[asked["change"]](asked)


def _new_law(asked: Asked) -> Question:
    part, year = asked["part"], int(asked["year"])
    return Question(
        before=Supposition(pin=Pin(part, year - 1, year)),
        after=NOTHING,
        subject=f"The {year} {SHORT[part]}",
        title=f"What the {year} {SHORT[part]} does, beside that of {year - 1}",
        columns=(f"As in {year - 1}", f"Law from {year}"),
    )


def _other_year(asked: Asked) -> Question:
    part, year, start = asked["part"], int(asked["year"]), int(asked["from_year"])
    return Question(
        before=NOTHING,
        after=Supposition(pin=Pin(part, year, start)),
        subject=f"The {SHORT[part]} of {year}",
        title=f"The {SHORT[part]} of {year} from {start} on",
        columns=("As it is", f"As in {year}"),
    )


def _law(asked: Asked) -> Question:
    words = LAWS[asked["path"]]
    return Question(
        before=NOTHING,
        after=Supposition(law_path=asked["path"]),
        subject=f"“{words}”",
        title=f"Another law: {words[0].lower()}{words[1:]}",
        columns=("As it is", words),
    )


def _parameter(asked: Asked) -> Question:
    path, start = asked["parameter"], asked.get("from_year")
    value = math.inf if asked["value"] is None else float(asked["value"])
    words = f"{parameter_words(path)} at {_value(path, value)}"
    since = f" from {start} on" if start else ""
    return Question(
        before=NOTHING,
        after=Supposition(change=LawChange(path, value, start)),
        subject=f"“{words}”",
        title=f"{words}{since}",
        columns=("As it is", _value(path, value)),
    )


def _value(path: str, value: float) -> str:
    if math.isinf(value):
        return "no limit"
    return f"{100 * value:.6g}%" if path.endswith(FRACTIONS) else dollars(value)


def _price(asked: Asked) -> Question:
    day, stock = date.fromisoformat(asked["from_day"]), asked.get("stock") or None
    if asked.get("price") is not None:
        change = PriceChange(from_day=day, price=float(asked["price"]), stock=stock)
        words = f"a price of ${asked['price']:,.2f}"
    else:
        factor = 1 + float(asked["percent"])
        change = PriceChange(from_day=day, factor=factor, stock=stock)
        percent = f"{abs(100 * float(asked['percent'])):.6g}%"
        words = f"a price {percent} {'lower' if factor < 1 else 'higher'}"
    whose = f" of {stock}" if stock else ""
    return Question(
        before=NOTHING,
        after=Supposition(prices=change),
        subject=f"{words[0].upper()}{words[1:]}{whose}",
        title=f"{words[0].upper()}{words[1:]}{whose} from {day} on",
        columns=("As it is", words.removeprefix("a ")[0].upper() + words.removeprefix("a ")[1:]),
    )


def _now(_: Asked) -> Question:
    return Question(
        before=NOTHING,
        after=NOTHING,
        subject="Computing anew",
        title="As computed today, beside what was last saved",
        columns=("As saved", "Today"),
        since_saved=True,
    )


_READERS: Final[Mapping[str, Callable[[Asked], Question]]] = {
    NEW_LAW: _new_law,
    OTHER_YEAR: _other_year,
    LAW: _law,
    PARAMETER: _parameter,
    PRICE: _price,
    NOW: _now,
}
