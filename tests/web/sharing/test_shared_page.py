"""What whoever holds a link sees and may try; nothing of it stays."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from amtweb.scenarios.models import Scenario
from amtweb.sharing.link_forms import secret_of
from tests.web.reading import Element, Page
from tests.web.route_table import sharing as routes
from tests.web.sharing.links import everything_stored, link_of, made, what_if
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"
LEVERS = ("years[4].long_term_gain", "wages")


@pytest.fixture
def with_sales(owner: Visitor) -> str:
    """The token of a scenario with two sales of what was exercised in 2026."""
    document = {
        "schema_version": 1,
        "title": "Sold in two parts",
        "years": [{"year": year, "wages": 200_000} for year in range(2026, 2034)],
        "grants": [{"id": "g", "kind": "iso", "date": "2023-05-15", "shares": 9000, "strike": 2}],
        "exercises": [
            {"id": "e", "grant": "g", "date": "2026-02-10", "shares": 9000, "fair_market_value": 50}
        ],
        "sales": [
            {"id": "s", "from": "e", "date": "2028-02-29", "shares": 4000, "price": 25},
            {"id": "t", "from": "e", "date": "2030-03-15", "shares": 5000, "price": 30.5},
        ],
    }
    scenario = owner.saved()
    Scenario.objects.filter(pk=scenario.pk).update(draft=document)
    return made(owner, scenario)


def table_in(section: Element) -> str:
    """The figures, without the link past them that only owners have."""
    (table,) = [element for element in section.elements if element.tag == "table"]
    return table.text


class TestReading:
    def test_shows_the_scenario_to_whoever_holds_the_link(self, token: str) -> None:
        page = Visitor().page(f"/shared/{token}/")

        assert page.find("title").attributes["value"] == "Shared by Ana"
        assert page.find("years-0-wages").attributes["value"] == "123,456"
        assert page.find("headline").text.strip()
        assert page.find("year-table").text.strip()
        assert len([e for e in page.all("figure") if "data-figure" in e.attributes]) == 5

    def test_offers_nothing_that_changes_anything(self, token: str) -> None:
        page = Visitor().page(f"/shared/{token}/")

        assert page.buttons() == []
        assert "bench" not in page.ids
        posting = {f.attributes["id"] for f in page.all("form") if f.attributes["method"] == "post"}
        assert posting == {"what-if", "opened"}
        inputs = page.find("inputs").elements
        for control in (e for e in inputs if e.tag in ("input", "select", "textarea")):
            hidden = control.attributes.get("type") == "hidden"
            assert hidden or "disabled" in control.attributes

    def test_stays_with_what_was_shared(self, owner: Visitor, saved: Scenario, token: str) -> None:
        before = Visitor().page(f"/shared/{token}/").find("inputs").text

        owner.edit(saved.get_absolute_url(), op="save", notes="Private thoughts", **{WAGES: "7"})

        assert Visitor().page(f"/shared/{token}/").find("inputs").text == before

    def test_follows_every_edit_where_the_link_is_live(
        self, owner: Visitor, saved: Scenario
    ) -> None:
        token = made(owner, saved, shows="live")

        owner.edit(saved.get_absolute_url(), htmx=True, notes="Private thoughts", **{WAGES: "7"})
        page = Visitor().page(f"/shared/{token}/")

        assert page.find("years-0-wages").attributes["value"] == "7"
        assert "Private thoughts" not in page.root.text
        assert "as it is now" in page.root.text

    def test_leaves_no_trace(self, copyable: str) -> None:
        visitor = Visitor()
        before = everything_stored()

        for method in ("get", "head"):
            for purpose in ("", "prefetch"):
                for path in ("", "", "", "copy/", "scenario.json"):
                    address = f"/shared/{copyable}/{path}"
                    headers = {"Sec-Purpose": purpose}
                    response = getattr(visitor.client, method)(address, headers=headers)
                    assert response.status_code == HTTPStatus.OK
                    assert path == "copy/" or not response.cookies

        assert everything_stored() == before

    @pytest.mark.parametrize("path", ["", "copy/"])
    def test_is_for_its_reader_alone(self, copyable: str, path: str) -> None:
        response = Visitor().client.get(f"/shared/{copyable}/{path}")
        page = Page(response.content)

        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        (robots,) = (m for m in page.all("meta") if m.attributes.get("name") == "robots")
        assert robots.attributes["content"] == response["X-Robots-Tag"]
        assert all(copyable not in title.text for title in page.all("title"))
        assert not [m for m in page.all("meta") if "property" in m.attributes]

    def test_is_all_that_a_link_to_read_allows(
        self, owner: Visitor, saved: Scenario, token: str
    ) -> None:
        """No route of the site but those of the page takes the token for anything."""
        before = everything_stored()
        for path in ("", "delete/", "links/", "links/make/", "download/scenario.json"):
            for method in ("get", "post"):
                answer = getattr(Visitor().client, method)(f"/scenarios/{token}/{path}")
                assert answer.status_code in (404, 405)

        page = Visitor().page(f"/shared/{token}/").root.text
        assert saved.public_id not in page
        assert everything_stored() == before
        allowed = [route for route in routes.ROUTES if route.startswith("shared/")]
        assert len(allowed) == 6


class TestTryingOut:
    def test_has_a_lever_for_price_and_year_of_sale_and_for_the_rest(self, with_sales: str) -> None:
        fields = Visitor().page(f"/shared/{with_sales}/").fields("what-if")

        levers = {k: v for k, v in fields.items() if k not in ("csrfmiddlewaretoken",)}
        # In 2030, to which the AMT loss of 2028 is carried, most loss waits for a gain.
        assert levers == {
            "selected_year": "2026",
            "sales[0].price": "25",
            "sales[0].date": "2028",
            "sales[1].price": "30.5",
            "sales[1].date": "2030",
            "years[4].long_term_gain": "0",
            "wages": "0",
        }

    def test_changes_the_result_and_says_against_what(self, with_sales: str) -> None:
        before = Visitor().page(f"/shared/{with_sales}/")
        answer = what_if(Visitor(), with_sales, **{"sales[0].price": "80"})
        page = Page(answer.content)

        assert answer.status_code == HTTPStatus.OK
        assert not answer.cookies
        assert page.find("year-table").text != before.find("year-table").text
        assert page.find("figures-data").text != before.find("figures-data").text
        assert page.find("lever-note-1").text == "Shared: $25"
        assert page.find("lever-note-2").text == ""
        assert "With 1 change of yours" in page.find("tried").text
        assert "As it was shared: " in page.find("tried").text
        assert "inputs" not in page.ids

    def test_with_nothing_changed_is_as_shared(self, with_sales: str) -> None:
        before = Visitor().page(f"/shared/{with_sales}/")
        page = Page(what_if(Visitor(), with_sales).content)

        assert page.find("year-table").text == before.find("year-table").text
        assert page.find("tried").text == ""

    def test_left_blank_or_written_otherwise_is_as_shared(self, with_sales: str) -> None:
        typed = {"sales[0].price": "", "sales[1].price": "$30.50", "wages": "0%"}
        page = Page(what_if(Visitor(), with_sales, **typed).content)

        assert page.find("tried").text == ""

    def test_is_what_the_owner_would_have_got(self, owner: Visitor, with_sales: str) -> None:
        """The same numbers as in the editor."""
        scenario = Scenario.objects.get(links=link_of(with_sales))
        tried = {"sales[0].price": "80", "sales[1].date": "2032", "years[4].long_term_gain": "1k"}
        page = Page(what_if(Visitor(), with_sales, **tried).content)

        edited = tried | {"sales[1].date": "2032-03-15"}
        owner.edit(scenario.get_absolute_url(), htmx=True, **edited)
        expected = owner.page(scenario.get_absolute_url()).find("year-table")
        assert table_in(page.find("year-table")) == table_in(expected)

    def test_of_wages_changes_all_years(self, owner: Visitor, with_sales: str) -> None:
        scenario = Scenario.objects.get(links=link_of(with_sales))
        page = Page(what_if(Visitor(), with_sales, wages="-10%").content)

        wages = {f"years[{n}].wages": "180,000" for n in range(8)}
        owner.edit(scenario.get_absolute_url(), htmx=True, **wages)
        expected = owner.page(scenario.get_absolute_url()).find("year-table")
        assert table_in(page.find("year-table")) == table_in(expected)

    def test_moves_the_day_that_is_not_in_every_year(self, with_sales: str) -> None:
        page = Page(what_if(Visitor(), with_sales, **{"sales[0].date": "2029"}).content)

        assert "With 1 change" in page.find("tried").text

    @pytest.mark.parametrize(
        ("lever", "typed", "note", "said"),
        [
            ("sales[0].price", "lots", 1, "Enter a price per share"),
            ("sales[0].price", "-5", 1, ""),
            ("sales[0].price", "1e99", 1, "Enter a price per share"),
            ("sales[0].price", "9" * 30, 1, ""),
            ("sales[0].date", "soon", 2, "Enter a year from 2026 to 2033."),
            ("sales[0].date", "2028.5", 2, "Enter a year from 2026 to 2033."),
            ("sales[0].date", "99999999", 2, "Enter a year from 2026 to 2033."),
            ("sales[0].date", "2040", 2, ""),
            ("sales[0].date", "2025", 2, ""),
            ("years[4].long_term_gain", "x", 5, "Enter an amount"),
            ("wages", "some", 6, "Enter a percentage"),
            ("wages", "-101", 6, ""),
            ("wages", "9" * 39, 6, ""),
        ],
    )
    @pytest.mark.parametrize("htmx", [True, False])
    def test_of_what_cannot_be_is_refused_beside_the_lever(
        self, with_sales: str, lever: str, typed: str, note: int, said: str, *, htmx: bool
    ) -> None:
        answer = what_if(Visitor(), with_sales, htmx=htmx, **{lever: typed})
        page = Page(answer.content)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        beside = page.find(f"lever-note-{note}")
        assert "mistake" in beside.attributes["class"]
        assert said in beside.text
        assert beside.text.strip()
        if htmx:
            assert "headline" not in page.ids
        else:
            assert page.find(f"lever-{note}").attributes["value"] == typed
            assert page.find(f"lever-{note}").attributes["aria-invalid"] == "true"

    def test_works_without_scripts(self, with_sales: str) -> None:
        answer = what_if(Visitor(), with_sales, htmx=False, **{"sales[0].price": "80"})
        page = Page(answer.content)

        assert answer.status_code == HTTPStatus.OK
        assert page.find("lever-1").attributes["value"] == "80"
        assert page.find("lever-2").attributes["value"] == "2028"
        assert "With 1 change" in page.find("tried").text
        assert not answer.cookies

    def test_keeps_nothing(self, owner: Visitor, with_sales: str) -> None:
        before = everything_stored()
        for reader in (Visitor(), owner):
            for htmx in (True, False):
                tried = {"sales[0].price": "80", "wages": "50"}
                what_if(reader, with_sales, htmx=htmx, **tried)
        assert everything_stored() == before

    def test_takes_no_other_field(self, with_sales: str) -> None:
        page = Page(
            Visitor()
            .client.post(
                f"/shared/{with_sales}/",
                {"title": "Other", "years[0].wages": "1", "notes": "x", "sales[0].shares": "1"},
                headers={"HX-Request": "true"},
            )
            .content
        )

        assert page.find("tried").text == ""

    def test_needs_what_the_page_brings(self, with_sales: str) -> None:
        checked = Client(enforce_csrf_checks=True)
        address = f"/shared/{with_sales}/"
        of_page = Page(checked.get(address).content).fields("what-if")["csrfmiddlewaretoken"]

        def status(secret: str, path: str = "") -> int:
            fields = {"csrfmiddlewaretoken": secret}
            return int(checked.post(address + path, fields).status_code)

        assert of_page == secret_of(with_sales)
        assert status(of_page) == HTTPStatus.OK
        assert status(of_page, "opened/") == HTTPStatus.NO_CONTENT
        assert status(secret_of("another")) == HTTPStatus.FORBIDDEN
        for origin in ("https://evil.example", "null"):
            fields, headers = {"csrfmiddlewaretoken": of_page}, {"Origin": origin}
            for path in ("", "opened/"):
                forged = checked.post(address + path, fields, headers=headers)
                assert forged.status_code == HTTPStatus.FORBIDDEN
        assert not checked.cookies

    def test_of_a_scenario_without_anything_has_still_a_lever(self, owner: Visitor) -> None:
        scenario = owner.saved()
        empty = {"schema_version": 1, "years": [{"year": 2026}]}
        Scenario.objects.filter(pk=scenario.pk).update(draft=empty)
        token = made(owner, scenario)

        answer = what_if(Visitor(), token, **{"years[0].long_term_gain": "50,000"})
        assert answer.status_code == HTTPStatus.OK

    def test_asked_for_directly_is_a_whole_page(self, with_sales: str) -> None:
        page = Page(Client().get(f"/shared/{with_sales}/", headers={"HX-Request": "true"}).content)

        assert page.all("html")


class TestThatItWasOpened:
    def test_is_told_by_the_page_and_counted(self, token: str) -> None:
        for expected in (1, 2):
            assert Visitor().client.post(f"/shared/{token}/opened/").status_code == 204
            assert link_of(token).times_opened == expected
        assert link_of(token).last_opened_on == timezone.now().date()

    def test_is_not_counted_of_the_owner(self, owner: Visitor, token: str) -> None:
        assert owner.client.post(f"/shared/{token}/opened/").status_code == HTTPStatus.NO_CONTENT

        assert link_of(token).times_opened == 0

    def test_leaves_nothing_of_who_it_was(self, token: str) -> None:
        before = everything_stored()
        headers: Any = {"User-Agent": "Marked/1.0", "X-Forwarded-For": "203.0.113.77"}
        reader = Client(REMOTE_ADDR="203.0.113.78")
        answer = reader.post(f"/shared/{token}/opened/", headers=headers)

        assert not answer.cookies
        changed = set(everything_stored().split()) - set(before.split())
        assert not [word for word in changed if "203.0.113" in word or "Marked" in word]
