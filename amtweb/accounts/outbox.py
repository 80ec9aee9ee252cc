"""In development: the mails that were not sent, on a page."""

from __future__ import annotations

from email import message_from_bytes, policy
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from email.message import EmailMessage

    from django.http import HttpRequest, HttpResponse

MOST = 20
LINE_AFTER = b"\n" + b"-" * 79 + b"\n"


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest mails, the newest first."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH"))  # noqa: B009 - a setting of one mode
    return render(request, "account/outbox.html", {"mails": newest(folder)})


def newest(folder: Path) -> list[dict[str, str]]:
    """What Django's file backend has written there: a mail or more a file, a line after each."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    mails = (mail for path in files for mail in reversed(path.read_bytes().split(LINE_AFTER)[:-1]))
    return [_shown(message_from_bytes(mail, policy=policy.default)) for mail in islice(mails, MOST)]


def _shown(mail: EmailMessage) -> dict[str, str]:
    return {
        "to": mail["To"],
        "subject": mail["Subject"],
        "date": mail["Date"],
        "body": mail.get_content(),
    }
