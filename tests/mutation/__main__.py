"""Makes mistakes in the forms on purpose, and says which of them the tests let pass.

    python -m tests.mutation [MODULE…]

Without names, every module of ``calculator/federal``.  Each mistake is tried in a process of its
own, first on the worked cases and the forms filled in on paper, then on the tests that are quick.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np

from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
FEDERAL = ROOT / "calculator" / "federal"
QUICK_TESTS = [
    f"tests/calculator/{name}.py"
    for name in (
        "test_known_errors",
        "test_edges",
        "test_batches",
        "test_as_filed",
        "test_method",
        "test_before_2018",
        "test_sunset",
        "test_worksheet",
        "test_forms",
        "test_plain_numbers",
        "law/test_flat",
    )
    if (ROOT / "tests" / "calculator" / f"{name}.py").exists()
]
KILLED, SURVIVED = 0, 77
HOUSEHOLDS = 8


class _Mistaken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module with its mistake."""

    def __init__(self, module: str, tree: ast.Module, path: Path) -> None:
        self.module, self.tree, self.path = module, tree, path

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.module:
            return None
        spec = importlib.machinery.ModuleSpec(name, self, origin=str(self.path))
        spec.has_location = True
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102


def is_noticed(mutant: Mutant, path: Path) -> bool:
    """Whether any test fails; to be called in a process that has not imported the calculator."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    sys.meta_path.insert(0, _Mistaken(name, mutant.tree, path))
    with np.errstate(all="ignore"):
        try:
            if _worked_cases_differ() or _paper_differs():
                return True
        except Exception:
            return True
    import pytest

    options = ["-q", "-x", "-n0", "-p", "no:cacheprovider", "--no-header", "-p", "no:randomly"]
    return pytest.main([*options, *QUICK_TESTS]) != 0


def _worked_cases_differ() -> bool:
    from tests.calculator.builders import result_of
    from tests.calculator.comparison import differences
    from tests.calculator.worked_cases import worked_cases

    return any(
        next(differences(case["expected"], result_of(case["document"]), case["tolerance"]), None)
        for case in worked_cases()
    )


def _paper_differs() -> bool:
    from calculator.scenario import FILING_STATUSES, LawChoice
    from tests.calculator.builders import result_of
    from tests.calculator.comparison import differences
    from tests.calculator.households import household, structure
    from tests.calculator.test_against_paper import ELECTIONS, years_on_paper

    for first, path in ((2018, "current"), (2025, "current"), (2025, "sunset")):
        for status in FILING_STATUSES:
            random = np.random.default_rng(first)
            for _ in range(HOUSEHOLDS):
                common = structure(status, first, ELECTIONS, events=first == 2025, seniors=1)
                document = household(random, common) | {"law": {"path": path}}
                years = result_of(document)["years"]
                equity = [year["equity"] for year in years]
                paper = years_on_paper(document, equity, LawChoice(path=path))
                if next(differences(paper, years, 0.001), None):
                    return True
    return False


def survives(mutant: Mutant, path: Path) -> bool:
    """Whether no test notices the mistake, tried in a process of its own."""
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        noticed = True
        try:
            noticed = is_noticed(mutant, path)
        finally:
            os._exit(KILLED if noticed else SURVIVED)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == SURVIVED


def main(names: list[str]) -> None:
    tried = passed = 0
    for path in sorted(FEDERAL.glob("*.py")):
        if names and path.stem not in names:
            continue
        for mutant in mutants_of(path.read_text(encoding="utf-8")):
            tried += 1
            if survives(mutant, path):
                passed += 1
                say(f"{path.stem}:{mutant.line}  {mutant.what}")
    say(f"{tried} mistakes, {passed} not noticed")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (a command line prints)


if __name__ == "__main__":
    main(sys.argv[1:])
