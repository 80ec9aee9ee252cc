"""Text that spreadsheets would take for a formula, and how it stays text."""

from __future__ import annotations

BEGINS_A_FORMULA = (
    *("=", "+", "-", "@", "\t", "\r", "\n"),
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)


def kept_as_text(text: str) -> str:
    """The text behind an apostrophe, if a spreadsheet would compute it."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
