"""A row of the editor in one line, and what becomes of a sale by how long the shares were held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.lot_words import choices_of_lots
from amtweb.scenarios.editor.wording import read_day, write_day
from calculator.equity.dispositions import income_a_share
from calculator.equity.holding_period import (
    first_qualifying_day,
    is_long_term,
    is_qualifying,
    months_after,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from amtweb.scenarios.editor.typed import Tree

MOST_TOLD: Final = 200
"""Rows that are told anew after each edit; of more, only when the inputs come anew."""
YEARS_IN_MONTHS: Final = 24
"""Months up to which a time is told in months."""


class Summaries:
    """The rows of what is typed, in words."""

    def __init__(self, tree: Tree) -> None:
        self._lots = {field: dict(named) for field, named in choices_of_lots(tree).items()}
        self._by_id = {
            kind: {str(row.get("id", "")): row for row in tree.get(kind) or ()}
            for kind in ("grants", "exercises", "holdings")
        }
        self._has_splits = bool(tree.get("splits"))
        self._vesting = {str(row.get("grant", "")) for row in tree.get("vestings") or ()}

    def of(self, kind: str, row: Tree) -> str:
        """``Astra, ISO: 10,000 at $2, granted Jan 3, 2023``; as much as is filled in."""
        return _joined(*_PARTS[kind](self, row))

    def outcome(self, kind: str, row: Tree) -> str:
        """``Held 14 months: qualifying``, of a sale whose dates are known."""
        sold = read_day(row.get("date"))
        if kind != "sales" or sold is None or row.get("kind", "sale") != "sale":
            return ""
        lot = str(row.get("from", ""))
        exercise = self._by_id["exercises"].get(lot)
        if exercise is None:
            return _held(read_day(self._by_id["holdings"].get(lot, {}).get("acquired")), sold)
        exercised = read_day(exercise.get("date"))
        grant = self._by_id["grants"].get(str(exercise.get("grant", "")), {})
        granted = read_day(grant.get("date"))
        if granted is None or exercised is None or sold < exercised or self._is_special(grant):
            return _held(exercised, sold)
        if is_qualifying(granted, exercised, sold):
            return f"Held {held_for(exercised, sold)}: qualifying"
        day = write_day(first_qualifying_day(granted, exercised))
        wages = self._like_wages(row, exercise, grant)
        return f"Held {held_for(exercised, sold)}: disqualifying{wages}; qualifying from {day}"

    def _like_wages(self, sale: Tree, exercise: Tree, grant: Tree) -> str:
        """What a disqualifying sale adds to wages, if everything is typed and nothing was split."""
        places = (
            (sale, "shares"),
            (sale, "price"),
            (exercise, "fair_market_value"),
            (grant, "strike"),
        )
        read = [wording.read_amount(str(row.get(field, ""))) for row, field in places]
        known = [amount for amount in read if amount is not None]
        if self._has_splits or len(known) < len(places):
            return ", in part taxed like wages"
        shares, price, value, strike = known
        a_share = income_a_share(
            max(0.0, value - strike),
            price - strike,
            loss_recognized=sale.get("loss_recognized") != "false",
        )
        amount = float(a_share) * shares
        if not counts(amount):
            return ", but nothing of it is taxed like wages"
        return f", up to {dollars(amount)} of it taxed like wages"

    def _is_special(self, grant: Tree) -> bool:
        """Whether more than the dates decides: what an ISO's shares are, or that it is none."""
        has_left = bool(str(grant.get("employment_ended", "")).strip())
        is_vesting = str(grant.get("id", "")) in self._vesting
        return grant.get("kind", "iso") != "iso" or has_left or is_vesting

    def _grant(self, row: Tree) -> tuple[str, ...]:
        return (
            str(row.get("label", "")),
            str(row.get("kind", "iso")).upper(),
            _with("{} options", row, "shares") + _with(" at {}", row, "strike", _money),
            _day("granted {}", row, "date"),
        )

    def _vesting_row(self, row: Tree) -> tuple[str, ...]:
        return (
            _with("{} shares", row, "shares"),
            self._lots["grant"].get(str(row.get("grant", "")), ""),
            _day("{}", row, "date"),
        )

    def _exercise(self, row: Tree) -> tuple[str, ...]:
        name = self._lots["grant"].get(str(row.get("grant", "")), "")
        shares = _with("{}", row, "shares")
        return (
            f"{shares} of {name}" if shares and name else shares or name,
            _day("exercised {}", row, "date"),
            _with("worth {} each", row, "fair_market_value", _money),
        )

    def _holding(self, row: Tree) -> tuple[str, ...]:
        return (
            str(row.get("label", "")),
            _with("{} shares", row, "shares"),
            _day("held since {}", row, "acquired"),
        )

    def _sale(self, row: Tree) -> tuple[str, ...]:
        shares, lot = _with("{}", row, "shares"), str(row.get("from", ""))
        exercise = self._by_id["exercises"].get(lot)
        of = str(exercise.get("grant", "")) if exercise else ""
        name = self._lots["grant"].get(of) or self._lots["from"].get(lot, "")
        return (
            (f"{shares} of {name}" if shares and name else shares or name)
            + _with(" at {}", row, "price", _money),
            _day("sold {}", row, "date"),
            self.outcome("sales", row).partition(":")[2].partition(",")[0].strip(),
        )

    def _split(self, row: Tree) -> tuple[str, ...]:
        return (
            _with("{}", row, "stock"),
            _with("{} new shares for one", row, "ratio"),
            _day("from {}", row, "date"),
        )


def told(tree: Tree) -> dict[str, str]:
    """The lines of all rows by the ids of their places; none if there are very many."""
    if sum(len(tree.get(kind) or ()) for kind in _PARTS) > MOST_TOLD:
        return {}
    summaries = Summaries(tree)
    words = {}
    for kind in _PARTS:
        for number, row in enumerate(tree.get(kind) or ()):
            words[f"{kind}-{number}-words"] = summaries.of(kind, row)
            if kind == "sales":
                words[f"{kind}-{number}-outcome"] = summaries.outcome(kind, row)
    return words


def held_for(since: date, until: date) -> str:
    """Whole months, or years when they are many: ``14 months``."""
    months = (until.year - since.year) * 12 + until.month - since.month
    months -= months > 0 and months_after(since, months) > until
    count, unit = (months, "month") if months < YEARS_IN_MONTHS else (months // 12, "year")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _held(since: date | None, sold: date) -> str:
    if since is None or sold < since:
        return ""
    term = "long-term" if is_long_term(since, sold) else "short-term"
    return f"Held {held_for(since, sold)}: {term}"


def _with(pattern: str, row: Tree, field: str, words: Callable[[str], str] = str) -> str:
    text = str(row.get(field, "")).strip()
    return pattern.format(words(text)) if text else ""


def _money(text: str) -> str:
    """``$12``, ``$1.50``; what cannot be read stays."""
    amount = wording.read_amount(text)
    if amount is None or amount < 0:
        return text
    return wording.write_dollars(amount)


def _day(pattern: str, row: Tree, field: str) -> str:
    day = read_day(row.get(field))
    return pattern.format(write_day(day)) if day else ""


def _joined(*parts: str) -> str:
    return ", ".join(part.strip() for part in parts if part.strip())


_PARTS: dict[str, Callable[[Summaries, Tree], tuple[str, ...]]] = {
    "grants": Summaries._grant,
    "vestings": Summaries._vesting_row,
    "exercises": Summaries._exercise,
    "holdings": Summaries._holding,
    "sales": Summaries._sale,
    "splits": Summaries._split,
}
