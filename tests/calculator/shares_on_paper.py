"""What options and shares bring in a year, followed share by share.

An independent account from the law alone: IRC 56(b)(3), 83, 421, 422, 1222, 165(g).  A block is
some shares that have everything in common; a document's shares are first cut into blocks, then each
block is sold or not.  All in shares as after the last split.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, replace
from typing import Any

Document = dict[str, Any]
Day = datetime.date

YEARLY = ("wages", "medicare_wages", "bargain_element", "income_left_out_of_amt")
GAINS = ("short_term_gain", "long_term_gain", "amt_short_term_gain", "amt_long_term_gain")


@dataclass
class Block:
    """Shares that have everything in common."""

    shares: float
    iso: bool
    granted: Day | None
    paid: float
    acquired: Day
    value_for_income: float
    """What the spread of a disqualifying disposition is measured by."""
    counts: Day | None
    """When the spread counts: for AMT, or as the wages of a nonstatutory option."""
    value_that_counts: float
    basis: float | None = None
    amt_basis: float | None = None
    tranche: int = 0
    """Shares of one tranche are of all its blocks alike."""


def day(text: str) -> Day:
    return Day.fromisoformat(text)


def after_years(start: Day, years: int) -> Day:
    last = calendar.monthrange(start.year + years, start.month)[1]
    return Day(start.year + years, start.month, min(start.day, last))


def after_months(start: Day, months: int) -> Day:
    year, month = start.year + (start.month + months - 1) // 12, (start.month + months - 1) % 12 + 1
    return Day(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def years_of_shares(document: Document) -> dict[int, dict[str, float]]:
    """By year, what the calculator calls the year's equity compensation."""
    found = {facts["year"]: dict.fromkeys((*YEARLY, *GAINS), 0.0) for facts in document["years"]}
    blocks = blocks_of(document)
    for queue in blocks.values():
        for block in queue:
            spread = max(0.0, block.value_that_counts - block.paid) * block.shares
            if block.counts is None or block.counts.year not in found:
                continue
            year = found[block.counts.year]
            if block.iso:
                year["bargain_element"] += spread
            else:
                year["wages"] += spread
                year["medicare_wages"] += spread
    for sale in sorted(document.get("sales", []), key=lambda each: str(each["date"])):
        ratio = split_since(document, stock_of(document, sale["from"]), day(sale["date"]))
        left = sale["shares"] * ratio
        for block in take(blocks[sale["from"]], left):
            sell(block, sale["price"] / ratio, sale, found[day(sale["date"]).year])
    return found


def take(queue: list[Block], shares: float) -> list[Block]:
    """The first shares of a lot; the blocks of one tranche go in proportion."""
    taken = []
    while shares > 1e-9 and queue:
        group = [block for block in queue if block.tranche == queue[0].tranche]
        together = sum(block.shares for block in group)
        part = 1.0 if together <= shares else shares / together
        shares -= together * part
        for block in group:
            taken.append(replace(block, shares=block.shares * part))
            block.shares *= 1.0 - part
            if part == 1.0:
                queue.remove(block)
    return taken


def sell(block: Block, price: float, sale: Document, year: dict[str, float]) -> None:
    """One block's sale, in both systems."""
    sold = day(sale["date"])
    if sale.get("kind") == "worthless":
        sold = Day(sold.year, 12, 31)
    recognized = sale.get("loss_recognized", True)
    if block.iso:
        gain, amt_gain = sell_incentive(block, price, sold, year, recognized=recognized)
        starts = block.acquired, block.counts
    else:
        paid = block.paid + max(0.0, block.value_that_counts - block.paid)
        basis = paid if block.basis is None else block.basis
        gain = price - basis
        amt_gain = price - (basis if block.amt_basis is None else block.amt_basis)
        starts = (block.counts or block.acquired,) * 2
    for prefix, amount, start in zip(("", "amt_"), (gain, amt_gain), starts, strict=True):
        assert start is not None
        term = "long" if sold > after_years(start, 1) else "short"
        counted = amount if recognized else max(0.0, amount)
        year[f"{prefix}{term}_term_gain"] += counted * block.shares


def sell_incentive(
    block: Block, price: float, sold: Day, year: dict[str, float], *, recognized: bool
) -> tuple[float, float]:
    """The two gains a share of an incentive option's shares; their income goes to the year."""
    assert block.granted is not None
    over_paid = price - block.paid

    def ordinary(value: float) -> float:
        spread = max(0.0, value - block.paid)
        return min(spread, max(0.0, over_paid)) if recognized else spread

    two_years, one_year = after_years(block.granted, 2), after_years(block.acquired, 1)
    too_soon = not (sold > two_years and sold > one_year)
    income = ordinary(block.value_for_income) if too_soon else 0.0
    amt_income, from_basis = 0.0, max(0.0, block.value_that_counts - block.paid)
    if block.counts is not None and block.counts.year == sold.year:
        # The sale takes the place of the spread: line 2i has it no more.
        amt_income = ordinary(block.value_that_counts)
        replaced = from_basis if too_soon else from_basis - amt_income
        year["bargain_element"] -= replaced * block.shares
        from_basis = amt_income
    if too_soon:
        year["income_left_out_of_amt"] += (income - amt_income) * block.shares
    year["wages"] += income * block.shares
    return over_paid - income, over_paid - from_basis


def stock_of(document: Document, source: str) -> str | None:
    grants = {grant["id"]: grant.get("stock", "") for grant in document.get("grants", [])}
    for exercise in document.get("exercises", []):
        if exercise["id"] == source:
            return str(grants[exercise["grant"]])
    (held,) = [each for each in document.get("holdings", []) if each["id"] == source]
    return str(held.get("stock", "")) if held.get("stock") or held.get("iso") else None


def split_since(document: Document, stock: str | None, then: Day) -> float:
    ratio = 1.0
    for split in document.get("splits", []):
        if split.get("stock", "") == stock and day(split["date"]) > then:
            ratio *= split["ratio"]
    return ratio


def blocks_of(document: Document) -> dict[str, list[Block]]:
    """Every lot's blocks in the order in which they are sold."""
    found: dict[str, list[Block]] = {}
    for held in document.get("holdings", []):
        found[held["id"]] = [held_block(document, held)]
    within = incentive_options(document)
    gone: dict[str, float] = {}
    for exercise in sorted(document.get("exercises", []), key=lambda each: str(each["date"])):
        (grant,) = [each for each in document["grants"] if each["id"] == exercise["grant"]]
        then = day(exercise["date"])
        ratio = split_since(document, grant.get("stock", ""), then)
        count = exercise["shares"] * ratio
        before = gone.get(grant["id"], 0.0)
        gone[grant["id"]] = before + count
        part = iso_part(grant, exercise, within.get(grant["id"]), (before, count))
        found[exercise["id"]] = []
        for number, (shares, vesting) in enumerate(cut(document, grant, then, before, count)):
            for iso, share in ((True, part), (False, 1.0 - part)):
                if share > 1e-12:
                    block = made(document, grant, exercise, vesting, shares * share, iso=iso)
                    block.tranche = number
                    found[exercise["id"]].append(block)
    return found


def held_block(document: Document, held: Document) -> Block:
    ratio = split_since(document, stock_of(document, held["id"]), day(held["acquired"]))
    shares, iso = held["shares"] * ratio, held.get("iso")
    if iso:
        exercised, value = day(iso["exercised"]), iso["fair_market_value"] / ratio
        granted, paid = day(iso["granted"]), iso["strike"] / ratio
        return Block(shares, True, granted, paid, exercised, value, exercised, value)
    basis = held["basis"] / ratio
    amt_basis = held.get("amt_basis")
    amt_basis = basis if amt_basis is None else amt_basis / ratio
    acquired = day(held["acquired"])
    return Block(
        shares, False, None, basis, acquired, basis, None, basis, basis=basis, amt_basis=amt_basis
    )


def vestings_of(document: Document, grant: Document) -> list[tuple[Day, float, Document]]:
    """Day, shares as after the last split, and the vesting itself."""
    own = [each for each in document.get("vestings", []) if each["grant"] == grant["id"]]
    stock = grant.get("stock", "")
    return sorted(
        (
            (
                day(each["date"]),
                each["shares"] * split_since(document, stock, day(each["date"])),
                each,
            )
            for each in own
        ),
        key=lambda each: each[0],
    )


def incentive_options(document: Document) -> dict[str, list[tuple[float, float]]]:
    """By grant and year of first exercisability: options, and the part of them within the limit."""
    used: dict[tuple[str, str, int], float] = {}
    found: dict[str, list[tuple[float, float]]] = {}
    for grant in sorted(document.get("grants", []), key=lambda each: str(each["date"])):
        if grant["kind"] != "iso":
            continue
        stock = grant.get("stock", "")
        ratio = split_since(document, stock, day(grant["date"]))
        value = (grant.get("fair_market_value") or grant["strike"]) / ratio
        ended = grant.get("employment_ended")
        by_year: dict[int, float] = {}
        if grant.get("early_exercise"):
            by_year[day(grant["date"]).year] = grant["shares"] * ratio
        else:
            for when, shares, _ in vestings_of(document, grant):
                if ended is None or when.year <= day(ended).year:
                    by_year[when.year] = by_year.get(when.year, 0.0) + shares
        for year, shares in sorted(by_year.items()):
            key = (grant.get("owner", "self"), stock, year)
            room = max(0.0, 100_000 - used.get(key, 0.0))
            used[key] = used.get(key, 0.0) + shares * value
            part = 1.0 if shares * value <= room else room / (shares * value)
            found.setdefault(grant["id"], []).append((shares, part))
    return found


def iso_part(
    grant: Document,
    exercise: Document,
    within: list[tuple[float, float]] | None,
    taken: tuple[float, float],
) -> float:
    if grant["kind"] != "iso":
        return 0.0
    ended = grant.get("employment_ended")
    if ended is not None:
        months = 12 if grant.get("employment_ended_by") == "disability" else 3
        if day(exercise["date"]) > after_months(day(ended), months):
            return 0.0
    if exercise.get("iso_shares") is not None:
        return float(exercise["iso_shares"] / exercise["shares"])
    if within is None:
        return 1.0
    before, count = taken
    start = incentive = 0.0
    for shares, part in within:
        overlap = min(start + shares, before + count) - max(start, before)
        incentive += max(0.0, overlap) * part
        start += shares
    return incentive / count


def cut(
    document: Document, grant: Document, then: Day, before: float, count: float
) -> list[tuple[float, Document | None]]:
    """An exercise cut where its shares vest later; None for those that have vested."""
    schedule = vestings_of(document, grant)
    if not schedule or not grant.get("early_exercise"):
        return [(count, None)]
    start = vested = 0.0
    waiting: list[tuple[float, Document | None]] = []
    for when, shares, vesting in schedule:
        overlap = min(start + shares, before + count) - max(start, before)
        start += shares
        if overlap <= 1e-9:
            continue
        if when <= then:
            vested += overlap
        else:
            waiting.append((overlap, vesting))
    return ([(vested, None)] if vested else []) + waiting


def made(
    document: Document,
    grant: Document,
    exercise: Document,
    vesting: Document | None,
    shares: float,
    *,
    iso: bool,
) -> Block:
    """Shares of an exercise."""
    stock, then = grant.get("stock", ""), day(exercise["date"])
    paid = grant["strike"] / split_since(document, stock, day(grant["date"]))
    value = exercise["fair_market_value"] / split_since(document, stock, then)
    granted = day(grant["date"])
    if vesting is None:
        return Block(shares, iso, granted, paid, then, value, then, value)
    vests = day(vesting["date"])
    at_vesting = value
    if vesting.get("fair_market_value") is not None:
        at_vesting = vesting["fair_market_value"] / split_since(document, stock, vests)
    ended = grant.get("employment_ended")
    forfeited = ended is not None and vests > day(ended)
    if exercise.get("section_83b_election"):
        return Block(shares, iso, granted, paid, then, at_vesting, then, value)
    counts = None if forfeited else vests
    return Block(shares, iso, granted, paid, then, at_vesting, counts, at_vesting)
