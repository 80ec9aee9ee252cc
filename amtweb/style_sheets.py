"""When a page has its style sheets in itself, and which of them its policy then has to allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.inline_files import inline_file

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

DIGESTS = "amtweb.style_sheets"


def arrives(request: HttpRequest) -> bool:
    """Whether somebody comes to the site with this request, rather than from another page of it.

    Who comes has perhaps none of the style sheets, and would wait once more for them.  A browser
    that does not say where it comes from gets them by their addresses.
    """
    asked = request.headers
    return (
        asked.get("Sec-Fetch-Dest") == "document"
        and asked.get("Sec-Fetch-Site", "same-origin") != "same-origin"
    )


def within(request: HttpRequest, name: str) -> SafeString:
    """The text of a style sheet, which the policy of the request's answer then allows."""
    sheet = inline_file(name)
    request.META.setdefault(DIGESTS, []).append(sheet.digest)
    return sheet.text


def allowed_digests(request: HttpRequest) -> list[str]:
    """What ``style-src`` allows beside files: the digests of those within this request's page."""
    return list(request.META.get(DIGESTS, ()))
