"""A proposal as an advisor writes it and a client reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from amtweb.proposals import logos
from amtweb.proposals.models import IssueLink
from tests.web.firms.cast import cast
from tests.web.proposals import desk
from tests.web.proposals.test_issues import picture

PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.django_db(transaction=True)


def write(page: Page, household: str) -> None:
    """From the page of the client to what the client is given."""
    page.goto(household)
    page.get_by_role("link", name="New proposal").click()
    page.get_by_label("Title, which the client sees").fill("Two ways")
    for name in ("Canary plan", "Half of the shares"):
        page.get_by_label(name).select_option(label="Take it as saved, revision 1")
    page.get_by_role("button", name="Begin the proposal").click()
    page.get_by_label("Your words before the scenarios").fill("Dear Ada,\n\nhere they are.")
    page.get_by_role("button", name="Move B up").click()
    expect(page.get_by_label("Your words before the scenarios")).to_have_value(
        "Dear Ada,\n\nhere they are."
    )
    page.get_by_label("Recommended").select_option("A")
    page.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_text("Recommended", exact=True)).to_be_visible()
    page.get_by_role("button", name="Give to the client").click()


def test_an_advisor_writes_a_proposal_and_a_client_opens_its_link(
    new_context: Callable[..., BrowserContext],
    base_url: str,
    accessibility_faults: Callable[..., list[str]],
) -> None:
    people = cast()
    desk.plan(people.household, "Half of the shares", **desk.half())
    logos.put_up(people.firm, logos.made_anew(picture(size=(300, 100))))
    session = people.advisor.client.cookies["sessionid"].value
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
    page = context.new_page()

    write(page, people.household.get_absolute_url())
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="Make a link").click()
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Address of the new link").input_value()

    theirs = new_context(viewport=PHONE, color_scheme="dark").new_page()
    with theirs.expect_response(lambda response: response.url.endswith("/opened/")):
        theirs.goto(address)
    expect(theirs.get_by_role("heading", name="Two ways")).to_be_visible()
    logo = theirs.get_by_role("img", name="Canary Advisors")
    assert logo.evaluate("image => image.complete && image.naturalWidth") == 300
    assert theirs.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_faults(theirs) == []
    assert theirs.context.cookies() == []
    assert [link.times_opened for link in IssueLink.objects.all()] == [1]
