"""What is wrong with a document, said to the person who typed it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to correct: where it stands in the document, and a sentence about it.

    ``path`` reads like ``sales[2].date``; it is empty where there is no better one.
    ``unsupported`` marks a situation that is valid but not modelled.
    """

    path: str
    message: str
    unsupported: bool = False

    def to_dict(self) -> dict[str, str]:
        """The problem as the command line prints it."""
        said = {"path": self.path, "message": self.message}
        return said | {"kind": "unsupported"} if self.unsupported else said


class InvalidScenario(ValueError):
    """The document cannot be computed; ``problems`` holds everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.path}: {p.message}" for p in problems))
        self.problems = problems


class UnsupportedSituation(InvalidScenario):
    """All that stands in the way is something that is not modelled, and is refused by name."""
