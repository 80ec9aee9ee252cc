"""Another title for a scenario, which is a change of its draft like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.library.making import entitled
from amtweb.scenarios.models import NewerDraftError
from calculator import InvalidScenario, parse_scenario

if TYPE_CHECKING:
    from amtweb.scenarios.models import Document, Scenario

TRIES = 5
CHANGED = "It has just been given this title elsewhere. Rename it again if yours is better."
BUSY = "It is being changed elsewhere at this moment. Try again."


def rename(scenario: Scenario, title: str, *, seen: str) -> str:
    """Renames the newest draft, and says what is wrong if that cannot be.

    The rest of the draft may have changed since the title was seen: it stays as it is now, and an
    editor that is open elsewhere is told that there is a newer draft.
    """
    for _ in range(TRIES):
        if scenario.title == title:
            return ""
        if scenario.title != seen:
            return CHANGED
        document = entitled(scenario.draft, title)
        if mistake := mistake_in(document):
            return mistake
        try:
            scenario.save_draft(document, version=scenario.draft_version, tab="", sequence=0)
        except NewerDraftError:
            scenario.refresh_from_db()
        else:
            return ""
    return BUSY


def mistake_in(document: Document) -> str:
    """What is wrong with the title, in a sentence."""
    try:
        parse_scenario(document)
    except InvalidScenario as refusal:
        wrong = [problem.message for problem in refusal.problems if problem.path == "title"]
        return " ".join(wrong)
    return ""
