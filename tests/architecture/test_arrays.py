"""In the arithmetic an amount may be a whole batch of amounts, one for each scenario.

What turns a batch into one value mixes strangers' figures: right for one scenario, wrong for two.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.sources import modules_under

REDUCING_FUNCTIONS = {"all", "any", "max", "min", "sum"}
REDUCING_METHODS = {
    *REDUCING_FUNCTIONS,
    "amax",
    "amin",
    "argmax",
    "argmin",
    "average",
    "item",
    "mean",
    "median",
    "nansum",
    "prod",
}


def reductions(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in REDUCING_FUNCTIONS:
                yield node.lineno, f"{name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in REDUCING_METHODS:
                yield node.lineno, f".{name}()"


def test_no_amounts_of_a_batch_are_reduced_to_one() -> None:
    found = [
        f"{module}:{line} {what}"
        for module, tree in modules_under("calculator.federal", "calculator.equity").items()
        for line, what in reductions(tree)
    ]

    assert found == []


def test_a_reduction_would_be_found() -> None:
    program = "a = max(b, c)\nd = (b > 0).any()\ne = np.sum(b)\nf = larger_of(b, c)"

    assert list(reductions(ast.parse(program))) == [(1, "max()"), (2, ".any()"), (3, ".sum()")]
