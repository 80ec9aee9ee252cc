"""From the answers to a scenario document, and to what the calculator is asked about it."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from amtweb.explorer.basis import exercise_day
from amtweb.explorer.questions import WITHIN
from amtweb.scenarios.assumed import Assumed, assumed_at
from amtweb.scenarios.editor.rows import free_id
from amtweb.scenarios.editor.wording import write_day
from calculator import SCHEMA_VERSION, parse_scenario
from calculator.analysis.before_amt import before_amt
from calculator.analysis.exercise_plan import EXERCISE_DAY
from calculator.analysis.option_grants import Options
from calculator.analysis.option_plans import FIRST, option_plans

if TYPE_CHECKING:
    from amtweb.explorer.basis import Basis
    from amtweb.explorer.questions import Questions, Row
    from calculator import Scenario
    from calculator.analysis.before_amt import BeforeAmt
    from calculator.analysis.option_plans import OptionPlan, OptionPlans

    Document = dict[str, Any]

YEARS = 10
"""Of a scenario that is made of the answers alone."""
GRANTED_BEFORE = 2
"""Years before the exercise, where nobody was asked: no figure depends on it."""


@dataclass(frozen=True)
class Asked:
    """Questions without mistakes, of a basis or of nothing."""

    questions: Questions
    today: date

    @property
    def basis(self) -> Basis | None:
        return self.questions.basis

    @property
    def year(self) -> int:
        return int(self.questions.cleaned_data["year"])

    @property
    def day(self) -> date:
        """Of the first exercise."""
        return exercise_day(self.year, self.today)

    @property
    def within(self) -> int:
        """Years that a plan may take."""
        return int(self.questions.cleaned_data["within"] or WITHIN)

    @cached_property
    def document(self) -> Document:
        """The scenario with the answers in it, and no exercise of these options ahead."""
        document = copy.deepcopy(self.basis.document) if self.basis else self._blank()
        if self.basis:
            self._clear_plans(document, self.basis)
            self._change_facts(document, self.basis)
        grants = document.setdefault("grants", [])
        for row in self.questions.grants:
            self._set_grant(document, grants, row)
        return document

    @cached_property
    def scenario(self) -> Scenario:
        """The document as read.

        Raises:
            InvalidScenario: The answers do not fit together.
        """
        return parse_scenario(self.document)

    @cached_property
    def options(self) -> list[Options]:
        """What is to be exercised."""
        ids = self._ids(self.document)
        return [
            Options(grant=ids[row.number], shares=row.options, value=row.value)
            for row in self.questions.grants
        ]

    @cached_property
    def before_amt(self) -> BeforeAmt:
        """The answer for the year."""
        return before_amt(self.scenario, self.options, self.day)

    @cached_property
    def plans(self) -> OptionPlans:
        """The plans from the year on."""
        return option_plans(
            self.scenario, self.options, self.day, self.within, last_year=self._last_year()
        )

    def plan(self, name: str, chosen: float) -> OptionPlan:
        """The plan of that name, ``first`` of so many options."""
        if name == FIRST:
            return self.plans.first(chosen)
        found: OptionPlan = getattr(self.plans, name)()
        return found

    def document_with(self, plan: OptionPlan) -> Document:
        """The document with the exercises of a plan."""
        document = copy.deepcopy(self.document)
        rows = document.setdefault("exercises", [])
        # An exercise that gives way is not mistaken for one that takes its place.
        before = self.basis.document.get("exercises", []) if self.basis else []
        for exercise in plan.exercises():
            taken = document | {"exercises": [*before, *rows]}
            rows.append({"id": free_id(taken, "e")} | exercise)
        return document

    def assumed(self, plan: OptionPlan) -> list[Assumed]:
        """What the scenario of a plan has that nobody was asked about."""
        if self.basis is not None:
            return []
        later = [day for day, some in zip(plan.days, plan.shares, strict=True) if some >= 1][1:]
        days = f"exercised on {write_day(self.day)}"
        if later:
            days += f", and in later years on {later[0]:%B} {later[0].day}"
        values = {row.value for row in self.questions.grants}
        value = f"${values.pop():,.2f}" if len(values) == 1 else "what it is today"
        kept = f"{plan.shares_left:,.0f} options left unexercised"
        return [
            assumed_at("grants[0].date", f"granted on {write_day(self._granted)}"),
            assumed_at("exercises[0].date", days),
            assumed_at("exercises[0].fair_market_value", f"a share always worth {value}"),
            assumed_at("years[1].wages", "the same income every year"),
            Assumed("no sale of the shares", "sales-title"),
            *([assumed_at("grants[0].shares", kept)] if plan.shares_left >= 1 else []),
        ]

    @property
    def _granted(self) -> date:
        return date(self.year - GRANTED_BEFORE, 1, 1)

    def _last_year(self) -> int:
        """Of the scenario, or the one in which the first of these grants expires."""
        ids = {each.grant for each in self.options}
        last = self.scenario.years[-1].year
        for grant in self.scenario.grants:
            if grant.id in ids and grant.expires is not None:
                in_time = grant.expires >= date(grant.expires.year, *EXERCISE_DAY)
                last = min(last, grant.expires.year - (not in_time))
        return max(last, self.year)

    def _blank(self) -> Document:
        cleaned = self.questions.cleaned_data
        facts: Document = {}
        opening: Document = {}
        for income in self.questions.incomes:
            amount = cleaned[income.name]
            if amount:
                _set(
                    {"opening": opening} if income.path.startswith("opening") else facts,
                    income.path,
                    amount,
                )
        years = range(self.year, self.year + YEARS)
        return {
            "schema_version": SCHEMA_VERSION,
            "title": f"My options from {self.year} on",
            "household": {"filing_status": cleaned["status"]},
            **({"opening": opening} if opening else {}),
            "years": [{"year": year} | copy.deepcopy(facts) for year in years],
        }

    def _change_facts(self, document: Document, basis: Basis) -> None:
        """Sets what is answered otherwise than the scenario says."""
        cleaned, facts = self.questions.cleaned_data, basis.facts
        if cleaned["status"] != facts.household.filing_status:
            document.setdefault("household", {})["filing_status"] = cleaned["status"]
            for each in document["years"]:
                each.get("household", {}).pop("filing_status", None)
        of_year = next(each for each in document["years"] if each["year"] == basis.year)
        itemized = facts.itemized
        for income in self.questions.incomes:
            amount = cleaned[income.name] or 0.0
            if income.name == "itemized":
                stands = float(
                    itemized.mortgage_interest + itemized.charitable_gifts + itemized.other
                )
                if amount != stands:
                    # One amount was asked for: what it is made of is not known any more.
                    kept = of_year.get("itemized", {}).get("state_and_local_taxes", 0.0)
                    of_year["itemized"] = {
                        "state_and_local_taxes": kept,
                        "mortgage_interest": amount,
                    }
                continue
            if amount != float(attrgetter(income.path)(facts)):
                _set(of_year, income.path, amount)

    def _clear_plans(self, document: Document, basis: Basis) -> None:
        ids = self._ids(document)
        gone = {
            each.id
            for each in basis.planned({ids.get(row.number, "") for row in self.questions.grants})
        }
        for rows, refers in (("exercises", "id"), ("sales", "from")):
            kept = [row for row in document.get(rows, ()) if row[refers] not in gone]
            # An editor without rows of a kind posts none, not an empty list of them.
            document.pop(rows, None)
            if kept:
                document[rows] = kept

    def _ids(self, document: Document) -> dict[int, str]:
        """By the number of its row, the id of each grant."""
        known = [each.grant.id for each in self.basis.grants] if self.basis else []
        added = [grant["id"] for grant in document.get("grants", [])]
        added = added[self._grants_before :]
        ids = dict(enumerate(known, 1))
        numbers = [row.number for row in self.questions.grants if row.number > len(known)]
        return ids | dict(zip(numbers, added, strict=False))

    @property
    def _grants_before(self) -> int:
        return len(self.basis.document.get("grants", ())) if self.basis else 0

    def _set_grant(self, document: Document, grants: list[Document], row: Row) -> None:
        known = self.basis.grants if self.basis else []
        if row.number > len(known):
            grants.append(
                {
                    "id": free_id(document, "g"),
                    "label": f"Grant {row.number}",
                    "kind": "iso",
                    "date": self._granted.isoformat(),
                    "shares": row.options,
                    "strike": row.strike,
                }
            )
            return
        each = known[row.number - 1]
        grant = next(grant for grant in grants if grant["id"] == each.grant.id)
        if row.options != each.shares:
            grant["shares"] = each.exercised + row.options
        if row.strike != float(each.grant.strike):
            grant["strike"] = row.strike


def _set(place: Document, path: str, amount: float) -> None:
    *outer, last = path.split(".")
    for key in outer:
        place = place.setdefault(key, {})
    place[last] = amount
