"""What the log may say about a failed request: which one and where, never what was in it.

An exception's message, a posted field and the address of a share link or a feed can each hold what
only the person at the form should read, so a record gets none of them.
"""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

PROJECT = Path(__file__).resolve().parents[1]
# Whoever writes the record, also in the encodings that an address may have.
KEYS = re.compile(r"(?P<place>(?:/|%2F)(?:shared|feeds)(?:/|%2F))[^/\s?#\"']+", re.IGNORECASE)
MASKED = r"\g<place>…"


class OneLineFormatter(logging.Formatter):
    default_msec_format = None

    def format(self, record: logging.LogRecord) -> str:
        text = f"{self.formatTime(record)} {record.levelname} {record.name}: {_what(record)}"
        if record.exc_info and record.exc_info[0]:
            text += f": {record.exc_info[0].__name__} at {_where(record.exc_info[2])}"
        return KEYS.sub(MASKED, text)


def _what(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if request is None or record.name != "django.request":
        return " ".join(record.getMessage().split())
    # The route has the shape of the address without its keys: `share/<token>/`.
    match = request.resolver_match
    return f"{getattr(record, 'status_code', '')} {request.method} /{match.route if match else '…'}"


def _where(trace: TracebackType | None) -> str:
    frames = [frame for frame in traceback.extract_tb(trace) if _is_ours(frame.filename)]
    return " < ".join(
        f"{Path(frame.filename).relative_to(PROJECT)}:{frame.lineno}" for frame in reversed(frames)
    )


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(PROJECT) and ".venv" not in path.parts
