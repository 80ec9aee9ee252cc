"""The capital losses carried forward, which are not the same for regular tax and for AMT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.figure import (
    BAR_WIDTH,
    Figure,
    Row,
    Trace,
    bars,
    empty_spec,
    layout,
    shows_any,
    spec_of,
)
from amtweb.scenarios.charts.money_words import counts, dollars, span, whole
from amtweb.scenarios.charts.palette import AMT_LOSS_BAR, REGULAR_LOSS_BAR, BarLook

if TYPE_CHECKING:
    from calculator.results import ScenarioResult
    from calculator.scenario import CapitalLoss

TITLE = "Capital losses carried forward"
COLUMNS = ("Regular, short-term", "Regular, long-term", "AMT, short-term", "AMT, long-term")
KEYS = ("short_term_loss", "long_term_loss", "amt_short_term_loss", "amt_long_term_loss")
BY_TERM = "%{y:$,.0f}<br>short-term %{customdata[0]:$,.0f}<br>long-term %{customdata[1]:$,.0f}"


class Loss(NamedTuple):
    """A net loss at the end of a year."""

    short_term: float
    long_term: float

    @property
    def total(self) -> float:
        return self.short_term + self.long_term


class TwoLosses(NamedTuple):
    """What the two systems carry out of every year."""

    years: tuple[int, ...]
    regular: tuple[Loss, ...]
    amt: tuple[Loss, ...]

    @property
    def there_is_none(self) -> bool:
        return not any(counts(loss.total) for loss in (*self.regular, *self.amt))


def losses_figure(result: ScenarioResult) -> Figure:
    losses = TwoLosses(
        tuple(year.year for year in result.years),
        tuple(_plain(year.capital_loss_carryforward) for year in result.years),
        tuple(_plain(year.amt_capital_loss_carryforward) for year in result.years),
    )
    return Figure(
        id="losses",
        title=TITLE,
        sentence=_sentence(losses),
        spec=_spec(losses),
        columns=COLUMNS,
        keys=KEYS,
        rows=tuple(
            Row(year, tuple(map(dollars, (*regular, *amt))), _readout(year, regular, amt))
            for year, regular, amt in zip(*losses, strict=True)
        ),
    )


def _plain(loss: CapitalLoss) -> Loss:
    return Loss(float(loss.short_term), float(loss.long_term))


def _sentence(losses: TwoLosses) -> str:
    if losses.there_is_none:
        return f"No capital losses are carried over {span(losses.years)}."
    regular = _system_words(losses.years, losses.regular)
    amt = _system_words(losses.years, losses.amt)
    return f"For regular tax {regular}; for AMT {amt}."


def _system_words(years: tuple[int, ...], losses: tuple[Loss, ...]) -> str:
    totals = [loss.total for loss in losses]
    most, last = max(totals), totals[-1]
    if not counts(most):
        return "no loss is carried forward"
    if whole(most) == whole(last):
        return f"{dollars(last)} is carried forward at the end of {years[-1]}"
    left = dollars(last) if counts(last) else "nothing"
    when = years[totals.index(most)]
    return f"at most {dollars(most)} (end of {when}) and {left} at the end of {years[-1]}"


def _readout(year: int, regular: Loss, amt: Loss) -> str:
    if not counts(regular.total) and not counts(amt.total):
        return f"{year}: no loss carried forward"
    return f"{year}: for regular tax {_by_term(regular)}, for AMT {_by_term(amt)}"


def _by_term(loss: Loss) -> str:
    if not counts(loss.total):
        return "none"
    terms = (("short-term", loss.short_term), ("long-term", loss.long_term))
    there = [f"{dollars(amount)} {term}" for term, amount in terms if counts(amount)]
    return " and ".join(there)


def _spec(losses: TwoLosses) -> dict[str, Any]:
    if losses.there_is_none:
        return empty_spec("No capital losses are carried over.")
    highest = max(loss.total for loss in losses.regular + losses.amt)
    traces = [
        _system("For regular tax", losses.years, losses.regular, REGULAR_LOSS_BAR),
        _system("For AMT", losses.years, losses.amt, AMT_LOSS_BAR),
    ]
    if all(map(shows_any, traces)):
        traces = _side_by_side(*traces)
    return spec_of(traces, layout(losses.years, 0.0, highest, barmode="overlay"))


def _system(name: str, years: tuple[int, ...], losses: tuple[Loss, ...], look: BarLook) -> Trace:
    totals = [loss.total for loss in losses]
    by_term = [[whole(float(loss.short_term)), whole(float(loss.long_term))] for loss in losses]
    # Zeros stay: without a line, a year without a bar could not be pointed at.
    return bars(name, years, totals, look) | {
        "y": [whole(total) for total in totals],
        "customdata": by_term,
        "hovertemplate": BY_TERM,
    }


def _side_by_side(one: Trace, other: Trace) -> list[Trace]:
    half = BAR_WIDTH / 2
    return [one | {"width": half, "offset": -half}, other | {"width": half, "offset": 0}]
