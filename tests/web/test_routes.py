"""Every address of the site, in one table: what may be done there, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from amtweb.analyses.panels import PANELS
from amtweb.book.feeds import make_feed
from amtweb.firms.models import Firm, Invitation, Role
from amtweb.runs.models import Kind
from amtweb.runs.starting import start
from amtweb.scenarios.gallery import DEFAULT
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.firms.cast import Colleague
from tests.web.people import Person
from tests.web.portal.between import Between, between
from tests.web.proposals.made import Made, made
from tests.web.reading import Page
from tests.web.route_table import (
    accounts,
    analyses,
    book,
    book_import,
    comparing,
    couples,
    exchange,
    firms,
    methodology,
    parameters,
    portal,
    proposals,
    reports,
    runs,
    scenarios,
    sharing,
    worksheets,
    year_end,
)
from tests.web.route_table import (
    site as site_itself,
)
from tests.web.route_table.route import READ, Route
from tests.web.visitors import Visitor

ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


MODULES = (
    accounts,
    analyses,
    book,
    book_import,
    comparing,
    couples,
    exchange,
    firms,
    methodology,
    parameters,
    portal,
    proposals,
    reports,
    runs,
    scenarios,
    sharing,
    site_itself,
    worksheets,
    year_end,
)
FILES_OF_PORTAL = {"<str:file>": "scenario.json", "<str:part>": "report.html"}
SOMETIMES = "Where the user works sometimes"
ROUTES: dict[str, Route] = {}
for module in MODULES:
    ROUTES |= module.ROUTES
EVERY = [pytest.param(route, id=route or "/") for route in ROUTES]
READABLE = [pytest.param(r, id=r or "/") for r in ROUTES if "GET" in ROUTES[r].methods]
WRITABLE = [pytest.param(r, id=r or "/") for r in ROUTES if "POST" in ROUTES[r].methods]
OWNERS = [pytest.param(r, id=r) for r in ROUTES if ROUTES[r].who == "owner"]
MEMBERS = [pytest.param(r, id=r) for r in ROUTES if ROUTES[r].who == "member"]
USERS = [pytest.param(r, id=r) for r in ROUTES if ROUTES[r].who == "user"]


class Site(NamedTuple):
    """A site with one saved and shared scenario, somebody else who has an account, and an
    admin at work in a firm.
    """

    owner: Visitor
    scenario: Scenario
    token: str
    link: ShareLink
    user: Person
    member: Colleague
    given: Made
    feed: str
    between: Between
    """What the firm of the member and the user have between them."""
    run: str

    def who_may(self, route: str) -> Visitor:
        """Somebody who may do there what can be done."""
        who = {"user": self.user, "client": self.user, "member": self.member}
        return who.get(ROUTES[route].who, self.owner)

    def of_a_firm(self, route: str) -> str:
        """What the address of a firm's page names; empty for other pages."""
        firm = self.member.member.firm
        to_the_user = Invitation.objects.filter(email=self.user.email)
        named: dict[str, str] = {
            "workspaces/invitations/": to_the_user.get().public_id,
            "workspaces/<": Firm.objects.get(name=SOMETIMES).public_id,
            "firm/members/": self.member.member.public_id,
            "firm/invitations/": firm.invitations.exclude(email=self.user.email).get().public_id,
            "firm/import/": firm.imports.get().public_id,
            "clients/": firm.clients.get().public_id,
            "scenarios/<slug:public_id>/client/": Scenario.objects.get(firm=firm).public_id,
            "proposals/": self.given.proposal.public_id,
            "book/views/<": firm.book_views.earliest("pk").public_id,
            "book/feeds/<": self.member.member.feeds.earliest("pk").public_id,
            "runs/": self.run,
        }
        return next((name for place, name in named.items() if route.startswith(place)), "")

    def token_of(self, route: str) -> str:
        """Of the link, or the feed, that the route is of."""
        if route.startswith("feeds/"):
            return self.feed
        return self.given.token if "proposal" in route else self.token

    def address(self, route: str) -> str:
        """Where the route leads on this site."""
        slug = PANELS[0].slug if "analyses" in route else DEFAULT
        of_proposal = "proposal" in route
        places = {
            "<slug:slug>": slug,
            "<slug:public_id>": self.of_a_firm(route) or self.scenario.public_id,
            "<slug:fingerprint>": (self.given if of_proposal else self).link.token_digest,
            "<slug:token>": self.token_of(route),
            "<int:year>": "2026",
            "<int:number>": "1",
            "<str:file>": "years.csv",
            "<str:part>": "report.html",
            "<slug:table>": "sales",
        }
        if route in portal.ROUTES:
            # Of what the route itself does not name, nothing changes.
            places = self.between.named(route) | FILES_OF_PORTAL | {"<int:year>": "2026"}
        for place, value in places.items():
            route = route.replace(place, value)
        assert "<" not in route, "the table's places must be filled in"
        return f"/{route}"


@pytest.fixture
def site(db: None) -> Site:
    owner = Visitor()
    scenario = owner.saved(title="Kept")
    link, token = ShareLink.make(scenario, revision=scenario.revisions.get(), may_copy=True)
    user = Person().signed_in().confirmed()
    user.with_app()
    firm = Firm.objects.create(name="Ours")
    member = Colleague("member@example.org").in_firm(firm, Role.ADMIN).confirmed()
    household = firm.clients.create(name="A household")
    theirs = Scenario.objects.create(firm=firm, client=household, draft=scenario.draft)
    theirs.make_revision(scenario.draft, {})
    given = made(member.member, household, theirs)
    asked = {"change": "now", "whom": "all current clients"}
    run = start(member.member, Kind.RECOMPUTE, asked, firm.clients.all())
    for email in (user.email, "asked@example.org"):
        firm.invitations.create(email=email, role=Role.ADVISOR, invited_by=member.member)
    sometimes = Firm.objects.create(name=SOMETIMES)
    sometimes.members.create(user=user.user, role=Role.ADVISOR)
    firm.book_views.create(name="A view")
    firm.imports.create(counts={"clients": 1})
    _, feed = make_feed(member.member, seed="", with_names=True)
    shared = between(member.member, user.user, household)
    return Site(owner, scenario, token, link, user, member, given, feed, shared, run.public_id)


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            assert isinstance(pattern, URLPattern)
            yield here


def stored() -> dict[str, list[Any]]:
    """Every row of every table."""
    tables = (model._base_manager.order_by("pk") for model in apps.get_models())
    return {table.model.__name__: list(table.values()) for table in tables}


def test_every_route_is_in_the_table() -> None:
    assert sorted(routes(get_resolver().url_patterns)) == sorted(ROUTES)


@pytest.mark.parametrize("route", EVERY)
def test_a_route_takes_its_methods_and_no_others(site: Site, route: str) -> None:
    refused = [
        method
        for method in ALL_METHODS
        if site.owner.client.generic(method, site.address(route)).status_code
        == HTTPStatus.METHOD_NOT_ALLOWED
    ]

    assert sorted({*ALL_METHODS} - {*refused}) == sorted(ROUTES[route].methods)


@pytest.mark.parametrize("route", READABLE)
def test_reading_changes_nothing(site: Site, route: str) -> None:
    site.owner.edit(htmx=True, op="add:sales")
    site.owner.edit(site.scenario.get_absolute_url(), htmx=True, **{"years[0].wages": "lots"})
    before = stored()

    for visitor in (site.owner.client, site.user.client, Client()):
        for method in READ:
            for query in ("", "?year=2030", "?op=save&title=Changed"):
                visitor.generic(method, site.address(route) + query)
    assert stored() == before


@pytest.mark.parametrize("route", READABLE)
def test_a_first_look_sets_no_cookie_but_for_its_forms(site: Site, route: str) -> None:
    who = ROUTES[route].who
    looks = site.who_may(route).client if who in ("owner", "user", "client") else Client()
    looks.cookies.pop("csrftoken", None)

    response = looks.get(site.address(route))

    assert response.status_code in (HTTPStatus.OK, HTTPStatus.FOUND)
    assert tuple(response.cookies) == ROUTES[route].cookies


@pytest.mark.parametrize("route", OWNERS)
def test_what_is_the_owners_is_nobody_elses(site: Site, route: str) -> None:
    before = stored()

    for method in ROUTES[route].methods:
        for other in (Client(), site.user.client):
            response = other.generic(method, site.address(route))
            assert response.status_code == HTTPStatus.NOT_FOUND
    assert stored() == before


@pytest.mark.parametrize("route", USERS)
def test_what_is_a_users_asks_others_to_sign_in(site: Site, route: str) -> None:
    before = stored()

    for method in ROUTES[route].methods:
        for other in (Client(), site.owner.client):
            response = other.generic(method, site.address(route))
            assert response.status_code == HTTPStatus.FOUND
            assert response["Location"].startswith("/account/sign-in/?next=/")
    assert stored() == before


@pytest.mark.parametrize("route", MEMBERS)
def test_what_is_a_firms_is_for_those_at_work_in_it(site: Site, route: str) -> None:
    before = stored()

    for method in ROUTES[route].methods:
        for other in (Client(), site.owner.client):
            response = other.generic(method, site.address(route))
            assert response.status_code == HTTPStatus.FOUND
            assert response["Location"].startswith("/account/sign-in/?next=/")
        response = site.user.client.generic(method, site.address(route))
        assert response.status_code == HTTPStatus.FOUND
        assert response["Location"] == "/workspaces/"
    assert stored() == before


FORGED_HEADERS: list[dict[str, str]] = [
    {},
    {"X-CSRFToken": "a" * 64},
    {"HX-Request": "true"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "https://evil.example/"},
]


@pytest.mark.parametrize("route", WRITABLE)
def test_a_forged_request_is_refused(site: Site, route: str) -> None:
    before = stored()
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = site.who_may(route).client.cookies

    for headers in FORGED_HEADERS:
        forged = {"title": "Forged", "op": "save"}
        response = checked.post(site.address(route), forged, headers=headers)
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert "This page is out of date" in response.content.decode()
    assert stored() == before


@pytest.mark.parametrize("route", WRITABLE)
def test_the_token_of_another_session_is_refused(site: Site, route: str) -> None:
    token = Visitor().fields()["csrfmiddlewaretoken"]
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = site.who_may(route).client.cookies
    site.who_may(route).page()

    response = checked.post(site.address(route), {"csrfmiddlewaretoken": token})

    assert response.status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("route", WRITABLE)
def test_a_stolen_token_is_no_good_from_another_origin(site: Site, route: str) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = site.who_may(route).client.cookies
    token = Page(checked.get("/").content).fields()["csrfmiddlewaretoken"]

    for origin in ("https://evil.example", "null"):
        fields, headers = {"csrfmiddlewaretoken": token}, {"Origin": origin}
        response = checked.post(site.address(route), fields, headers=headers)
        assert response.status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("route", WRITABLE)
def test_the_sites_own_forms_are_taken(site: Site, route: str) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = site.who_may(route).client.cookies
    fields = Page(checked.get("/").content).fields()
    if ROUTES[route].who == "holder" and not ROUTES[route].cookies:
        # Looking at a link sets no cookie: its page brings a secret of its own.
        page, form = f"/shared/{site.token}/", "what-if"
        if "proposal" in route:
            page, form = f"/shared/{site.given.token}/proposal/", "opened"
        fields = Page(checked.get(page).content).fields(form)

    response = checked.post(site.address(route), fields | {"op": "nothing"})

    # Of a scenario the fields show no version that may be replaced, and none is a file.
    expected = (
        *(HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.FOUND),
        *(HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY),
    )
    assert response.status_code in expected


@pytest.mark.parametrize("route", WRITABLE)
def test_no_answer_sends_anyone_elsewhere(site: Site, route: str) -> None:
    for page in ("https://evil.example", "//evil.example", "javascript:x"):
        fields = {"next": page, "action": page}
        response = site.who_may(route).client.post(f"{site.address(route)}?next={page}", fields)
        assert b"evil.example" not in response.content
        for header in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url"):
            target = response.get(header, "/")
            assert target.startswith("/")
            assert not target.startswith("//")
