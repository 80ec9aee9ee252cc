"""What the import form sends: the table as text, what it holds, and what the person decides."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from amtweb.exchange.csv_import.decoding import NotATableError, as_table_text, decoded
from amtweb.exchange.csv_import.form_3921 import SHARES_OF_GRANT
from amtweb.exchange.csv_import.plan import Choices
from amtweb.exchange.csv_import.table_kinds import TABLE_KINDS
from amtweb.exchange.incoming import LARGEST_UPLOAD, announced_size

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.exchange.csv_import.table_kinds import TableKind

LARGEST_TABLE = 512 * 1024
"""Bytes."""
TAKE = "take"
FILLED_IN = "filled-in:"
"""Before the name of an input: what the page itself put there."""
INTO_NEW = "new"
NOTHING_SENT = "Choose a file first, or paste the rows."
OF_A_DOWNLOAD = ('"field","place","value"', '"year","form","line"', '"year","law"')
"""How tables begin that we make to be read."""
ONLY_TO_BE_READ = (
    "This table of a download is only to be read. A whole scenario is brought in as JSON at"
    " “Import a scenario”; its grants, exercises and sales as the tables that the download has"
    " under “Rows (CSV)”."
)
NO_KIND = "Say what the file holds."


class RefusedError(Exception):
    """What was sent cannot be looked at; the text says why."""

    def __init__(self, message: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> None:
        super().__init__(message)
        self.status = status


class Sent(NamedTuple):
    """What the form sent."""

    kind: TableKind
    text: str
    remark: str
    """How the text was read."""
    choices: Choices
    into_new: bool

    @property
    def digest(self) -> str:
        """Another one for anything else: by it a preview is known to be of this."""
        says = [self.kind.slug, self.text, self.into_new, *self.choices[:2]]
        says.append(sorted(self.choices.granted.items()))
        return hashlib.sha256(json.dumps(says).encode()).hexdigest()


def sent(request: HttpRequest) -> Sent:
    """What was sent.

    Raises:
        RefusedError: There is nothing, or it is no text.
    """
    post = request.POST
    kind = TABLE_KINDS.get(post.get("kind", ""))
    try:
        text, remark = _text(request)
    except NotATableError as error:
        raise RefusedError(str(error)) from None
    if text.startswith(OF_A_DOWNLOAD):
        raise RefusedError(ONLY_TO_BE_READ)
    if kind is None:
        raise RefusedError(NO_KIND)
    granted = {
        name: str(post[name])[:40]
        for name in post
        if name.startswith(SHARES_OF_GRANT) and post[name] != post.get(f"{FILLED_IN}{name}")
    }
    choices = Choices("with_duplicates" in post, "more_years" in post, granted)
    return Sent(kind, text, remark, choices, post.get("into") == INTO_NEW)


def pasted(request: HttpRequest) -> str:
    """The text as typed, to be shown again."""
    return request.POST.get("text", "")


def _text(request: HttpRequest) -> tuple[str, str]:
    file = request.FILES.get("file")
    if file is not None:
        content = bytes(file.read(LARGEST_TABLE + 1))
        if not content.strip():
            raise RefusedError("The file is empty.")
        _refuse_large(len(content))
        read = decoded(content)
        return _with_plain_breaks(read.text), read.remark
    # The upload handler throws away what is larger, without keeping it anywhere.
    if announced_size(request) > LARGEST_UPLOAD:
        _refuse_large(LARGEST_UPLOAD)
    text = pasted(request)
    if not text.strip():
        raise RefusedError(NOTHING_SENT)
    _refuse_large(len(text.encode("utf-8", "surrogatepass")))
    return _with_plain_breaks(as_table_text(text)), ""


def _refuse_large(size: int) -> None:
    if size > LARGEST_TABLE:
        raise RefusedError(
            f"The file is larger than {LARGEST_TABLE // 1024} KB: make several files of it.",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )


def _with_plain_breaks(text: str) -> str:
    """A browser sends the line breaks of a text area as two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
