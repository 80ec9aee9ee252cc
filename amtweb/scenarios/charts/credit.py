"""The minimum tax credit over the years: what there is, what it does, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.figure import (
    BAR_WIDTH,
    Callout,
    Figure,
    Row,
    bars,
    empty_spec,
    layout,
    line,
    note,
    spec_of,
)
from amtweb.scenarios.charts.money_words import (
    all_but,
    counts,
    dollars,
    in_years,
    listed,
    span,
    whole,
)
from amtweb.scenarios.charts.note_places import reach, within
from amtweb.scenarios.charts.palette import (
    ERODED,
    ERODED_BAR,
    GENERATED_BAR,
    INK,
    OPENING_BAR,
    QUIET,
    USED_BAR,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.results import ScenarioResult

TITLE = "AMT credit, year by year"
COLUMNS = ("Opening", "Added", "Used", "Eroded", "Closing")
KEYS = (
    "credit_available",
    "credit_generated",
    "credit_used",
    "credit_eroded",
    "credit_balance",
)
HEADLINE_SIZE = 15
ROOM_FOR_A_NOTE = 0.07
"""Of the height, above and below the bars."""
ABOVE_MARKERS = 5
"""In pixels, from where the words would touch a marker at their foot."""


class CreditYears(NamedTuple):
    """The credit of every year, as plain numbers."""

    years: tuple[int, ...]
    opening: tuple[float, ...]
    generated: tuple[float, ...]
    used: tuple[float, ...]
    eroded: tuple[float, ...]
    closing: tuple[float, ...]

    @property
    def held(self) -> list[float]:
        return [opening + made for opening, made in zip(self.opening, self.generated, strict=True)]

    @property
    def taken(self) -> list[float]:
        return [used + lost for used, lost in zip(self.used, self.eroded, strict=True)]

    @property
    def there_is_none(self) -> bool:
        return not any(map(counts, (*self.opening, *self.generated, *self.closing)))

    @property
    def all_but(self) -> tuple[int, float] | None:
        """When all but a small rest has lowered tax, and the rest; None where there is none."""
        if self.is_gone_by is None or self.years_of_erosion:
            return None
        return all_but(self.years, self.closing, self.opening[0] + sum(self.generated))

    @property
    def is_gone_by(self) -> int | None:
        """The year from whose end on there is no credit; None where some is left at the end."""
        if counts(self.closing[-1]):
            return None
        last = max(
            index
            for index, amounts in enumerate(zip(self.opening, self.generated, strict=True))
            if any(map(counts, amounts))
        )
        return self.years[last]

    @property
    def years_of_erosion(self) -> list[int]:
        return [year for year, lost in zip(self.years, self.eroded, strict=True) if counts(lost)]

    @property
    def worst_year_of_erosion(self) -> int:
        """Its place among the years."""
        return max(range(len(self.years)), key=lambda index: self.eroded[index])


def credit_figure(result: ScenarioResult) -> Figure:
    credit = CreditYears(
        tuple(year.year for year in result.years),
        tuple(float(year.credit_available) for year in result.years),
        tuple(float(year.credit_generated) for year in result.years),
        tuple(float(year.credit_used) for year in result.years),
        tuple(float(year.credit_eroded) for year in result.years),
        tuple(float(year.credit_balance) for year in result.years),
    )
    return Figure(
        id="credit",
        title=TITLE,
        sentence=_sentence(credit),
        spec=_spec(credit),
        callouts=tuple(_callouts(credit)),
        columns=COLUMNS,
        keys=KEYS,
        rows=tuple(
            Row(year, tuple(map(dollars, amounts)), _readout(year, amounts))
            for year, *amounts in zip(*credit, strict=True)
        ),
    )


def _callouts(credit: CreditYears) -> Iterator[Callout]:
    """Why the credit shrank most, where it did without lowering tax."""
    if not credit.years_of_erosion:
        return
    worst = credit.worst_year_of_erosion
    year = credit.years[worst]
    words = f"{dollars(credit.eroded[worst])} eroded: why?"
    half = reach(words, credit.years) / 2
    yield Callout(
        year,
        -max(within(credit.years, credit.taken, year - half, year + half)),
        words,
        f"erosion?year={year}",
        series="Eroded",
    )


def _sentence(credit: CreditYears) -> str:
    if credit.there_is_none:
        return f"There is no minimum tax credit {span(credit.years)}."
    in_all = whole(credit.opening[0] + sum(credit.generated))
    eroded, left = whole(sum(credit.eroded)), whole(credit.closing[-1])
    # So that the amounts add up: what is used over all years is what the others leave.
    used = in_all - eroded - left if counts(sum(credit.used)) else 0
    fates = [f"{dollars(used)} has lowered tax" if counts(used) else "nothing has lowered tax"]
    if counts(eroded):
        fates.append(
            f"{dollars(eroded)} has eroded, without lowering any tax, "
            f"{in_years(credit.years_of_erosion)}"
        )
    year = credit.is_gone_by
    if year is None:
        return (
            f"The credit is not fully recovered: {dollars(left)} is left at the end of "
            f"{credit.years[-1]}; of {dollars(in_all)} in all, {listed(fates)}."
        )
    if not counts(eroded):
        early = credit.all_but
        but = f", all but {dollars(early[1])} of it by {early[0]}" if early else ""
        return (
            f"The credit is fully recovered in {year}{but}: "
            f"all {dollars(in_all)} of it has lowered tax."
        )
    return f"No credit is left after {year}: of {dollars(in_all)} in all, {listed(fates)}."


def _readout(year: int, amounts: list[float]) -> str:
    opening, generated, used, eroded, closing = amounts
    if not any(map(counts, amounts)):
        return f"{year}: no credit"
    parts = [f"opening {dollars(opening)}"]
    changes = (("added", generated), ("used", used), ("eroded", eroded))
    parts += [f"{word} {dollars(amount)}" for word, amount in changes if counts(amount)]
    return f"{year}: {', '.join(parts)}, closing {dollars(closing)}"


def _spec(credit: CreditYears) -> dict[str, Any]:
    if credit.there_is_none:
        return empty_spec("There is no AMT credit in these years.")
    years = credit.years
    held, taken = max(credit.held), max(credit.taken)
    # A line of words takes a share of the whole height, however little there is on its side.
    words = ROOM_FOR_A_NOTE * (held + taken)
    return spec_of(
        [
            bars("Opening", years, credit.opening, OPENING_BAR, what="from the year before"),
            bars("Added", years, credit.generated, GENERATED_BAR, what="AMT that becomes credit"),
            bars("Used", years, credit.used, USED_BAR, below=True, what="lowers the tax"),
            bars(
                "Eroded",
                years,
                credit.eroded,
                ERODED_BAR,
                below=True,
                what="lost, lowers no tax",
            ),
            line("Closing", years, credit.closing, INK, what="left at the end of the year"),
        ],
        layout(
            years,
            -taken - (words if credit.years_of_erosion else 0.0),
            held + words,
            barmode="relative",
            **_marks(credit),
        ),
    )


def _marks(credit: CreditYears) -> dict[str, Any]:
    """When the credit is back, or what is left; and where it erodes."""
    gone = credit.is_gone_by
    last = credit.years[-1]
    notes = []
    if gone is None:
        notes.append(_headline(f"{dollars(credit.closing[-1])} left in {last}", last, credit))
        shapes = []
    else:
        words = "none left" if credit.years_of_erosion else "fully recovered"
        words = f"{words} in {gone}"
        if credit.all_but:
            gone, rest = credit.all_but
            words = f"all but {dollars(rest)} recovered in {gone}"
        notes.append(_headline(words, gone, credit))
        shapes = [
            {
                "type": "line",
                "x0": gone,
                "x1": gone,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "layer": "below",
                "line": {"color": QUIET, "width": 1, "dash": "dot"},
            }
        ]
    notes += _beginning(credit)
    if credit.years_of_erosion:
        # One label: further erosion has the same look, and labels side by side would collide.
        worst = credit.worst_year_of_erosion
        notes.append(
            note(
                f"{dollars(credit.eroded[worst])} eroded",
                x=credit.years[worst],
                y=-whole(credit.taken[worst]),
                hue=ERODED,
                name="Eroded",
                yanchor="top",
            )
        )
    return {"annotations": notes, "shapes": shapes}


def _beginning(credit: CreditYears) -> list[dict[str, Any]]:
    """Where a credit comes into being, if it does once: above the bars that the words go over."""
    begins = [index for index, amount in enumerate(credit.generated) if counts(amount)]
    if len(begins) != 1:
        return []
    (index,) = begins
    words, year = f"AMT of {dollars(credit.generated[index])}", credit.years[index]
    far = reach(words, credit.years)
    place = (index + 0.5) / len(credit.years)
    anchor, turned = ("left", 1) if place < 0.2 else ("right", -1) if place > 0.8 else ("center", 0)
    ends = {1: (year, year + far), -1: (year - far, year), 0: (year - far / 2, year + far / 2)}
    return [
        note(
            words,
            x=year - turned * BAR_WIDTH / 2,
            y=whole(max(within(credit.years, credit.held, *ends[turned]))),
            hue=QUIET,
            name="Generated",
            xanchor=anchor,
            yanchor="bottom",
            yshift=ABOVE_MARKERS,
        )
    ]


def _headline(words: str, year: int, credit: CreditYears) -> dict[str, Any]:
    """Above the plot, where no bar reaches; turned inwards near the ends."""
    place = (year - credit.years[0] + 0.5) / len(credit.years)
    anchor = "left" if place < 0.2 else "right" if place > 0.8 else "center"
    headline = note(words, x=year, y=1, yref="paper", xanchor=anchor, yanchor="bottom")
    headline["font"] |= {"size": HEADLINE_SIZE, "weight": 600}
    return headline
