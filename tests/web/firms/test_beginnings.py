"""A further scenario for a household begins with what the firm knows of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from amtweb.scenarios.models import Scenario
from tests.web.firms.cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def known(cast: Cast) -> Scenario:
    """Married, with a grant, a credit, one exercise of last year and one that is planned."""
    today = timezone.now().date()
    grant = {"id": "g1", "kind": "iso", "date": "2020-01-15", "shares": 900, "strike": 2}
    past, planned = (
        {"id": f"e{number}", "grant": "g1", "date": day.isoformat(), "shares": 100}
        | {"fair_market_value": 9}
        for number, day in enumerate((today - timedelta(days=1), today + timedelta(days=1)))
    )
    years = [{"year": today.year - 1 + later, "wages": 111_000} for later in range(4)]
    draft = {
        "schema_version": 1,
        "title": "Known",
        "notes": "Of that one alone",
        "household": {"filing_status": "married_filing_jointly"},
        "opening": {"minimum_tax_credit": 7_000},
        "years": years,
        "grants": [grant],
        "exercises": [past, planned],
    }
    household = cast.household
    return Scenario.objects.create(
        firm=household.firm, client=household, title="Known", draft=draft
    )


def test_it_has_people_grants_and_carryovers_and_none_of_the_plans(people: Cast) -> None:
    known(people)
    who, address = people.advisor, f"/blank/?client={people.household.public_id}"

    fields = who.fields(address)
    who.send(fields, op="save", title="Another")

    made = Scenario.objects.get(title="Another")
    assert made.client == people.household
    assert made.draft["household"]["filing_status"] == "married_filing_jointly"
    assert made.draft["opening"]["minimum_tax_credit"] == 7_000
    assert [year["wages"] for year in made.draft["years"]] == [111_000] * 4
    assert [grant["id"] for grant in made.draft["grants"]] == ["g1"]
    assert [each["id"] for each in made.draft["exercises"]] == ["e0"]
    assert "notes" not in made.draft


def test_one_may_begin_with_nothing_all_the_same(people: Cast) -> None:
    known(people)
    address = f"/blank/?client={people.household.public_id}"
    assert "Begin with nothing" in people.advisor.client.get(address).content.decode()

    fields = people.advisor.fields(f"{address}&empty")

    assert fields["client"] == people.household.public_id
    assert fields["opening.minimum_tax_credit"] == ""


def test_what_is_another_firms_begins_nothing(people: Cast) -> None:
    last = known(people)

    page = people.stranger.client.get(f"/blank/?client={people.household.public_id}")
    assert "111,000" not in page.content.decode()
    fields = people.stranger.fields("/blank/") | {"begins": f"like:{last.public_id}"}
    answer = people.stranger.send(fields)

    assert "111,000" not in answer.content.decode()
    assert not Scenario.objects.filter(firm=people.other_firm).exists()
