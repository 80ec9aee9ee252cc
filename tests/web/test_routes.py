"""Every address of the site stands in one table, and no forged request reaches any of them.

Who gets what there is in ``permissions``.
"""

from __future__ import annotations

from copy import deepcopy
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import get_resolver

from amtweb.sharing.link_forms import secret_of
from tests.web.permissions.asking import LOG, Asked, ask
from tests.web.permissions.views import World
from tests.web.permissions.world import address, filled_in
from tests.web.reading import Page
from tests.web.route_table.every import ROUTES, routes
from tests.web.route_table.route import READ

pytestmark = pytest.mark.django_db

READABLE = [route for route, row in ROUTES.items() if "GET" in row.methods]
WRITABLE = [route for route, row in ROUTES.items() if "POST" in row.methods]
WHO = {
    "anyone": ("browser", "browser"),
    "owner": ("browser", "browser"),
    "holder": ("link_copy", "alder"),
    "user": ("other_user", "alder"),
    "member": ("admin", "alder"),
    "client": ("client", "alder"),
}
"""Somebody who may, and whose things they are asked for."""
TAKEN = (200, 204, 302, 409, 413, 422)
"""Fields of no use there, or of no version that may be replaced, are answered by what is wrong."""


class Browser:
    """Of somebody who may do there what can be done."""

    def __init__(self, world: World, route: str) -> None:
        self.row = ROUTES[route]
        view, side = WHO[self.row.who]
        if self.row.only:
            view = self.row.only[0]
        names = world.names_for(view, side)
        self.client = world.clients[view]
        self.address = address(route, names)
        self.sends = filled_in(self.row.sends, names)
        # The same session before a site that checks what the forms bring along.
        self.checked = Client(enforce_csrf_checks=True)
        self.checked.cookies = deepcopy(self.client.cookies)

    def forged(self, headers: dict[str, str], **fields: str) -> Asked:
        typed = {"title": "Forged", "op": "save"} | self.sends | fields
        return ask(self.checked, "POST", self.address, typed, headers)


@pytest.fixture
def browsers(world: World) -> dict[str, Browser]:
    return {route: Browser(world, route) for route in ROUTES}


def is_refused(asked: Asked) -> bool:
    return asked.status == 403 and b"this page is out of date" in asked.said and not asked.wrote


def test_every_route_is_in_the_table() -> None:
    assert sorted(routes(get_resolver().url_patterns)) == sorted(ROUTES)


def test_reading_changes_nothing_whatever_the_query(browsers: dict[str, Browser]) -> None:
    # But for the log of who saw what, and the counts of attempts.
    wrote = {
        f"{method} {browser.address}{query}": asked.wrote - LOG - {"cache"}
        for browser in (browsers[route] for route in READABLE)
        for method in READ
        for query in ("?year=2030", "?op=save&title=Changed")
        if (asked := ask(browser.client, method, browser.address + query)).wrote
    }

    assert {asked: tables for asked, tables in wrote.items() if tables} == {}


def test_a_first_look_sets_no_cookie_but_for_its_forms(browsers: dict[str, Browser]) -> None:
    set_by, expected = {}, {}
    for route in READABLE:
        browser = browsers[route]
        looks = browser.client if browser.row.who not in ("anyone", "member") else Client()
        kept = deepcopy(looks.cookies)
        looks.cookies.pop("csrftoken", None)
        asked = ask(looks, "GET", browser.address)
        looks.cookies = kept
        set_by[route] = asked.status in (200, 302), tuple(asked.response.cookies)
        expected[route] = True, browser.row.cookies

    assert set_by == expected


FORGED_HEADERS: list[dict[str, str]] = [
    {},
    {"X-CSRFToken": "a" * 64},
    {"HX-Request": "true"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "https://evil.example/"},
]


def test_a_forged_request_is_refused(browsers: dict[str, Browser]) -> None:
    taken = [
        f"/{route} with {headers}"
        for route in WRITABLE
        for headers in FORGED_HEADERS
        if not is_refused(browsers[route].forged(headers))
    ]

    assert taken == []


def test_a_token_is_no_good_elsewhere(browsers: dict[str, Browser]) -> None:
    """Neither that of another session, nor a stolen one sent from another origin."""
    others, tokens = Tokens().of(Client()), Tokens()
    taken = []
    for route in WRITABLE:
        browser = browsers[route]
        if not is_refused(browser.forged({}, csrfmiddlewaretoken=others)):
            taken.append(f"/{route} with another's token")
        own = tokens.of(browser.checked)
        for origin in ("https://evil.example", "null"):
            if not is_refused(browser.forged({"Origin": origin}, csrfmiddlewaretoken=own)):
                taken.append(f"/{route} from {origin}")

    assert taken == []


def test_the_sites_own_forms_are_taken(browsers: dict[str, Browser]) -> None:
    tokens, refused = Tokens(), []
    for route in WRITABLE:
        browser = browsers[route]
        fields = {"csrfmiddlewaretoken": tokens.of(browser.checked)}
        if browser.row.who == "holder" and not browser.row.cookies:
            # Looking at a link sets no cookie: its page brings a secret of its own.
            fields = {"csrfmiddlewaretoken": secret_of(browser.address.split("/")[2])}
        asked = ask(browser.checked, "POST", browser.address, fields | {"op": "nothing"})
        if asked.status not in TAKEN:
            refused.append(f"/{route}: {asked.status}")

    assert refused == []


def test_no_answer_sends_anyone_elsewhere(browsers: dict[str, Browser]) -> None:
    sent = [
        f"/{route} with {page}"
        for route in WRITABLE
        for page in ("https://evil.example", "//evil.example", "javascript:x")
        if sends_elsewhere(browsers[route], page)
    ]

    assert sent == []


def sends_elsewhere(browser: Browser, page: str) -> bool:
    fields = browser.sends | {"next": page, "action": page}
    asked = ask(browser.client, "POST", f"{browser.address}?next={page}", fields)
    leads = ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url")
    targets = [asked.response.get(header, "/") for header in leads]
    within = all(target.startswith("/") and not target.startswith("//") for target in targets)
    return b"evil.example" in asked.response.content or not within


class Tokens:
    """What the forms of each session bring along."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, SimpleCookie]] = {}

    def of(self, client: Client) -> str:
        """Of the client's session, which knows it from now on."""
        session = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
        if session not in self.known:
            fields = Page(client.get("/planner/").content).fields()
            self.known[session] = fields["csrfmiddlewaretoken"], deepcopy(client.cookies)
        token, cookies = self.known[session]
        client.cookies = deepcopy(cookies)
        return token
