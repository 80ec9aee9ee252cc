"""What the form of an import sends: tables as files, or as the text of an earlier preview."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from amtweb.book_import.tables import TABLES
from amtweb.exchange.csv_import.decoding import NotATableError, as_table_text, decoded
from amtweb.exchange.csv_import.sending import NOTHING_SENT, RefusedError
from amtweb.exchange.incoming import LARGEST_FILE, LARGEST_UPLOAD, announced_size

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.book_import.tables import BookTable

LARGEST = LARGEST_FILE
"""Bytes of all tables together."""
TAKE = "take"


class Sent(NamedTuple):
    """What was sent."""

    texts: dict[str, str]
    """The tables by slug."""
    remarks: tuple[str, ...]
    """How files were read."""
    same_names: bool
    """Whether clients that are named as some that are there are others."""

    @property
    def digest(self) -> str:
        """Another one for anything else: by it a preview is known to be of this."""
        said = json.dumps([sorted(self.texts.items()), self.same_names])
        return hashlib.sha256(said.encode()).hexdigest()


def sent(request: HttpRequest) -> Sent:
    """What was sent.

    Raises:
        RefusedError: There is nothing, it is no text, or it is too large.
    """
    # The upload handler throws away what is larger, without keeping it anywhere.
    if announced_size(request) > LARGEST_UPLOAD and "seen_rows" not in request.POST:
        raise _too_large()
    texts, remarks, size = {}, [], 0
    for table in TABLES:
        text, remark = _text(request, table)
        size += len(text.encode("utf-8", "surrogatepass"))
        if text.strip():
            texts[table.slug] = text
        if remark:
            remarks.append(f"{table.shown.title}: {remark}")
    if size > LARGEST:
        raise _too_large()
    if not texts:
        raise RefusedError(NOTHING_SENT)
    return Sent(texts, tuple(remarks), "same_names" in request.POST)


def typed(request: HttpRequest) -> dict[str, str]:
    """The texts as they came, to be shown again."""
    return {table.slug: request.POST.get(f"text-{table.slug}", "") for table in TABLES}


def _text(request: HttpRequest, table: BookTable) -> tuple[str, str]:
    file = request.FILES.get(f"file-{table.slug}")
    try:
        if file is None:
            return _plain(as_table_text(request.POST.get(f"text-{table.slug}", ""))), ""
        content = bytes(file.read(LARGEST + 1))
        if not content.strip():
            raise NotATableError("The file is empty.")
        read = decoded(content)
    except NotATableError as error:
        raise RefusedError(f"{table.shown.title}: {error}") from None
    return _plain(read.text), read.remark


def _plain(text: str) -> str:
    """A browser sends the line breaks of a text area as two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _too_large() -> RefusedError:
    return RefusedError(
        f"The tables are larger than {LARGEST // (1024 * 1024)} MB together: import one part of the"
        " clients with all that they have, then the next.",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    )
