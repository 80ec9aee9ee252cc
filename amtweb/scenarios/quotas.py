"""How much may be kept: every number that limits it, and what is said to who reaches it.

Nothing typed is lost by a limit: what does not fit stays where it was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from amtweb.scenarios.visitors import Visitor

IN_A_BROWSER: Final = 3
"""Scenarios of a visitor without an account, archived ones among them, deleted ones not."""
IN_AN_ACCOUNT: Final = 1_000
IN_A_FIRM: Final = 50_000
REVISIONS: Final = 500
"""Of one scenario."""


class NotKeptError(Exception):
    """Something cannot be kept as asked; the text says why to the visitor."""

    in_list = False
    """Whether to delete a scenario would make room."""
    needs_account = False
    """Whether an account would."""
    begins = "Not saved, and still here."
    """What has become of what was typed."""


class QuotaError(NotKeptError):
    """There is no room."""


class FullLibraryError(QuotaError):
    in_list = True

    def __init__(self, visitor: Visitor) -> None:
        self.needs_account = visitor.user_id is None
        keeps = "This browser keeps" if self.needs_account else "Your account keeps"
        if visitor.member is not None:
            keeps = "Your firm keeps"
        super().__init__(
            f"{keeps} up to {most_scenarios(visitor):,} saved scenarios, and you have as many."
        )


class FullHistoryError(QuotaError):
    begins = "Kept, but not as a revision."

    def __init__(self) -> None:
        super().__init__(
            f"This scenario has {REVISIONS:,} revisions, which is as many as are kept. Its draft"
            " goes on taking your edits; a duplicate of it begins a new history."
        )


def most_scenarios(visitor: Visitor) -> int:
    """How many scenarios the visitor, or the firm they work in, may keep."""
    if visitor.member is not None:
        return IN_A_FIRM
    return IN_A_BROWSER if visitor.user_id is None else IN_AN_ACCOUNT
