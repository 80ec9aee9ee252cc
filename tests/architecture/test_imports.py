"""Imports flow one way: out of the arithmetic, up to the pages."""

from __future__ import annotations

import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.sources import ROOT, imports_of, modules, modules_under

# Each part may import those before it, and modules of its own.
CALCULATOR_PARTS = [
    "calculator.errors",
    "calculator.amounts",
    "calculator.lines",
    "calculator.fields",
    "calculator.scenario",
    "calculator.law",
    "calculator.equity",
    "calculator.federal",
    "calculator.skipped_lines",
    "calculator.results",
    "calculator.year",
    "calculator.filed_amounts",
    "calculator.timeline",
    "calculator.cautions",
    "calculator.document",
    "calculator",
    "calculator.verification",
    "calculator.worksheet",
    "calculator.analysis",
    "calculator.flags",
    "calculator.command",
    "calculator.commands_of_forms",
    "calculator.commands_of_two",
    "calculator.commands",
    "calculator.__main__",
]
AMTWEB_APPS = [
    "amtweb.audit",
    "amtweb.firms",
    "amtweb.scenarios",
    "amtweb.exchange",
    "amtweb.worksheets",
    "amtweb.analyses",
    "amtweb.parameters",
    "amtweb.methodology",
    "amtweb.comparing",
    "amtweb.couples",
    "amtweb.reports",
    "amtweb.year_end",
    "amtweb.explorer",
    "amtweb.welcome",
    "amtweb.about",
    "amtweb.book",
    "amtweb.runs",
    "amtweb.book_import",
    "amtweb.sharing",
    "amtweb.proposals",
    "amtweb.portal",
    "amtweb.accounts",
]
COMPUTE_NOTHING = ("amtweb.audit", "amtweb.firms", "amtweb.sharing", "amtweb.accounts")
SPEAK_TO_THE_CALCULATOR = tuple(app for app in AMTWEB_APPS if app not in COMPUTE_NOTHING)


def part_of(module: str, parts: list[str]) -> str | None:
    """The longest listed name that holds the module."""
    return max(
        (
            part
            for part in parts
            if module == part or (part != "calculator" and module.startswith(f"{part}."))
        ),
        key=len,
        default=None,
    )


def wrong_way(packages: list[str], parts: list[str]) -> list[str]:
    return [
        f"{module} imports {imported}"
        for module in modules_under(*packages)
        for imported in sorted(imports_of(module))
        if (own := part_of(module, parts))
        and (other := part_of(imported, parts))
        and parts.index(other) > parts.index(own)
    ]


def test_every_part_of_the_calculator_has_its_place() -> None:
    homeless = [m for m in modules_under("calculator") if not part_of(m, CALCULATOR_PARTS)]

    assert homeless == []


def test_parts_of_the_calculator_depend_one_way() -> None:
    assert wrong_way(["calculator"], CALCULATOR_PARTS) == []


def test_apps_depend_one_way() -> None:
    assert wrong_way(["amtweb"], AMTWEB_APPS) == []


@pytest.mark.parametrize("package", ["calculator", "amtweb"])
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    graph = {module: imports_of(module) & modules().keys() for module in modules_under(package)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_the_calculator_knows_nothing_of_the_web() -> None:
    allowed = {*sys.stdlib_module_names, "calculator", "numpy"}
    foreign = [
        f"{module} imports {imported}"
        for module in modules_under("calculator")
        for imported in imports_of(module)
        if imported.partition(".")[0] not in allowed
    ]

    assert foreign == []


def test_importing_the_calculator_loads_neither_django_nor_numpy() -> None:
    program = (
        "import sys, calculator;"
        "print(*sorted({'django', 'numpy', 'amtweb', 'plotly'} & sys.modules.keys()))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert loaded.stdout.split() == []


def test_links_and_accounts_do_not_speak_to_the_calculator() -> None:
    others = [
        module
        for module in modules_under("amtweb")
        if not module.startswith(SPEAK_TO_THE_CALCULATOR)
        and any(imported.partition(".")[0] == "calculator" for imported in imports_of(module))
    ]

    assert others == []


def test_modules_are_named_for_what_they_hold() -> None:
    vague = {"common", "core", "helpers", "manager", "misc", "services", "utils"}
    settings_of_every_mode = "amtweb.settings.common"
    named = [m for m in modules() if m.rpartition(".")[2] in vague and m != settings_of_every_mode]

    assert named == []
