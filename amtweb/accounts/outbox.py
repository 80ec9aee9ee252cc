"""In development: the mails that were not sent, on a page."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from email.message import EmailMessage

    from django.http import HttpRequest, HttpResponse

MOST = 20


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest mails, the newest first."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH"))  # noqa: B009 - a setting of one mode
    return render(request, "account/outbox.html", {"mails": newest(folder)})


def newest(folder: Path) -> list[dict[str, str]]:
    """What Django's file backend has written there, a file a message."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    mails = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in files[:MOST])
    return [_shown(mail) for mail in mails]


def _shown(mail: EmailMessage) -> dict[str, str]:
    body = mail.get_content().rstrip("-\n")
    return {"to": mail["To"], "subject": mail["Subject"], "date": mail["Date"], "body": body}
