"""Random households at the thresholds of the law and far from any: the edges of every form."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from calculator.law.parameters import YearLaw
from tests.calculator.builders import Document

NO_THRESHOLD = 1e11
OFTEN = {
    "wages": 1.0,
    "short_term_gain": 0.6,
    "other_amt_deferral_items": 0.5,
    "amt_foreign_tax_credit": 0.5,
}
"""How often a field is more than nothing, apart from the usual."""
SIGNED = (
    *("other_income", "short_term_gain", "adjustments"),
    *("other_amt_deferral_items", "other_amt_exclusion_items"),
)
UNSIGNED = (
    *("wages", "interest", "qualified_dividends", "state_tax_refund"),
    *("private_activity_bond_interest", "schedule_1a_deductions", "foreign_tax_credit"),
    *("amt_foreign_tax_credit", "other_nonrefundable_credits"),
)


class Extremes:
    """Draws households from the thresholds of one year's law."""

    def __init__(self, random: Random, law: YearLaw, *, whole: bool) -> None:
        self.random = random
        self.whole = whole
        self.thresholds = thresholds(law)

    def dollars(self) -> float:
        """Nothing, a threshold or a dollar beside it, a few cents, billions, or a plain amount."""
        random = self.random
        draws: list[Callable[[], float]] = [
            lambda: 0.0,
            lambda: 0.0,
            lambda: random.choice(self.thresholds) + random.choice([-1, -0.01, 0, 0.01, 1]),
            lambda: random.choice(self.thresholds) + random.choice([15_750, 16_100, 32_200]),
            lambda: 10.0 ** random.uniform(5, 10),
            lambda: 10.0 ** random.uniform(-2, 3),
            lambda: random.uniform(0, 900_000),
        ]
        amount = random.choice(draws)()
        return max(0.0, float(round(amount, 0 if self.whole else 2)))

    def signed(self) -> float:
        return self.dollars() * self.random.choice([1, 1, -1])

    def losses(self) -> Document:
        return {"short_term": self.dollars(), "long_term": self.dollars()}

    def facts(self, year: int) -> Document:
        """A year; what is part of a long-term gain lies within it."""
        random = self.random
        elections = ["larger", "larger", "standard", "itemized"]
        found: Document = {"year": year, "deduction": random.choice(elections)}
        for name in (*UNSIGNED, *SIGNED):
            if random.random() < OFTEN.get(name, 0.3):
                found[name] = self.signed() if name in SIGNED else self.dollars()
        gain = found["long_term_gain"] = self.signed()
        half = float(max(gain, 0.0) // 2)
        most = half if gain > 0 else NO_THRESHOLD
        found["unrecaptured_section_1250_gain"] = min(most, self.dollars())
        found["collectibles_gain"] = random.choice([1, 1, -1]) * min(most, self.dollars())
        found["itemized"] = {
            name: self.dollars()
            for name in ("state_and_local_taxes", "mortgage_interest", "charitable_gifts", "other")
        }
        if year > 2017:
            found["qualified_business_income_deduction"] = random.choice([0.0, self.dollars()])
        return found

    def household(self, status: str, first: int) -> Document:
        """A scenario of three years without options; every field is given."""
        joint = status == "married_filing_jointly"
        people = {
            "people_65_or_over": self.random.choice([0, 1, 2 if joint else 1]),
            "aged_or_blind_boxes": self.random.choice([0, 1, 4]),
            "dependents": self.random.choice([0, 3]),
        }
        return {
            "schema_version": 1,
            "household": {"filing_status": status, **people},
            "opening": {
                "minimum_tax_credit": self.dollars(),
                "capital_loss": self.losses(),
                "amt_capital_loss": self.losses(),
            },
            "years": [NOTHING | self.facts(year) for year in range(first, first + 3)],
        }


NOTHING: dict[str, Any] = dict.fromkeys((*UNSIGNED, *SIGNED), 0.0) | {
    "qualified_business_income_deduction": 0.0
}


def thresholds(law: YearLaw) -> list[float]:
    """Where a rate, a limit or a phase-out of this law begins or ends."""
    amt = law.amt
    found = [
        *law.brackets.floors,
        law.gains.zero_rate_ceiling,
        law.gains.middle_rate_ceiling,
        law.gains.loss_limit,
        amt.exemption,
        amt.phaseout_start,
        amt.phaseout_start + amt.exemption / amt.phaseout_rate,
        amt.separate_addback_start,
        amt.separate_addback_start + amt.exemption / (amt.separate_addback_rate or 1.0),
        amt.rate_break,
        amt.rate_break + amt.exemption,
        law.deductions.standard,
        law.deductions.salt_cap,
        law.deductions.salt_phasedown_start,
        law.deductions.senior_phaseout_start,
        law.deductions.itemized_limit_start,
        law.deductions.pease_start,
        law.exemptions.phaseout_start,
        law.surtaxes.net_investment_income_threshold,
        law.surtaxes.additional_medicare_threshold,
        100_000.0,
    ]
    return [amount for amount in found if amount < NO_THRESHOLD]


def largest(document: Any) -> float:
    """The largest amount of a document."""
    if isinstance(document, dict):
        return max(map(largest, document.values()), default=0.0)
    if isinstance(document, list):
        return max(map(largest, document), default=0.0)
    return abs(document) if isinstance(document, float) else 0.0
