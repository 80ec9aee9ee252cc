"""What the project says about itself leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "calculator" / "README.md"]
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
LONGEST_DECISION = 60
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:amtweb|calculator|docs|static|templates|tests|tools)/[\w./-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_paths_lead_to_files(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    linked = [document.parent / target for target in LINK.findall(text)]
    named = [ROOT / target for target in PATH.findall(text)]

    assert [str(path) for path in (*linked, *named) if not path.exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name.partition("-")[0]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_a_number_a_date_a_status_and_is_short(decision: Path) -> None:
    title, _, dated, *rest = decision.read_text(encoding="utf-8").splitlines()

    assert title.startswith(f"# {int(decision.stem.partition('-')[0])}. ")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d, (accepted|replaced by decision \d+)\.", dated)
    assert len(rest) + 3 < LONGEST_DECISION
    assert {"**Decision.**", "**Why.**", "**Consequences.**"} <= set(
        re.findall(r"\*\*\w+\.\*\*", "\n".join(rest))
    )
