"""The days that matter, in words: what is on each, for which lot, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.editor.wording import write_day
from calculator.analysis import dates as kinds
from calculator.analysis.determinations import SALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from amtweb.scenarios.lots.names import Names
    from calculator import Scenario
    from calculator.analysis.dates import DateOfShares
    from calculator.analysis.determinations import Determination

QUALIFYING, DISQUALIFYING, PLAIN = "qualifying", "disqualifying", "plain"
"""What a sale is; a mixed one, of lots that count differently, is ``disqualifying``."""


class Day(NamedTuple):
    """A day that matters."""

    on: date
    kind: str
    sale: str
    """Of a sale, what it is; empty for other days."""
    what: str
    name: str
    """Of the grant or the lot."""
    means: str
    input_id: str
    """Where it is entered, or what it follows from; empty for what follows from the calendar."""
    lane: str
    today: date

    @property
    def iso(self) -> str:
        """As programs write it."""
        return self.on.isoformat()

    @property
    def in_words(self) -> str:
        """``Mar 3, 2027``."""
        return write_day(self.on)

    @property
    def is_past(self) -> bool:
        return self.on < self.today

    @property
    def away(self) -> str:
        """``in 45 days``, ``today``, ``45 days ago``."""
        days = (self.on - self.today).days
        count = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
        if days == 0:
            return "today"
        return f"in {count}" if days > 0 else f"{count} ago"


class Telling(NamedTuple):
    """How a kind of day is told."""

    what: str
    means: str
    rows: str
    """The kind of row that it is of."""
    field: str
    """Of that row, the input to go to."""


TELLINGS: Mapping[str, Telling] = {
    kinds.GRANTED: Telling(
        "Granted", "The two years of an ISO and its ten years run from here.", "grants", "date"
    ),
    kinds.EXPIRES: Telling("Expires", "The last day to exercise.", "grants", "expires"),
    kinds.EXPIRES_AT_LATEST: Telling(
        "Ten years from the grant",
        "No ISO can be exercised later. Enter the real last day of the grant.",
        "grants",
        "expires",
    ),
    kinds.EMPLOYMENT_ENDED: Telling(
        "Employment ends", "Nothing vests after this day.", "grants", "employment_ended"
    ),
    kinds.LAST_DAY_AS_ISO: Telling(
        "Last day as an ISO",
        "What is exercised later counts as an NSO: the spread is wages.",
        "grants",
        "employment_ended",
    ),
    kinds.VESTS: Telling(
        "Vests", "Part of the grant becomes exercisable, or the holder’s own.", "vestings", "date"
    ),
    kinds.EXERCISED: Telling(
        "Exercised", "The holding periods begin the day after.", "lots", "date"
    ),
    kinds.ELECT_UNTIL: Telling(
        "Last day for an 83(b) election",
        "Filed with the IRS by this day, or never. Without it, shares count as they vest.",
        "lots",
        "section_83b_election",
    ),
    kinds.SAME_YEAR_UNTIL: Telling(
        "Last day to sell in the same year",
        "Shares sold by this day leave AMT, as a disqualifying sale; the spread of the others "
        "stays in AMT.",
        "lots",
        "date",
    ),
    kinds.LONG_TERM_FROM: Telling(
        "Long-term from now on", "A gain on a sale is long-term.", "lots", "date"
    ),
    kinds.AMT_LONG_TERM_FROM: Telling(
        "Long-term for AMT from now on",
        "Shares that vested after their exercise: a year after they vested.",
        "lots",
        "date",
    ),
    kinds.QUALIFYING_FROM: Telling(
        "First qualifying day",
        "Two years from the grant and one year from the exercise are over: sold from now on, all "
        "of the gain is capital gain.",
        "lots",
        "date",
    ),
    kinds.ACQUIRED: Telling(
        "Acquired", "The holding period begins the day after.", "lots", "acquired"
    ),
    kinds.SOLD: Telling("Sold", "", "sales", "date"),
    kinds.SPLIT: Telling("Split", "From now on in new shares and prices.", "splits", "date"),
    kinds.WASH_SALE_FROM: Telling(
        "Wash sale window opens",
        "Shares of the same company that come until it closes replace those sold at a loss.",
        "sales",
        "loss_recognized",
    ),
    kinds.WASH_SALE_UNTIL: Telling(
        "Wash sale window closes",
        "Shares that come after this day no longer replace those sold.",
        "sales",
        "loss_recognized",
    ),
}
SALES: Mapping[str, tuple[str, str]] = {
    QUALIFYING: ("Sold: qualifying", "After both holding periods: all is capital gain."),
    DISQUALIFYING: (
        "Sold too early: disqualifying",
        "Before the holding periods are over: the spread is ordinary income.",
    ),
    PLAIN: ("Sold", "Capital gain or loss; nothing of an ISO in it."),
}
WORTHLESS = ("Worthless", "Counts as sold for nothing on the last day of the year.")


def days_of(
    scenario: Scenario, names: Names, today: date, determined: Iterable[Determination]
) -> tuple[Day, ...]:
    """All days that matter, in their order; ``determined`` says what each sale counted as."""
    teller = _Teller(
        names,
        today,
        sales_in_a_word(determined),
        {sale.id for sale in scenario.sales if sale.kind == "worthless"},
        {holding.id for holding in scenario.holdings},
        {grant.id for grant in scenario.grants if grant.kind == "iso"},
    )
    return tuple(teller.day(each) for each in kinds.dates(scenario))


def sales_in_a_word(found: Iterable[Determination]) -> dict[str, str]:
    """What each sale is."""
    return {each.id: _in_a_word(each) for each in found if each.event == SALE}


def _in_a_word(sale: Determination) -> str:
    outcomes = {part.outcome for part in sale.parts}
    if any(outcome.startswith(DISQUALIFYING) for outcome in outcomes):
        return DISQUALIFYING
    return QUALIFYING if QUALIFYING in outcomes else PLAIN


class _Teller(NamedTuple):
    names: Names
    today: date
    sales: Mapping[str, str]
    worthless: set[str]
    holdings: set[str]
    incentive: set[str]
    """The grants of incentive stock options."""

    def day(self, found: DateOfShares) -> Day:
        if found.kind == kinds.TAX_DUE:
            means = f"The return of {found.of} and what it leaves to pay, AMT included."
            what = f"Tax of {found.of} due"
            return Day(found.date, found.kind, "", what, "", means, "", "", self.today)
        telling = TELLINGS[found.kind]
        named = self.names[telling.rows, found.of]
        what, means, sale = telling.what, telling.means, ""
        if found.kind == kinds.SOLD:
            sale = self.sales[found.of]
            what, means = WORTHLESS if found.of in self.worthless else SALES[sale]
        if found.kind == kinds.GRANTED and found.of not in self.incentive:
            means = "An NSO: no holding period of an ISO runs from here."
        if found.kind == kinds.EXERCISED:
            named = named._replace(name=named.name.rpartition(", exercised ")[0])
        of_holding = telling.rows == "lots" and found.of in self.holdings
        input_id = named.input_id("acquired" if of_holding else telling.field)
        return Day(
            found.date, found.kind, sale, what, named.name, means, input_id, named.lane, self.today
        )
