"""Makes a PDF of the page on standard input: a program of its own, started by ``pdf``.

Parsing, layout and the C libraries behind them run outside the site's own process: they can be
stopped, their memory is limited, and whoever makes them fail stops nobody else.  It reads nothing
but its input and the fonts, and speaks to nobody.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_LIBRARIES = 3
"""Exit status where Pango is not installed."""
TOO_MANY_PAGES = 4
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 10
"""Of processor time."""


class OutsideError(Exception):
    """The page asks for something outside itself."""


def refuse_network(event: str, _: object) -> None:
    """An audit hook, for whatever would go around the fetcher."""
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "os.exec")):
        raise OutsideError(event)


def pdf_of(
    html: str, css: str, most_pages: int, pictures: Mapping[str, str] | None = None
) -> bytes | None:
    """The page as tagged PDF (PDF/UA-1), or None if it has too many pages.

    Args:
        html: The page.
        css: Its style sheet.
        most_pages: How many pages it may have.
        pictures: PNG or JPEG in base64 by the address that the page gives them; there is nothing
            at any other address.

    Raises:
        OSError: Pango is not installed.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Refusing(URLFetcher):  # type: ignore[misc]
        """In place of what would fetch pictures and style sheets."""

        def fetch(self, url: str, *_: object, **__: object) -> Any:
            if pictures is None or url not in pictures:
                raise OutsideError(url)
            return URLFetcherResponse(url, base64.b64decode(pictures[url]))

    fetcher = Refusing(allowed_protocols=(), allow_redirects=False)
    page = HTML(string=html, url_fetcher=fetcher)
    style = CSS(string=css, url_fetcher=fetcher)
    document = page.render(stylesheets=[style], pdf_variant="pdf/ua-1")
    if len(document.pages) > most_pages:
        return None
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return written


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    asked = json.load(sys.stdin)
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return NO_LIBRARIES
    sys.addaudithook(refuse_network)
    written = pdf_of(**asked)
    if written is None:
        return TOO_MANY_PAGES
    sys.stdout.buffer.write(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
