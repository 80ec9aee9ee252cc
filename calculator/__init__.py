"""The calculator: a scenario document in, every form of every year out.

    result = evaluate(parse_scenario(document))

It knows nothing of the web and of databases, and reads nothing but its own law tables.
"""

from calculator.cautions import cautions
from calculator.document import parse_scenario
from calculator.errors import InvalidScenario, Problem, UnsupportedSituation
from calculator.results import ScenarioResult, Totals, YearResult
from calculator.scenario import SCHEMA_VERSION, Scenario
from calculator.timeline import evaluate

ENGINE_VERSION = "1.0"
"""Changes whenever a computed figure can change."""

__all__ = [
    "ENGINE_VERSION",
    "SCHEMA_VERSION",
    "InvalidScenario",
    "Problem",
    "Scenario",
    "ScenarioResult",
    "Totals",
    "UnsupportedSituation",
    "YearResult",
    "cautions",
    "evaluate",
    "parse_scenario",
]
