"""What every mail about an account has in common."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from amtweb.accounts.adapters import AccountAdapter

TEMPLATES = Path(settings.BASE_DIR, "templates")
MAILS = sorted([*TEMPLATES.glob("account/email/*.txt"), *TEMPLATES.glob("mfa/email/*.txt")])
CONTEXT = {
    "code": "BCDF-GHJK",
    "from_email": "o'hara&co@example.org",
    "to_email": "new@example.org",
    "request": None,
}


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_is_short_plain_and_leads_nowhere(path: Path) -> None:
    prefix = str(path.relative_to(TEMPLATES).with_suffix(""))
    message = AccountAdapter().render_mail(prefix, "ada@example.org", CONTEXT)

    assert re.fullmatch(r"[A-Z][^\n]{10,70}", message.subject)
    assert "amtweb" in message.subject
    assert 60 < len(str(message.body)) < 500
    assert not re.search(r"https?:|www\.|<|&(amp|#)|\{", str(message.body))
    assert message.to == ["ada@example.org"]
    assert message.content_subtype == "plain"


def test_those_that_confirm_something_hold_its_code() -> None:
    with_code = {path.stem for path in MAILS if "{{ code }}" in path.read_text("utf-8")}

    assert with_code == {
        "email_confirmation",
        "email_confirmation_signup",
        "password_reset_code",
    }


def test_no_mail_of_the_librarys_own_is_sent() -> None:
    """Each kind that its flows send on this site has a text here."""
    assert {path.stem for path in MAILS} == {
        *("account_already_exists", "account_deleted", "email_changed", "email_confirmation"),
        *("email_confirmation_signup", "password_changed", "password_reset"),
        *("password_reset_code", "recovery_codes_generated", "totp_activated"),
        *("totp_deactivated", "unknown_account", "webauthn_added", "webauthn_removed"),
    }
