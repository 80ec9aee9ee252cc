"""A client's walk: links the account, reads, comments, edits a copy and proposes its figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from amtweb.portal.invitations import invite
from amtweb.portal.models import ClientInvitation, Suggestion
from amtweb.portal.publishing import publish
from tests.browser.bench import Bench
from tests.web.firms.cast import cast
from tests.web.people import Person

WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_client_links_reads_comments_copies_and_proposes(
    new_context: Callable[..., BrowserContext],
    base_url: str,
    accessibility_faults: Callable[[Page], list[str]],
    width: int,
) -> None:
    people, ada = cast(), Person("ada@example.org").signed_in()
    household, member = people.household, people.advisor.member
    invite(ClientInvitation(client=household, email=ada.email, invited_by=member))
    publish(member, household, people.scenario, "Look at 2027", people.scenario.draft_version)
    context = new_context(viewport={"width": width, "height": 900})
    key = ada.client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": base_url}])
    page = context.new_page()

    page.goto("/scenarios/")
    if width < 700:
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Advisor").click()
    page.get_by_role("button", name="Link my account").click()
    page.get_by_role("link", name="Canary plan").click()
    Bench(page).wait_for_charts()
    expect(page.get_by_text("Look at 2027")).to_be_visible()
    assert accessibility_faults(page) == []
    assert not page.evaluate(WIDE)

    comment_on_a_year(page)
    assert accessibility_faults(page) == []
    assert not page.evaluate(WIDE)
    change_a_copy(page, width)
    page.get_by_role("link", name="Propose its figures").click()
    expect(page.get_by_text("$123,456")).to_be_visible()
    page.get_by_label("A message to your advisor").fill("What if?")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("Not answered yet")).to_be_visible()
    assert Suggestion.objects.get().message == "What if?"


def comment_on_a_year(page: Page) -> None:
    """On the published page; then goes on to the forms of the year, where it stands, too."""
    page.get_by_label("Comment on").select_option("2027")
    page.get_by_label("Comment", exact=True).fill("Why then?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_role("region", name="2027")).to_contain_text("Why then?")
    page.get_by_role("link", name="2027", exact=True).click()
    expect(page.locator("#comments")).to_contain_text("Why then?")


def change_a_copy(page: Page, width: int) -> None:
    """Edits it as any other scenario, and goes back to where it can be sent."""
    page.goto("/advisor/")
    page.get_by_role("link", name="Canary plan").click()
    page.get_by_role("button", name="Edit a copy").click()
    page.wait_for_url("**/scenarios/*/")
    if width < 700:
        page.locator(".sides").get_by_text("Inputs").click()
    Bench(page).input("years[0].wages").fill("123456")
    expect(page.locator("#save-state")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    page.goto("/advisor/")
