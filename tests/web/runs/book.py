"""A firm with a book of three clients, and what its members ask."""

from __future__ import annotations

from typing import Any

from amtweb.firms.models import Client
from amtweb.runs.models import Item, Run
from amtweb.scenarios.gallery import example
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import Scenario
from calculator import evaluate, parse_scenario
from tests.web.firms.cast import Cast

Document = dict[str, Any]


def an_eroding_plan(credit: float = 100_000) -> Document:
    """Itemized taxes that are no deduction for AMT eat the credit in 2026 and 2027."""
    years = [
        {"year": year, "wages": 520_000, "itemized": {"state_and_local_taxes": 40_000}}
        for year in (2026, 2027)
    ]
    return {
        "schema_version": 1,
        "title": "Eroding",
        "opening": {"minimum_tax_credit": credit},
        "years": years,
    }


def with_plan(everyone: Cast, name: str, document: Document) -> Client:
    """A client of the firm whose plan is the document, saved once."""
    client = Client.objects.create(firm=everyone.firm, name=name)
    scenario = Scenario.objects.create(
        firm=everyone.firm, client=client, title=document.get("title", ""), draft=document
    )
    scenario.make_revision(document, figures_of(evaluate(parse_scenario(document))))
    return client


def a_book(everyone: Cast) -> dict[str, Client]:
    """Three clients beside the household of the cast, one of them without a plan."""
    return {
        "way back": with_plan(everyone, "Adams", example("way-back").document),
        "flat": with_plan(everyone, "Baker", example("eso-primer-6").document),
        "without": Client.objects.create(firm=everyone.firm, name="Cole"),
    }


def ask(everyone: Cast, **fields: str) -> Run:
    """What an advisor asks; by default what the phase-out of 2026 does to all."""
    asked = {"whom": "all", "change": "new_law", "new_part": "amt_phaseout", "new_year": "2026"}
    response = everyone.advisor.client.post("/runs/new/", asked | fields)
    assert response.status_code == 302, response.context["form"].errors
    return Run.objects.get(public_id=response["Location"].split("/")[2])


def item(run: Run, client: Client) -> Item:
    return run.items.get(client=client)
