"""The formulas of each form, from ``formulas/FORM.toml``, read when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from calculator.worksheet.forms import captions_of
from calculator.worksheet.notation import FormulaError, formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculator.worksheet.nodes import Part

_FOLDER: Final = Path(__file__).with_name("formulas")
_OF_A_LINE: Final = {"formula", "words", "cites", "instead"}


class Case(NamedTuple):
    """How a line is made where a condition holds."""

    where: Part | None
    """None: in all other cases."""
    made: Part
    words: str
    """Empty where the formula says it well enough."""
    cites: str


@cache
def cases_of(form: str) -> Mapping[str, tuple[Case, ...]]:
    """The lines of a form, each with its cases; the first whose condition holds is the one.

    Raises:
        FormulaError: The file is not as the package describes it.
    """
    import tomllib  # only here: importing the calculator should not wait for a parser

    path = _FOLDER / f"{form}.toml"
    if not path.exists():
        return {}
    document = tomllib.loads(path.read_text("utf-8"))
    numbers = tuple(captions_of(form))
    lines: dict[str, Any] = document["lines"]
    if odd := lines.keys() - set(numbers):
        raise FormulaError(f"{path.name}: not on the form: {', '.join(sorted(odd))}")
    skipped = document.get("skip", [])
    return {
        number: tuple(_cases(number, said, skipped, (document["cites"], numbers)))
        for number, said in lines.items()
    }


def _cases(
    number: str, said: Any, skips: list[Any], form: tuple[str, tuple[str, ...]]
) -> Iterator[Case]:
    cites, numbers = form
    line: dict[str, Any] = {"formula": said} if isinstance(said, str) else said
    if odd := line.keys() - _OF_A_LINE:
        raise FormulaError(f"line {number}: {', '.join(sorted(odd))}")
    own = line.get("cites", cites).replace("{line}", number)
    for skip in skips:
        if number in _range(skip["lines"], numbers):
            yield Case(formula(skip["where"]), formula("0"), skip["words"], own)
    for case in line.get("instead", []):
        yield Case(
            formula(case["where"]),
            formula(case["formula"]),
            case.get("words", ""),
            case.get("cites", own),
        )
    yield Case(None, formula(line["formula"]), line.get("words", ""), own)


def _range(said: str, numbers: tuple[str, ...]) -> set[str]:
    """The lines of ``33-37, 40``, in the order in which the form has them."""
    found: set[str] = set()
    for part in said.split(","):
        first, _, last = part.strip().partition("-")
        found.update(numbers[numbers.index(first) : numbers.index(last or first) + 1])
    return found
