"""The commands that take two documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculator.command import Command, scenario_in
from calculator.flags import flag

if TYPE_CHECKING:
    import argparse

    from calculator.scenario import Scenario


def _why(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.why import why

    after = scenario if asked.after is None else scenario_in(asked.after)
    return why(scenario, after, year=asked.year, to_year=asked.to_year).to_dict()


WHY = Command(
    "why",
    "Say which lines explain the difference between two scenarios, or between two years.",
    (
        flag("--from", "the scenario to begin with", dest="before", metavar="SCENARIO.json"),
        flag("--to", "the scenario to compare it with", dest="after", metavar="SCENARIO.json"),
        flag("--year", "the year to explain; else the one that differs most", type=int),
        flag("--to-year", "the year to compare it with; else the same", type=int),
    ),
    _why,
    lambda asked: asked.before or asked.scenario,
)


def _joint_or_separate(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.joint_or_separate import joint_or_separate

    return joint_or_separate(scenario, scenario_in(asked.spouse)).to_dict()


JOINT_OR_SEPARATE = Command(
    "joint-or-separate",
    "Compare a joint return with two separate ones, from a scenario of each spouse.",
    (flag("--spouse", "the scenario of the other", metavar="SCENARIO.json", required=True),),
    _joint_or_separate,
)
