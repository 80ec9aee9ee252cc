"""Accounts as people use them: sign up with the code from the mail, the app, passkeys, the end."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from amtweb.scenarios.models import Scenario
from tests.browser.bench import Bench
from tests.browser.test_accessibility import PHONE, SIDEWAYS_SCROLL, SMALL_TARGETS
from tests.web.people import PASSWORD, Person, code_in_mail, code_of_app

ADDRESS = "ada@example.org"
CANARY = "Kanarienvogel"
STORED = """async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage },
    await indexedDB.databases(), await caches.keys(), document.cookie, history.state,
])"""
TYPED = """() => [...document.querySelectorAll("input, textarea, select")]
    .map((field) => field.value).join(" ")"""

Faults = Callable[[Page], list[str]]


@pytest.fixture(autouse=True)
def no_attempts_so_far(transactional_db: None) -> None:
    """The table of the limits is no model's, and so outlives a test."""
    cache.clear()


@pytest.fixture
def person(transactional_db: None) -> Person:
    return Person(ADDRESS).with_account()


@pytest.fixture
def authenticator(page: Page) -> Iterator[CDPSession]:
    """A device that keeps passkeys and always finds the right finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session
    session.detach()


@pytest.fixture
def good(accessibility_faults: Faults) -> Callable[[Page], None]:
    """Holds a page to what holds for all: axe, no sideways scrolling, targets to hit."""

    def check(page: Page) -> None:
        desktop = page.viewport_size
        for size in (desktop, PHONE):
            assert size
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert accessibility_faults(page) == [], page.url
            assert page.evaluate(SIDEWAYS_SCROLL) <= 0, page.url
            assert page.evaluate(SMALL_TARGETS) == [], page.url
        page.set_viewport_size(desktop)  # type: ignore[arg-type]

    return check


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def confirm_by_password(page: Page) -> None:
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Go on")


def fresh_code(key: str) -> str:
    """A code that will not run out before it is sent."""
    left = 30 - time.time() % 30
    if left < 5:
        time.sleep(left + 0.1)
    return code_of_app(key)


def test_a_visitor_signs_up_and_has_what_they_made(
    page: Page, good: Callable[[Page], None], expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*422")
    bench = Bench(page).open()
    bench.type("title", "Made before")
    press(page, "Save")
    page.wait_for_url("**/scenarios/*/")
    bench.open("/planner/")
    bench.type("title", "On the bench")

    page.get_by_role("link", name="Sign in").click()
    good(page)
    page.get_by_role("link", name="Create an account").click()
    good(page)
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password", exact=True).fill("short")
    press(page, "Create the account")
    expect(page.get_by_text("Use at least 12 characters: this has 5.")).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    good(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Create the account")
    good(page)
    page.get_by_label("Code from the mail").fill(code_in_mail())
    press(page, "Confirm the address")

    page.wait_for_url("**/scenarios/")
    expect(page.get_by_role("main")).to_contain_text("Made before")
    assert Scenario.objects.get().owner is not None
    bench.open("/planner/")
    expect(bench.input("title")).to_have_value("On the bench")


def test_the_app_is_set_up_and_asked_for(
    page: Page, person: Person, good: Callable[[Page], None]
) -> None:
    sign_in(page)
    page.get_by_role("link", name="Account").click()
    good(page)
    page.get_by_role("link", name="Set up").click()
    good(page)
    confirm_by_password(page)
    good(page)
    picture = page.get_by_role("img", name="QR code")
    assert picture.evaluate("(image) => image.complete && image.naturalWidth > 0")
    key = page.locator("#key").input_value()
    page.get_by_label("Code that the app shows now").fill(fresh_code(key))
    press(page, "Turn it on")
    codes = page.get_by_label("Recovery codes").input_value().split()
    assert len(codes) == 10
    good(page)
    page.get_by_role("link", name="I have kept them").click()
    good(page)

    press(page, "Sign out")
    sign_in(page)
    good(page)
    page.get_by_label("Code").fill(fresh_code(key))
    press(page, "Sign in")
    page.wait_for_url("**/scenarios/")

    press(page, "Sign out")
    sign_in(page)
    page.get_by_label("Code").fill(codes[0])
    press(page, "Sign in")
    page.wait_for_url("**/scenarios/")


def test_a_passkey_signs_in_without_a_password(
    page: Page, person: Person, authenticator: CDPSession, good: Callable[[Page], None]
) -> None:
    sign_in(page)
    page.goto("/account/passkeys/add/")
    confirm_by_password(page)
    good(page)
    page.get_by_label("Name of this passkey").fill("Laptop <b>")
    press(page, "Add a passkey")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Laptop <b>", exact=True).first).to_be_visible()
    good(page)

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/account/sign-in/?next=/account/")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/account/")
    expect(page.get_by_text("last used")).to_be_visible()

    # As a second step after the password, and to confirm who it is.
    press(page, "Sign out")
    sign_in(page)
    press(page, "Use a passkey")
    page.wait_for_url("**/scenarios/")
    page.goto("/account/export/")
    page.get_by_role("link", name="Use a passkey").click()
    good(page)
    press(page, "Use a passkey")
    page.wait_for_url("**/account/export/")

    page.goto("/account/")
    press(page, "Remove Laptop <b>")
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()


def test_without_a_passkey_the_page_says_what_happened(
    page: Page, authenticator: CDPSession, person: Person
) -> None:
    page.goto("/account/sign-in/")
    press(page, "Sign in with a passkey")

    complaint = page.get_by_role("alert")
    expect(complaint).to_contain_text("Try again")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_focused()


def test_a_password_is_shown_on_demand(page: Page) -> None:
    page.goto("/account/sign-in/")
    field = page.get_by_label("Password", exact=True)
    field.fill(PASSWORD)
    expect(field).to_have_attribute("type", "password")
    press(page, "Show the password")
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(PASSWORD)
    press(page, "Hide the password")
    expect(field).to_have_attribute("type", "password")


def test_signing_out_leaves_nothing_in_the_browser(
    page: Page, person: Person, expected_complaints: list[str]
) -> None:
    # The scenario's own page, on the way back.
    expected_complaints.append("console error: .*404")
    sign_in(page)
    bench = Bench(page).open("/planner/")
    bench.type("title", CANARY)
    press(page, "Save")
    page.wait_for_url("**/scenarios/*/")
    bench.wait_for_charts()
    bench.type("title", f"{CANARY} again")
    page.evaluate("(text) => { localStorage.kept = text; sessionStorage.kept = text; }", CANARY)
    page.goto("/scenarios/")
    expect(page.get_by_role("main")).to_contain_text(CANARY)
    page.goto("/account/")
    press(page, "Sign out")
    expect(page.get_by_role("heading", name="When does your AMT come back?")).to_be_visible()

    assert CANARY not in page.evaluate(STORED)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    for _ in range(5):
        page.go_back(wait_until="load")
        assert CANARY not in page.content(), page.url
        assert CANARY not in page.evaluate(TYPED), page.url
        assert CANARY not in page.evaluate(STORED), page.url


def test_an_account_is_exported_and_deleted(
    page: Page, person: Person, good: Callable[[Page], None], expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*422")
    sign_in(page)
    page.goto("/account/")
    page.get_by_role("link", name="Export all my data").click()
    confirm_by_password(page)
    good(page)
    with page.expect_download() as downloading:
        press(page, "Download")
    assert re.fullmatch(r"amtweb-\d{4}-\d\d-\d\d\.zip", downloading.value.suggested_filename)

    page.goto("/account/delete/")
    good(page)
    press(page, "Delete everything")
    good(page)
    page.get_by_label("Type your e-mail address").fill(ADDRESS)
    press(page, "Delete everything")
    expect(page.get_by_text("everything in it are deleted")).to_be_visible()
    assert mail.outbox[-1].to == [ADDRESS]


def test_it_all_works_without_scripts(
    new_context: Callable[..., BrowserContext], person: Person
) -> None:
    options: dict[str, Any] = {"java_script_enabled": False}
    page = new_context(**options).new_page()
    page.goto("/account/sign-in/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in(page)
    page.wait_for_url("**/scenarios/")
    page.goto("/account/app/add/")
    confirm_by_password(page)
    key = page.locator("#key").input_value()
    page.get_by_label("Code that the app shows now").fill(fresh_code(key))
    press(page, "Turn it on")
    expect(page.get_by_label("Recovery codes")).to_be_visible()
    page.goto("/account/")
    press(page, "Remove the authenticator app")
    expect(page.get_by_text("The authenticator app is removed.")).to_be_visible()
    press(page, "Sign out")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
