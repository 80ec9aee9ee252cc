"""Clients whose figures are known from paper, and what the book says of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from amtweb.book.lines import bring_up_to_date
from amtweb.firms.models import Client, Firm
from amtweb.scenarios.models import Scenario
from tests.web.firms.cast import Colleague

# Single in 2026 with 200,000 of wages: 36,734 of regular tax; 26% of what is over the exemption of
# 90,100 is 28,574 of tentative minimum tax.
YEAR = {"year": 2026, "wages": 200_000}
GRANT = {"id": "g1", "kind": "iso", "label": "ISO-1", "date": "2024-03-01", "strike": 1}
LOSS = {"opening": {"amt_capital_loss": {"long_term": 50_000}}}
"""47,000 of it is over the yearly limit."""
CREDIT = {"opening": {"minimum_tax_credit": 9_000}}
"""8,160 of it is used, so that 840 is left."""
EXERCISE = {
    "grants": [GRANT | {"shares": 1_000}],
    "exercises": [
        {"id": "e1", "grant": "g1", "date": "2026-02-02", "shares": 1_000}
        | {"fair_market_value": 101}
    ],
}
"""100,000 of spread: 26% of 209,900 is 54,574, which is 17,840 over the regular tax."""
BROKEN = {"years": [{"year": 2026, "wages": -5}]}


def ends_in(days: int) -> dict[str, Any]:
    """A grant of which nothing is exercised, and its last day."""
    last = timezone.now().date() + timedelta(days=days)
    granted = last - timedelta(days=365 * 5)
    grant = GRANT | {"shares": 500, "date": granted.isoformat(), "expires": last.isoformat()}
    return {"grants": [grant]}


def household(firm: Firm, name: str, document: dict[str, Any] | None = None, **of: Any) -> Client:
    """A client, with a scenario if there is a document."""
    client = firm.clients.create(name=name, **of)
    if document is not None:
        draft = {"schema_version": 1, "title": f"Plan of {name}", "years": [YEAR]} | document
        Scenario.objects.create(firm=firm, client=client, title=draft["title"], draft=draft)
    return client


def five(firm: Firm) -> None:
    """One of each kind, computed."""
    household(firm, "Loss", LOSS)
    household(firm, "Taxed", EXERCISE)
    household(firm, "Ending", ends_in(20) | CREDIT)
    household(firm, "Broken", BROKEN)
    household(firm, "Nothing yet")
    bring_up_to_date(firm, seconds=60)


def names(colleague: Colleague, query: str = "") -> list[str]:
    """The clients that the book shows, in their order."""
    text = colleague.client.get(f"/book/?{query or 'view=all'}").content.decode()
    return re.findall(r'<th role="rowheader"[^>]*><a [^>]*><bdi>(.*?)</bdi>', text)


def row(colleague: Colleague, name: str) -> dict[str, str]:
    """The cells of a client's row, by what they are called."""
    text = colleague.client.get("/book/?view=all").content.decode()
    rows = re.findall(r"<tr role=\"row\".*?</tr>", text, re.DOTALL)
    found = next(each for each in rows if f"<bdi>{name}</bdi>" in each)
    cells = re.findall(r'data-label="([^"]*)">(.*?)</td>', found, re.DOTALL)
    return {label: re.sub(r"<[^>]*>", "", cell).strip() for label, cell in cells}
