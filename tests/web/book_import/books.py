"""Tables of a book, and the form that takes them."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from tests.web.firms.cast import Colleague

PAGE = "/firm/import/"
CLIENTS = """\
Reference,Client,Person 1,Born 1,Person 2,Advisor,Tags,Status,AMT credit,Wages,First year,Notes
C-1,Lovelace household,Ada Lovelace,1985,William King,advisor@example.org,"tech, 2026",MFJ,\
"12,500",250000,2026,Private word
C-2,Hopper household,Grace Hopper,1976,,,,single,,,,
"""
GRANTS = """\
Client,Name,Kind,Granted,Shares granted,Strike,Expires
C-1,Hiring grant,ISO,2022-01-15,"10,000",2.50,2032-01-14
C-1,Refresh,NSO,2024-03-01,2000,$7.25,
hopper HOUSEHOLD,Only grant,ISO,1/15/2023,500,1.00,
"""


def preview(who: Colleague, **texts: str) -> Any:
    """The answer to the tables as pasted text."""
    return who.client.post(PAGE, {f"text-{slug}": text for slug, text in texts.items()})


def fields(who: Colleague, **texts: str) -> dict[str, str]:
    """What the button of a sound preview sends."""
    response = preview(who, **texts)
    assert response.status_code == HTTPStatus.OK, said(response)
    page = response.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    sends = {name: hidden[name] for name in ("page", "seen_rows", "seen_firm")}
    return sends | {f"text-{slug}": text for slug, text in texts.items()} | {"op": "take"}


def take(who: Colleague, **texts: str) -> Any:
    """Previews and takes over."""
    return who.client.post(PAGE, fields(who, **texts))


def said(response: Any) -> list[str]:
    """The problems that the page lists."""
    page = response.content.decode()
    found = re.findall(r"<li><strong>(.*?)</strong>: <bdi>(.*?)</bdi></li>", page, re.DOTALL)
    plain = (re.sub("<[^>]*>", "", f"{place}: {message}") for place, message in found)
    return [text.replace("&#x27;", "'").replace("&quot;", '"') for text in plain]
