"""The watch over the browser, without which a quiet test would prove nothing."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_page_of_the_site_is_quiet(page: Page) -> None:
    response = page.goto("/livez")

    assert response is not None
    assert response.status == HTTPStatus.OK
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.plotly
def test_static_files_come_with_the_policy(page: Page) -> None:
    response = page.goto("/static/plotly/plotly-basic.min.js")

    assert response is not None
    assert response.status == HTTPStatus.OK
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_the_page_for_what_is_missing_can_be_used_by_all(
    page: Page,
    expected_complaints: list[str],
    accessibility_faults: Callable[[Page], list[str]],
) -> None:
    expected_complaints.append("console error: .*404")
    page.goto("/nowhere")

    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
    assert accessibility_faults(page) == []


def test_an_inline_script_is_stopped_and_heard_of(
    page: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.extend(["console error: .*404", "Content Security Policy"])
    page.goto("/nowhere")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "document.title = 'taken over'";
            document.head.append(script);
        }"""
    )

    expect(page).to_have_title("Not found")


def test_a_request_to_another_origin_is_stopped_and_heard_of(
    page: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.extend(["console error: .*404", "Content Security Policy"])
    page.goto("/nowhere")
    answered = page.evaluate("() => fetch('http://127.0.0.1:9/').then(() => true, () => false)")

    assert answered is False


def test_an_exception_in_a_script_is_heard_of(page: Page, expected_complaints: list[str]) -> None:
    expected_complaints.append("exception: broken")
    page.goto("/livez")
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('broken') }) }")


def test_another_page_elsewhere_is_heard_of(page: Page, expected_complaints: list[str]) -> None:
    expected_complaints.append("request off the origin: http://127.0.0.1:9/")
    page.goto("/livez")
    with page.context.expect_page():
        page.evaluate("() => { window.open('http://127.0.0.1:9/') }")
