"""What the documents say of roles is what the program grants."""

from __future__ import annotations

from amtweb.firms.models import Role
from amtweb.firms.permissions import MAY, Act
from tests.architecture.sources import ROOT

ROLES = (Role.READ_ONLY, Role.ASSISTANT, Role.ADVISOR, Role.ADMIN)


def test_the_table_of_roles_is_that_of_the_program() -> None:
    heads = " | ".join(role.label for role in ROLES)
    lines = [f"| | {heads} |", "| --- | --- | --- | --- | --- |"]
    for act in Act:
        granted = " | ".join("yes" if act in MAY[role] else "\u2013" for role in ROLES)
        lines.append(f"| {act.value} | {granted} |")

    text = (ROOT / "docs" / "advisors.md").read_text(encoding="utf-8")
    assert "\n".join(["", *lines, ""]) in text
    assert set(ROLES) == set(Role)
