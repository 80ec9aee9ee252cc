"""What the questions start from: a scenario of the visitor's own, or nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from amtweb.analyses.exercise_plan import value_of
from amtweb.scenarios import working_copy
from amtweb.scenarios.editor.wording import write_day
from calculator import InvalidScenario, parse_scenario
from calculator.analysis.exercise_plan import EXERCISE_DAY

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.scenarios.models import Scenario as SavedScenario
    from calculator import Scenario
    from calculator.scenario import Exercise, Grant, YearFacts

MOST_GRANTS = 5
FIRST_YEAR = 2024
YEARS_AHEAD = 3
NOTHING = "nothing"

VESTS = "it vests over time, and these plans do not look at vesting days"
NONQUALIFIED = "nonqualified options cause wages, not AMT"
ENDED = "employment ended, and the days left to exercise decide"
EXPIRED = "it has expired"
TOO_MANY = f"only {MOST_GRANTS} grants are looked at together"


class Exercisable(NamedTuple):
    """A grant of the scenario with options that can be exercised."""

    grant: Grant
    shares: float
    """Granted, less what is exercised already."""
    value: float
    """What a share was worth when last the scenario said so."""

    @property
    def exercised(self) -> float:
        """Of the grant, and not to be planned."""
        return float(self.grant.shares) - self.shares


class LeftOut(NamedTuple):
    """A grant that the answer does not look at."""

    name: str
    why: str


@dataclass(frozen=True)
class Basis:
    """A scenario, and a year of it to ask about."""

    document: dict[str, Any]
    year: int
    today: date
    saved: SavedScenario | None = None

    @cached_property
    def scenario(self) -> Scenario:
        """The document as read."""
        return parse_scenario(self.document)

    @property
    def title(self) -> str:
        return str(self.document.get("title", ""))

    @property
    def years(self) -> list[int]:
        """Those that can be asked about."""
        return [facts.year for facts in self.scenario.years]

    @property
    def facts(self) -> YearFacts:
        """Of the year."""
        return next(facts for facts in self.scenario.years if facts.year == self.year)

    @property
    def day(self) -> date:
        """Of the exercise."""
        return exercise_day(self.year, self.today)

    @cached_property
    def digest(self) -> str:
        """By which a page knows that its fields were filled from this very document."""
        text = json.dumps(self.document, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @cached_property
    def grants(self) -> list[Exercisable]:
        """Those to ask about."""
        return self._sorted_out[0]

    @property
    def left_out(self) -> list[LeftOut]:
        """The others that have options left."""
        return self._sorted_out[1]

    def planned(self, grant_ids: set[str]) -> list[Exercise]:
        """Exercises of these grants that lie ahead: a plan takes their place."""
        return [
            each
            for each in self.scenario.exercises
            if each.grant in grant_ids and self._ahead(each)
        ]

    def _ahead(self, exercise: Exercise) -> bool:
        return exercise.date >= self.today and exercise.date.year >= self.year

    @cached_property
    def _sorted_out(self) -> tuple[list[Exercisable], list[LeftOut]]:
        kept: list[Exercisable] = []
        left_out: list[LeftOut] = []
        vesting = {each.grant for each in self.scenario.vestings}
        for grant in self.scenario.grants:
            done = (
                e for e in self.scenario.exercises if e.grant == grant.id and not self._ahead(e)
            )
            shares = float(int(float(grant.shares) - sum(float(each.shares) for each in done)))
            if shares < 1 or grant.date > self.day:
                continue
            if why := self._why_not(grant, vesting, len(kept)):
                left_out.append(LeftOut(grant.label or f"Granted {write_day(grant.date)}", why))
            else:
                kept.append(Exercisable(grant, shares, value_of(self.scenario, grant)))
        return kept, left_out

    def _why_not(self, grant: Grant, vesting: set[str], kept: int) -> str:
        if grant.kind != "iso":
            return NONQUALIFIED
        if grant.id in vesting:
            return VESTS
        if grant.employment_ended is not None:
            return ENDED
        if grant.expires is not None and grant.expires < self.day:
            return EXPIRED
        return TOO_MANY if kept == MOST_GRANTS else ""


def exercise_day(year: int, today: date) -> date:
    """Today, or early in another year."""
    return today if year == today.year else date(year, *EXERCISE_DAY)


def years_to_choose(today: date) -> list[int]:
    """Where there is no scenario that says."""
    return list(range(min(FIRST_YEAR, today.year), today.year + YEARS_AHEAD + 1))


def basis_of(
    request: HttpRequest, saved: SavedScenario | None, wanted: str
) -> tuple[Basis | None, str]:
    """The scenario to fill the questions from, and why there is none if a person might ask.

    Args:
        request: Whose.
        saved: The scenario that it is asked of; without one, what stands in the planner.
        wanted: The year, as typed.
    """
    if saved is None and not working_copy.is_begun(request):
        return None, ""
    document = saved.draft if saved else working_copy.working_copy(request).document
    today = timezone.now().date()
    try:
        scenario = parse_scenario(document)
    except InvalidScenario:
        return None, "Your scenario cannot be computed as it stands."
    if scenario.law.path == "flat":
        return None, "Your scenario uses the textbook model of flat rates, which has no exemption."
    if scenario.splits:
        return None, "Your scenario has a stock split, which this answer does not follow."
    years = [facts.year for facts in scenario.years]
    asked = (
        int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) == 4 else today.year
    )
    basis = Basis(document, min(years, key=lambda year: abs(year - asked)), today, saved)
    if not basis.grants:
        return None, "Your scenario has no options left to exercise that this answer can look at."
    return basis, ""
