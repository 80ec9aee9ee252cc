"""Published examples, computed again: what others state, and what the forms give.

    verification = verify()

Each source has a file of its own in ``published``; nothing in them is a copy of its words.
"""

from calculator.verification.checking import Check, Verdict, Verification, verify
from calculator.verification.published import (
    KINDS,
    REASONS,
    Difference,
    Example,
    Figure,
    Source,
    sources,
)

__all__ = [
    "KINDS",
    "REASONS",
    "Check",
    "Difference",
    "Example",
    "Figure",
    "Source",
    "Verdict",
    "Verification",
    "sources",
    "verify",
]
