"""The worksheets between the forms and the way to total tax, filled in on paper.

What ``on_paper`` works out within a form and the calculator prints as a form of its own.
"""

from __future__ import annotations

import math
from typing import Any

from calculator.law.parameters import YearLaw
from tests.calculator.paper_arithmetic import Facts, L, times

Forms = dict[str, L]


def worksheets_of_schedule_d(d: L, facts: Facts, prefix: str) -> Forms:
    """28% Rate Gain and Unrecaptured Section 1250 Gain Worksheets of one system."""
    found: Forms = {}
    if not (d["15"] > 0 and d["16"] > 0):
        return found
    art, real = facts["collectibles_gain"], max(0.0, facts["unrecaptured_section_1250_gain"])
    short_loss = min(0.0, d["7"])
    if art != 0:
        w = {"1": art, "5": d["14"], "6": short_loss}
        w["7"] = max(0.0, w["1"] + w["5"] + w["6"])
        found[f"{prefix}rate_gain_worksheet"] = w
    if real > 0:
        w = {"13": real, "14": art, "15": short_loss, "16": d["14"]}
        w["17"] = max(0.0, -(w["14"] + w["15"] + w["16"]))
        w["18"] = max(0.0, w["13"] - w["17"])
        found[f"{prefix}unrecaptured_1250_worksheet"] = w
    return found


def amt_gains(amt_d: L, dividends: float) -> Forms:
    """The AMT worksheet for gains as far as Form 6251 lines 13 to 15 ask for it."""
    gain = max(0.0, min(amt_d["15"], amt_d["16"]))
    if gain == 0 and dividends == 0:
        return {}
    if amt_d["18"] == 0 and amt_d["19"] == 0:
        w = {"2": dividends, "3": gain, "4": dividends + gain}
        return {"amt_qualified_dividends_worksheet": w}
    w = {"2": dividends, "6": dividends, "7": min(amt_d["15"], amt_d["16"]), "9": gain}
    w["10"] = w["6"] + w["9"]
    w["11"] = amt_d["18"] + amt_d["19"]
    w["12"] = min(w["9"], w["11"])
    w["13"] = w["10"] - w["12"]
    return {"amt_schedule_d_tax_worksheet": w}


def exemption_worksheet(amti: float, law: YearLaw) -> Forms:
    """Form 6251 line 5."""
    if amti <= law.amt.phaseout_start:
        return {}
    w = {"1": law.amt.exemption, "2": amti, "3": law.amt.phaseout_start}
    w["4"] = max(0.0, w["2"] - w["3"])
    w["5"] = times(law.amt.phaseout_rate, w["4"], law)
    w["6"] = max(0.0, w["1"] - w["5"])
    return {"exemption_worksheet": w}


def schedule_1a(facts: Facts, income: float, law: YearLaw) -> Forms:
    """Schedule 1-A from Part V on."""
    people, rules = facts["household"]["people_65_or_over"], law.deductions
    w: L = {}
    if people and rules.senior:
        w = {"31": income, "32": rules.senior_phaseout_start}
        w["33"] = max(0.0, w["31"] - w["32"])
        w["34"] = times(0.06, w["33"], law)
        w["35"] = max(0.0, 6000 - w["34"])
        w["36a"] = w["35"]
        w["36b"] = w["35"] if people == 2 else 0.0
        w["37"] = w["36a"] + w["36b"]
    total = w.get("37", 0.0) + facts["schedule_1a_deductions"]
    return {"schedule_1a": w | {"38": total}} if w or total else {}


def limit_of_itemized_deductions(a: L, other: float, income: float, law: YearLaw) -> Forms:
    """Itemized Deductions Worksheet of 2017; ``a`` is Schedule A."""
    rules = law.deductions
    if not rules.pease_rate or income <= rules.pease_start:
        return {}
    w = {"1": a["7"] + a["10"] + a["14"] + a["16"], "2": other}
    w["3"] = w["1"] - w["2"]
    w["4"] = times(0.80, w["3"], law)
    w |= {"5": income, "6": rules.pease_start, "7": income - rules.pease_start}
    w["8"] = times(0.03, w["7"], law)
    w["9"] = min(w["4"], w["8"])
    w["10"] = w["1"] - w["9"]
    return {"itemized_deductions_worksheet": w}


def limit_in_the_top_bracket(a: L, f1040: L, law: YearLaw) -> Forms:
    """Section 68 from 2026, in lines of our own."""
    rules = law.deductions
    income = f1040["11"] - f1040["13"]
    if not rules.itemized_limit_rate or income <= rules.itemized_limit_start:
        return {}
    w = {"1": a["7"] + a["10"] + a["14"] + a["16"], "2": income}
    w["3"] = rules.itemized_limit_start
    w["4"] = w["2"] - w["3"]
    w["5"] = min(w["1"], w["4"])
    w["6"] = times(rules.itemized_limit_rate, w["5"], law)
    w["7"] = w["1"] - w["6"]
    return {"section_68_worksheet": w}


def exemptions_worksheet(facts: Facts, income: float, law: YearLaw) -> Forms:
    """Deduction for Exemptions Worksheet of 2017, without its lines that are no dollars."""
    rules = law.exemptions
    if not rules.amount or income <= rules.phaseout_start:
        return {}
    w = {"2": rules.amount * (rules.filers + facts["household"]["dependents"]), "3": income}
    w |= {"4": rules.phaseout_start, "5": income - rules.phaseout_start}
    steps = math.ceil(round(w["5"], 4) / rules.phaseout_step)
    # 2% for each step, and nothing is left of the exemptions after 50 of them.
    w["8"] = w["2"] if steps >= 50 else times(0.02 * steps, w["2"], law)
    w["9"] = w["2"] - w["8"]
    return {"exemptions_worksheet": w}


def total_tax(year: dict[str, Any]) -> tuple[L, Forms]:
    """Form 1040 lines 17 to 24, and Schedules 2 and 3."""
    two = {"2": year["amt"], "3": year["amt"]}
    two |= {"11": year["medicare"], "12": year["investment"]}
    two["21"] = two["11"] + two["12"]
    three = {"1": year["foreign tax credit"], "6b": year["minimum tax credit"]}
    three["7"] = three["6b"]
    three["8"] = three["1"] + three["7"]
    f = {"16": year["tax"], "17": two["3"]}
    f["18"] = f["16"] + f["17"]
    f["19"] = min(year["other credits"], f["18"] - three["1"])
    f["20"] = three["8"]
    f["21"] = f["19"] + f["20"]
    f["22"] = max(0.0, f["18"] - f["21"])
    f["23"] = two["21"]
    f["24"] = f["22"] + f["23"]
    return f, {"schedule_2": two, "schedule_3": three}
