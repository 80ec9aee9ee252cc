"""The forms of one year filled in line by line on paper, for one household at a time.

An independent transcription of the 2025 forms, their worksheets and instructions, with line
numbers for names and nothing clever; it shares only the law tables with the calculator.  L is a
form: its lines by number.  Under a FiledLaw the forms are in whole dollars, with the Tax Table.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import NamedTuple

from calculator.law.parameters import YearLaw
from tests.calculator.beside_on_paper import (
    amt_gains,
    exemption_worksheet,
    exemptions_worksheet,
    limit_in_the_top_bracket,
    limit_of_itemized_deductions,
    schedule_1a,
    total_tax,
    worksheets_of_schedule_d,
)
from tests.calculator.paper_arithmetic import Facts, FiledLaw, L, in_whole, times


class Carried(NamedTuple):
    """What a year's forms ask of the year before."""

    credit: float
    form_8801_part_i: L | None
    losses: tuple[float, float]
    amt_losses: tuple[float, float]


class Return(NamedTuple):
    """The papers on the table when Form 6251 is begun."""

    facts: Facts
    equity: Facts
    law: YearLaw
    d: L
    amt_d: L
    f1040: L
    a: Facts
    regular: Facts


def fill_in(facts: Facts, equity: Facts, law: YearLaw, carried: Carried) -> tuple[Facts, Carried]:
    """Every form of a year; ``equity`` is what its exercises and sales come to."""
    same = (facts["unrecaptured_section_1250_gain"], facts["collectibles_gain"])
    d = schedule_d(
        facts["short_term_gain"] + equity["short_term_gain"],
        facts["long_term_gain"] + equity["long_term_gain"],
        *same,
        carried.losses,
        law,
    )
    amt_d = schedule_d(
        facts["short_term_gain"] + equity["amt_short_term_gain"],
        facts["long_term_gain"] + equity["amt_long_term_gain"],
        *same,
        carried.amt_losses,
        law,
    )
    f1040, a = form_1040(facts, equity, d, law)
    dividends = facts["qualified_dividends"]
    regular = tax_of(max(0.0, f1040["15"]), dividends, d, law)
    ftc = min(facts["foreign_tax_credit"], regular["tax"])
    papers = Return(facts, equity, law, d, amt_d, f1040, a, regular)
    f6251 = form_6251(papers)
    part_ii(f6251, regular["tax"] - ftc, papers)
    f8801 = form_8801_part_ii(carried, max(0.0, regular["tax"] - ftc - other(facts)), f6251["9"])
    part_i = form_8801_part_i(f6251, papers)
    losses = carryover_worksheet(f1040["15"] + a["exemptions"], d)
    amt_losses = carryover_worksheet(f6251["4"], amt_d)
    short, long = losses["8"], losses["13"]
    amt_short, amt_long = amt_losses["8"], amt_losses["13"]
    f8959, f8960 = surtaxes(facts, equity, f1040, d, law)
    medicare, investment = f8959["18"], f8960["17"]
    to_line_24, schedules_2_and_3 = total_tax(
        {
            "tax": regular["tax"],
            "amt": f6251["11"],
            "medicare": medicare,
            "investment": investment,
            "foreign tax credit": ftc,
            "minimum tax credit": f8801["25"],
            "other credits": other(facts),
        }
    )
    result = {
        "adjusted_gross_income": f1040["11"],
        "deduction": {"kind": a["kind"], "amount": f1040["12"]},
        "taxable_income": max(0.0, f1040["15"]),
        "regular_tax": regular["tax"],
        "amti": f6251["4"],
        "amt_exemption": f6251["5"],
        "tentative_minimum_tax": f6251["9"],
        "amt": f6251["11"],
        "exclusion_items_tax": part_i["15"],
        "credit_available": f8801["21"],
        "credit_limit": f8801["24"],
        "credit_used": f8801["25"],
        "credit_carryforward": f8801["26"],
        "capital_loss_carryforward": {"short_term": short, "long_term": long},
        "amt_capital_loss_carryforward": {"short_term": amt_short, "long_term": amt_long},
        "additional_medicare_tax": medicare,
        "net_investment_income_tax": investment,
        "federal_tax": regular["tax"]
        - ftc
        - min(other(facts), regular["tax"] - ftc + f6251["11"])
        - f8801["25"]
        + f6251["11"]
        + medicare
        + investment,
        "forms": {
            "form_6251": f6251,
            "form_8801": f8801 | (carried.form_8801_part_i or {}),
            "schedule_d": d,
            "amt_schedule_d": amt_d,
            "capital_loss_carryover": losses,
            "amt_capital_loss_carryover": amt_losses,
            "form_1040": f1040 | {"15": max(0.0, f1040["15"])} | to_line_24,
            **schedules_2_and_3,
            **beside(papers, f6251),
            **regular["worksheet"],
            **({"schedule_a": a["schedule"]} if a["kind"] == "itemized" else {}),
            "form_8959": f8959,
            "form_8960": f8960,
        },
    }
    part_i["amt of the year"] = f6251["11"]
    return result, Carried(f8801["26"], part_i, (short, long), (amt_short, amt_long))


def beside(papers: Return, f6251: L) -> dict[str, L]:
    """The worksheets between the forms."""
    facts, law, f1040, a = papers.facts, papers.law, papers.f1040, papers.a
    found = worksheets_of_schedule_d(papers.d, facts, "")
    found |= worksheets_of_schedule_d(papers.amt_d, facts, "amt_")
    found |= amt_gains(papers.amt_d, facts["qualified_dividends"])
    found |= exemption_worksheet(f6251["4"], law)
    found |= schedule_1a(facts, f1040["11"], law)
    found |= exemptions_worksheet(facts, f1040["11"], law)
    if a["kind"] == "itemized":
        schedule = a["schedule"]
        found |= limit_of_itemized_deductions(schedule, schedule["16"], f1040["11"], law)
        found |= limit_in_the_top_bracket(schedule, f1040, law)
    return found


def surtaxes(facts: Facts, equity: Facts, f1040: L, d: L, law: YearLaw) -> tuple[L, L]:
    """Form 8959, Part I, and Form 8960."""
    f8959 = {"1": facts["wages"] + equity["medicare_wages"]}
    f8959["4"] = f8959["1"]
    f8959["5"] = law.surtaxes.additional_medicare_threshold
    f8959["6"] = max(0.0, f8959["4"] - f8959["5"])
    f8959["7"] = f8959["18"] = times(law.surtaxes.additional_medicare_rate, f8959["6"], law)
    f8960 = {"1": facts["interest"], "2": facts["qualified_dividends"]}
    f8960["5a"] = f8960["5d"] = max(0.0, d["16"]) + d["21"]
    f8960["8"] = f8960["1"] + f8960["2"] + f8960["5d"]
    f8960["12"] = max(0.0, f8960["8"])
    f8960["13"] = f1040["11"]
    f8960["14"] = law.surtaxes.net_investment_income_threshold
    f8960["15"] = max(0.0, f8960["13"] - f8960["14"])
    f8960["16"] = min(f8960["12"], f8960["15"])
    f8960["17"] = times(law.surtaxes.net_investment_income_rate, f8960["16"], law)
    return f8959, f8960


def other(facts: Facts) -> float:
    return float(facts["other_nonrefundable_credits"])


def schedule_d(
    short: float, long: float, real: float, art: float, carried: tuple[float, float], law: YearLaw
) -> L:
    """Schedule D, with the 28% Rate Gain and Unrecaptured Section 1250 Gain Worksheets."""
    d = {"1b": short, "6": -carried[0], "8b": long, "14": -carried[1]}
    d["7"] = short + d["6"]
    d["15"] = long + d["14"]
    d["16"] = d["7"] + d["15"]
    d["18"] = d["19"] = d["21"] = 0.0
    if d["16"] < 0:
        d["21"] = -min(-d["16"], law.gains.loss_limit)
    if d["15"] > 0 and d["16"] > 0:
        line_6 = min(0.0, d["7"])
        d["18"] = max(0.0, art + d["14"] + line_6)
        line_17 = max(0.0, -(art + line_6 + d["14"]))
        d["19"] = max(0.0, max(0.0, real) - line_17)
    return d


def form_1040(  # noqa: PLR0915  (as many as the form has lines)
    facts: Facts, equity: Facts, d: L, law: YearLaw
) -> tuple[L, Facts]:
    """Form 1040 to line 15, which may be negative here, and what was deducted."""
    f: L = {"1z": facts["wages"] + equity["wages"], "2b": facts["interest"]}
    f["3a"] = f["3b"] = facts["qualified_dividends"]
    f["7"] = d["16"] if d["16"] > 0 else d["21"]
    f["8"] = facts["other_income"] + facts["state_tax_refund"]
    f["9"] = f["1z"] + f["2b"] + f["3b"] + f["7"] + f["8"]
    income = f["9"] - facts["adjustments"]
    rules, people = law.deductions, facts["household"]
    gifts = facts["itemized"]["charitable_gifts"]
    standard = rules.standard + people["aged_or_blind_boxes"] * rules.aged_or_blind_addition
    small_gifts = min(gifts, rules.nonitemizer_gift_cap)
    above = beside = 0.0
    if rules.nonitemizer_gift_above_the_line:
        above = min(small_gifts, max(0.0, income))
    else:
        beside = small_gifts
    business = facts["qualified_business_income_deduction"]
    before = facts["schedule_1a_deductions"] + business * rules.business_income_deduction
    a = schedule_a(facts, income, before + senior(facts, income, law), law)
    itemizes = facts["deduction"] == "itemized" or (
        facts["deduction"] == "larger" and a["17"] > standard + above + beside
    )
    if itemizes:
        f["11"], f["12"], beside = income, a["17"], 0.0
        taken: Facts = {"kind": "itemized", "2a": a["7"], "cut": a["cut"]}
        taken["schedule"] = {line: amount for line, amount in a.items() if line != "cut"}
    else:
        f["11"], f["12"] = income - above, standard
        taken = {"kind": "standard", "2a": standard, "cut": 0.0}
    taken["senior"] = senior(facts, f["11"], law)
    taken["exemptions"] = exemptions(people, f["11"], law)
    f["10"] = facts["adjustments"] + (0.0 if itemizes else above)
    f["12b"] = beside
    f["13a"] = business * rules.business_income_deduction
    f["13b"] = facts["schedule_1a_deductions"] + taken["senior"]
    f["13"] = f["13a"] + f["13b"]
    f["13c"] = taken["exemptions"]
    f["14"] = f["12"] + f["12b"] + f["13"] + f["13c"]
    f["15"] = f["11"] - f["14"]
    return f, taken


def senior(facts: Facts, income: float, law: YearLaw) -> float:
    """Schedule 1-A, Part V."""
    rules = law.deductions
    over = max(0.0, income - rules.senior_phaseout_start)
    out = times(rules.senior_phaseout_rate, over, law)
    each = max(0.0, rules.senior - out) if rules.senior else 0.0
    return float(facts["household"]["people_65_or_over"] * each)


def exemptions(people: Facts, income: float, law: YearLaw) -> float:
    """Deduction for Exemptions Worksheet of 2017, lines 1 to 9."""
    rules = law.exemptions
    w: L = {"2": rules.amount * (rules.filers + people["dependents"])}
    if rules.amount == 0 or income <= rules.phaseout_start:
        return w["2"]
    w["5"] = income - rules.phaseout_start
    if w["5"] > 49 * rules.phaseout_step:
        return 0.0
    w["6"] = float(math.ceil(round(w["5"], 4) / rules.phaseout_step))
    w["7"] = 0.02 * w["6"]
    w["8"] = times(w["7"], w["2"], law)
    return w["2"] - w["8"]


def itemized_deductions_worksheet(limited: float, income: float, law: YearLaw) -> float:
    """Itemized Deductions Worksheet of 2017, line 9; ``limited`` is line 3."""
    line_4 = times(0.80, limited, law)
    if income <= law.deductions.pease_start:
        return 0.0
    line_8 = times(0.03, income - law.deductions.pease_start, law)
    return min(line_4, line_8)


def schedule_a(facts: Facts, income: float, before: float, law: YearLaw) -> L:
    """Schedule A; ``before`` is what is deducted besides."""
    rules, paid = law.deductions, facts["itemized"]
    over = max(0.0, income - rules.salt_phasedown_start) if rules.salt_phasedown_rate else 0.0
    cap = max(rules.salt_floor, rules.salt_cap - times(rules.salt_phasedown_rate, over, law))
    a = {"5d": paid["state_and_local_taxes"], "10": paid["mortgage_interest"], "16": paid["other"]}
    a["5e"] = a["7"] = min(a["5d"], cap)
    base = max(0.0, income)
    gifts = min(paid["charitable_gifts"], times(rules.gift_ceiling_fraction, base, law))
    gifts = max(0.0, gifts - times(rules.gift_floor_fraction, base, law))
    a["8e"], a["11"], a["14"] = a["10"], gifts, gifts
    total = a["7"] + a["10"] + a["14"] + a["16"]
    taxable = income - before - total
    over = max(0.0, taxable + total - rules.itemized_limit_start)
    a["cut"] = 0.0
    if rules.itemized_limit_rate:
        a["cut"] = times(rules.itemized_limit_rate, min(total, over), law)
    if law.year < 2018 or law.origin == "counterfactual":
        a["cut"] = itemized_deductions_worksheet(total - paid["other"], income, law)
    a["17"] = total - a["cut"]
    return a


def schedules(income: float, law: YearLaw) -> float:
    """The Tax Rate Schedules; on a filed return below $100,000 the Tax Table."""
    if isinstance(law, FiledLaw):
        return from_the_table(income, law)
    floors, rates = law.brackets.floors, law.brackets.rates
    tops = [*floors[1:], float("inf")]
    return sum(
        rate * (min(income, top) - floor)
        for floor, top, rate in zip(floors, tops, rates, strict=True)
        if income > floor
    )


def from_the_table(income: float, law: YearLaw) -> float:
    """The Tax Table, or from $100,000 on the Tax Computation Worksheet."""
    taxed = Decimal(str(income))
    if income < 5:
        return 0.0
    if income < 25:
        taxed = Decimal(10 if income < 15 else 20)
    elif income < 100_000:
        row = 25 if income < 3_000 else 50
        taxed = Decimal(math.floor(income / row) * row) + Decimal(row) / 2
    tax = Decimal(0)
    floors, rates = law.brackets.floors, law.brackets.rates
    for floor, top, rate in zip(floors, [*floors[1:], 1e18], rates, strict=True):
        within = min(taxed, Decimal(str(top))) - Decimal(str(floor))
        tax += max(Decimal(0), within) * Decimal(str(rate))
    return in_whole(tax)


def tax_of(income: float, dividends: float, d: L, law: YearLaw) -> Facts:
    """Form 1040 line 16 by the worksheet that the year calls for, and what Form 6251 asks of it."""
    gain = d["15"] > 0 and d["16"] > 0
    if gain and (d["18"] > 0 or d["19"] > 0):
        w = schedule_d_tax_worksheet(income, dividends, d, law)
        lines = {"tax": w["47"], "line 20": w["14"], "line 27": w["21"], "special": True}
        return lines | {"worksheet": {"schedule_d_tax_worksheet": w}}
    if gain or dividends > 0:
        w = dividends_worksheet(income, dividends, d, law)
        lines = {"tax": w["25"], "line 20": w["5"], "line 27": w["5"], "special": False}
        return lines | {"worksheet": {"qualified_dividends_worksheet": w}}
    tax = schedules(income, law)
    lines = {"tax": tax, "line 20": income, "line 27": income, "special": False}
    return lines | {"worksheet": {}}


def dividends_worksheet(income: float, dividends: float, d: L, law: YearLaw) -> L:
    """Qualified Dividends and Capital Gain Tax Worksheet."""
    w = {"1": income, "2": dividends, "3": max(0.0, min(d["15"], d["16"]))}
    w["4"] = w["2"] + w["3"]
    w["5"] = max(0.0, w["1"] - w["4"])
    w["6"] = law.gains.zero_rate_ceiling
    w["7"] = min(w["1"], w["6"])
    w["8"] = min(w["5"], w["7"])
    w["9"] = w["7"] - w["8"]
    w["10"] = min(w["1"], w["4"])
    w["11"] = w["9"]
    w["12"] = w["10"] - w["11"]
    w["13"] = law.gains.middle_rate_ceiling
    w["14"] = min(w["1"], w["13"])
    w["15"] = w["5"] + w["9"]
    w["16"] = max(0.0, w["14"] - w["15"])
    w["17"] = min(w["12"], w["16"])
    w["18"] = times(0.15, w["17"], law)
    w["19"] = w["9"] + w["17"]
    w["20"] = w["10"] - w["19"]
    w["21"] = times(0.20, w["20"], law)
    w["22"] = schedules(w["5"], law)
    w["23"] = w["18"] + w["21"] + w["22"]
    w["24"] = schedules(w["1"], law)
    w["25"] = min(w["23"], w["24"])
    return w


def schedule_d_tax_worksheet(  # noqa: PLR0915  (as many as the worksheet has lines)
    income: float, dividends: float, d: L, law: YearLaw
) -> L:
    """Schedule D Tax Worksheet, without a Form 4952 election."""
    w = {"1": income, "2": dividends, "6": dividends, "7": min(d["15"], d["16"])}
    w["9"] = max(0.0, w["7"])
    w["10"] = w["6"] + w["9"]
    w["11"] = d["18"] + d["19"]
    w["12"] = min(w["9"], w["11"])
    w["13"] = w["10"] - w["12"]
    w["14"] = max(0.0, w["1"] - w["13"])
    w["15"] = law.gains.zero_rate_ceiling
    w["16"] = min(w["1"], w["15"])
    w["17"] = min(w["14"], w["16"])
    w["18"] = max(0.0, w["1"] - w["10"])
    # Before 2018 the form has no such line: its rate on real estate was that of a bracket.
    rates = law.brackets.rates
    top_of_24 = law.brackets.floors[rates.index(0.32 if 0.32 in rates else 0.25)]
    w["19"] = min(w["1"], top_of_24)
    w["20"] = min(w["14"], w["19"])
    w["21"] = max(w["18"], w["20"])
    w["22"] = w["16"] - w["17"]
    w |= {str(line): 0.0 for line in range(23, 44)}
    if w["1"] != w["16"]:
        w["23"] = min(w["1"], w["13"])
        w["24"] = w["22"]
        w["25"] = max(0.0, w["23"] - w["24"])
        w["26"] = law.gains.middle_rate_ceiling
        w["27"] = min(w["1"], w["26"])
        w["28"] = w["21"] + w["22"]
        w["29"] = max(0.0, w["27"] - w["28"])
        w["30"] = min(w["25"], w["29"])
        w["31"] = times(0.15, w["30"], law)
        w["32"] = w["24"] + w["30"]
        if w["1"] != w["32"]:
            w["33"] = w["23"] - w["32"]
            w["34"] = times(0.20, w["33"], law)
            if d["19"] > 0:
                w["35"] = min(w["9"], d["19"])
                w["36"] = w["10"] + w["21"]
                w["37"] = w["1"]
                w["38"] = max(0.0, w["36"] - w["37"])
                w["39"] = max(0.0, w["35"] - w["38"])
                w["40"] = times(0.25, w["39"], law)
            if d["18"] > 0:
                w["41"] = w["21"] + w["22"] + w["30"] + w["33"] + w["39"]
                w["42"] = w["1"] - w["41"]
                w["43"] = times(0.28, w["42"], law)
    w["44"] = schedules(w["21"], law)
    w["45"] = w["31"] + w["34"] + w["40"] + w["43"] + w["44"]
    w["46"] = schedules(w["1"], law)
    w["47"] = min(w["45"], w["46"])
    return w


def carryover_worksheet(income: float, d: L) -> L:
    """Capital Loss Carryover Worksheet, lines 1 to 13; what is skipped is zero."""
    w = {"1": income, "2": -d["21"]}
    w["3"] = max(0.0, w["1"] + w["2"])
    w["4"] = min(w["2"], w["3"])
    w |= {str(line): 0.0 for line in range(5, 14)}
    if d["7"] < 0:
        w["5"] = -d["7"]
        w["6"] = max(0.0, d["15"])
        w["7"] = w["4"] + w["6"]
        w["8"] = max(0.0, w["5"] - w["7"])
    if d["15"] < 0:
        w["9"] = -d["15"]
        w["10"] = max(0.0, d["7"])
        w["11"] = max(0.0, w["4"] - w["5"])
        w["12"] = w["10"] + w["11"]
        w["13"] = max(0.0, w["9"] - w["12"])
    return w


def form_6251(papers: Return) -> L:
    """Form 6251, Part I."""
    facts, equity, law, d, amt_d, f1040, a, _ = papers
    f = {"1a": f1040["14"] - a["senior"] - a["exemptions"]}
    f["1b"] = f1040["11"] - f["1a"]
    f["2a"] = a["2a"]
    f["2b"] = -facts["state_tax_refund"]
    f["2g"] = facts["private_activity_bond_interest"]
    f["2i"] = equity["bargain_element"]
    gain = d["16"] if d["16"] > 0 else d["21"]
    amt_gain = amt_d["16"] if amt_d["16"] > 0 else amt_d["21"]
    later_year = sum(
        sale["ordinary_income"]
        for sale in equity["sales"]
        if sale["disposition"] == "disqualifying"
    )
    f["2k"] = amt_gain - gain - later_year
    f["3"] = facts["other_amt_deferral_items"] + facts["other_amt_exclusion_items"] - a["cut"]
    before = sum(f[line] for line in ("1b", "2a", "2b", "2g", "2i", "2k", "3"))
    f["4"] = before + added_back(before, law)
    return f


def added_back(amti: float, law: YearLaw) -> float:
    """Form 6251 line 4 of a separate return."""
    rules = law.amt
    if amti <= rules.separate_addback_start:
        return 0.0
    more = times(rules.separate_addback_rate, amti - rules.separate_addback_start, law)
    return min(rules.exemption, more)


def exempted(amti: float, law: YearLaw) -> float:
    """Exemption Worksheet."""
    over = max(0.0, amti - law.amt.phaseout_start)
    return max(0.0, law.amt.exemption - times(law.amt.phaseout_rate, over, law))


def at_26_and_28(amount: float, law: YearLaw) -> float:
    """26%, or 28% less the subtrahend of the form."""
    at_break = law.amt.rate_break
    if amount <= at_break:
        return times(0.26, amount, law)
    return times(0.28, amount, law) - 0.02 * at_break


def part_ii(f: L, regular_tax: float, papers: Return) -> None:
    """Form 6251, Parts II and III, in place."""
    dividends, amt_d, law = papers.facts["qualified_dividends"], papers.amt_d, papers.law
    f["5"] = exempted(f["4"], law)
    f["6"] = max(0.0, f["4"] - f["5"])
    f["10"] = regular_tax
    if f["6"] == 0:
        f["7"] = f["8"] = f["9"] = f["11"] = 0.0
        return
    gain = amt_d["15"] > 0 and amt_d["16"] > 0
    if gain or dividends > 0:
        f |= part_iii(f["6"], dividends, amt_d, papers.regular, law)
        f["7"] = f["40"]
    else:
        f["7"] = at_26_and_28(f["6"], law)
    amt_ftc = papers.facts["amt_foreign_tax_credit"]
    f["8"] = min(amt_ftc, f["7"]) if f["10"] < f["7"] else 0.0
    f["9"] = f["7"] - f["8"]
    f["11"] = max(0.0, f["9"] - f["10"])


def part_iii(  # noqa: PLR0915  (as many as the form has lines)
    income: float, dividends: float, d: L, worksheet: Facts, law: YearLaw
) -> L:
    """Form 6251 lines 12 to 40, which are Form 8801 lines 27 to 55."""
    net_gain = max(0.0, min(d["15"], d["16"]))
    own_special = d["18"] > 0 or d["19"] > 0
    line_10 = dividends + net_gain
    line_13 = line_10 - min(net_gain, d["18"] + d["19"])
    f = {"12": income, "13": line_13 if own_special else line_10, "14": d["19"]}
    either = own_special or worksheet["special"]
    f["15"] = min(f["13"] + f["14"], line_10) if either else f["13"]
    f["16"] = min(f["12"], f["15"])
    f["17"] = f["12"] - f["16"]
    f["18"] = at_26_and_28(f["17"], law)
    f["19"] = law.gains.zero_rate_ceiling
    f["20"] = worksheet["line 20"]
    f["21"] = max(0.0, f["19"] - f["20"])
    f["22"] = min(f["12"], f["13"])
    f["23"] = min(f["21"], f["22"])
    f["24"] = f["22"] - f["23"]
    f["25"] = law.gains.middle_rate_ceiling
    f["26"] = f["21"]
    f["27"] = worksheet["line 27"]
    f["28"] = f["26"] + f["27"]
    f["29"] = max(0.0, f["25"] - f["28"])
    f["30"] = min(f["24"], f["29"])
    f["31"] = times(0.15, f["30"], law)
    f["32"] = f["23"] + f["30"]
    f["33"] = f["34"] = f["35"] = f["36"] = f["37"] = 0.0
    if f["32"] != f["12"]:
        f["33"] = f["22"] - f["32"]
        f["34"] = times(0.20, f["33"], law)
        if f["14"] > 0:
            f["35"] = f["17"] + f["32"] + f["33"]
            f["36"] = f["12"] - f["35"]
            f["37"] = times(0.25, f["36"], law)
    f["38"] = f["18"] + f["31"] + f["34"] + f["37"]
    f["39"] = at_26_and_28(f["12"], law)
    f["40"] = min(f["38"], f["39"])
    return f


def form_8801_part_i(f6251: L, papers: Return) -> L:
    """Form 8801, Parts I and III, as the next year's form will print them."""
    facts, _, law, d, _, _, a, worksheet = papers
    dividends = facts["qualified_dividends"]
    items = f6251["2a"] + f6251["2b"] + f6251["2g"]
    items += facts["other_amt_exclusion_items"] - a["cut"]
    f = {"1": f6251["1b"], "2": items}
    f["4"] = f["1"] + f["2"]
    f["4"] += added_back(f["4"], law)
    f |= {str(line): 0.0 for line in range(5, 16)}
    if f["4"] <= 0:
        f["4"] = 0.0
        return f
    f["5"] = law.amt.exemption
    f["6"] = law.amt.phaseout_start
    f["7"] = max(0.0, f["4"] - f["6"])
    f["8"] = times(law.amt.phaseout_rate, f["7"], law)
    f["9"] = max(0.0, f["5"] - f["8"])
    f["10"] = max(0.0, f["4"] - f["9"])
    if f["10"] == 0:
        return f
    if dividends > 0 or (d["15"] > 0 and d["16"] > 0):
        lines = part_iii(f["10"], dividends, d, worksheet, law)
        f |= {str(int(line) + 15): amount for line, amount in lines.items()}
        f["11"] = f["55"]
    else:
        f["11"] = at_26_and_28(f["10"], law)
    f["12"] = min(facts["amt_foreign_tax_credit"], f["11"])
    f["13"] = f["11"] - f["12"]
    f["14"] = f6251["10"]
    f["15"] = max(0.0, f["13"] - f["14"])
    return f


def form_8801_part_ii(carried: Carried, line_22: float, line_23: float) -> L:
    """Form 8801, lines 16 to 26."""
    f = {"19": carried.credit, "22": line_22, "23": line_23}
    part_i = carried.form_8801_part_i
    if part_i is not None:
        f["16"] = part_i.pop("amt of the year")
        f["17"] = part_i["15"]
        f["18"] = f["16"] - f["17"]
    f["21"] = max(0.0, f.get("18", 0.0) + f["19"])
    f["24"] = max(0.0, f["22"] - f["23"])
    f["25"] = min(f["21"], f["24"])
    f["26"] = f["21"] - f["25"]
    return f
