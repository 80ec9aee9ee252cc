"""What grants and lots without a name of their own are called, wherever a person reads of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.editor import wording

if TYPE_CHECKING:
    from datetime import date


def grant_called(kind: str, granted: date | None, strike: float | None) -> str:
    """``ISO of Jan 1, 2024 at $1.50``; as much as is known."""
    day = f" of {wording.write_day(granted)}" if granted else ""
    price = f" at {wording.write_dollars(strike)}" if strike is not None else ""
    return f"{kind.upper() or 'Option'}{day}{price}"


def exercise_called(grant: str, exercised: date | None) -> str:
    """``Astra, exercised Mar 2, 2026``, of what the grant is called."""
    return f"{grant}, exercised{f' {wording.write_day(exercised)}' if exercised else ''}"


def holding_called(acquired: date | None) -> str:
    """``Held since Mar 2, 2026``."""
    return f"Held since {wording.write_day(acquired)}" if acquired else "A holding"
