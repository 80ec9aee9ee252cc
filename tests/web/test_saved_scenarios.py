from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

import pytest

from amtweb.scenarios.gallery import DEFAULT, example
from amtweb.scenarios.models import (
    NewerDraftError,
    Revision,
    RevisionsStandError,
    Scenario,
    digest_of,
)
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def wages_of(scenario: Scenario) -> float:
    scenario.refresh_from_db()
    wages: float = scenario.draft["years"][0]["wages"]
    return wages


@pytest.mark.parametrize("htmx", [True, False])
def test_an_edit_lands_in_the_draft_and_makes_no_revision(visitor: Visitor, *, htmx: bool) -> None:
    saved = visitor.saved()

    response = visitor.edit(saved.get_absolute_url(), htmx=htmx, **{WAGES: "1", "title": "New"})

    assert response.status_code == HTTPStatus.OK
    assert wages_of(saved) == 1
    assert saved.title == "New"
    assert saved.revisions.count() == 1
    assert visitor.fields(saved.get_absolute_url())[WAGES] == "1"


@pytest.mark.parametrize("htmx", [True, False])
def test_what_has_mistakes_survives_a_reload_but_is_no_draft(
    visitor: Visitor, *, htmx: bool
) -> None:
    saved = visitor.saved()
    before = wages_of(saved)

    response = visitor.edit(saved.get_absolute_url(), htmx=htmx, **{WAGES: "lots"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert wages_of(saved) == before
    assert visitor.fields(saved.get_absolute_url())[WAGES] == "lots"

    visitor.edit(saved.get_absolute_url(), htmx=htmx, **{WAGES: "2"})
    assert wages_of(saved) == 2
    assert visitor.fields(saved.get_absolute_url())[WAGES] == "2"


def test_a_row_begun_in_a_saved_scenario_survives_a_reload(visitor: Visitor) -> None:
    saved = visitor.saved()
    visitor.edit(saved.get_absolute_url(), htmx=True, op="add:grants")

    fields = visitor.fields(saved.get_absolute_url())
    assert "grants[1].id" in fields
    saved.refresh_from_db()
    assert len(saved.draft["grants"]) == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_saving_again_makes_a_revision_unless_nothing_changed(
    visitor: Visitor, *, htmx: bool
) -> None:
    saved = visitor.saved()
    address = saved.get_absolute_url()

    visitor.edit(address, htmx=htmx, op="save")
    assert saved.revisions.count() == 1

    answer = visitor.edit(address, htmx=htmx, op="save", **{WAGES: "1"})
    assert "Saved as revision 2" in Page(answer.content).find("draft-state").text
    assert [revision.number for revision in saved.revisions.all()] == [2, 1]
    assert saved.revisions.first().document == Scenario.objects.get().draft


def test_a_revision_keeps_the_figures_as_they_were_shown(visitor: Visitor) -> None:
    (revision,) = visitor.saved().revisions.all()

    assert revision.headline.keys() == {
        "amt",
        "credit_left",
        "first_year_without_credit",
        "federal_tax",
        "credit_by_year",
        "kept",
        "tables",
    }
    assert revision.digest == digest_of(revision.document)
    json.dumps(revision.headline, allow_nan=False)


def test_a_revision_cannot_be_changed(visitor: Visitor) -> None:
    (revision,) = visitor.saved().revisions.all()
    revision.document = {}

    with pytest.raises(RevisionsStandError):
        revision.save()
    with pytest.raises(RevisionsStandError):
        revision.save(update_fields=["note"])
    with pytest.raises(RevisionsStandError):
        Revision.objects.update(document={})
    with pytest.raises(RevisionsStandError):
        revision.scenario.revisions.filter(number=1).update(note="Changed")
    assert Revision.objects.get().document != {}


def test_a_digest_is_of_what_a_document_says() -> None:
    document = example(DEFAULT).document
    turned = dict(reversed(document.items()))

    assert digest_of(turned) == digest_of(document)
    assert digest_of(document | {"title": "Else"}) != digest_of(document)
    with pytest.raises(ValueError, match="JSON"):
        digest_of({"wages": float("nan")})


def decisions(page: Page) -> list[str]:
    return [op for op in page.buttons() if op.startswith(("overwrite:", "theirs:", "both:"))]


def decision(page: Page, choice: str) -> str:
    """What the button of a choice sends."""
    (found,) = (op for op in decisions(page) if op.startswith(f"{choice}:"))
    return found


class TestTwoWindows:
    def test_the_one_that_saw_an_older_draft_is_refused(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, sequence="1", **{WAGES: "1"})

        response = visitor.send(second, address, htmx=True, sequence="1", **{WAGES: "2"})
        again = visitor.send(second, address, htmx=True, sequence="2", **{WAGES: "22"})

        assert [response.status_code, again.status_code] == [HTTPStatus.CONFLICT] * 2
        assert wages_of(saved) == 1
        answer = Page(response.content)
        assert all("hx-swap-oob" in piece.attributes for piece in answer.pieces)
        assert "changed in another window" in answer.find("status").text

    def test_a_mistake_does_not_tell_it_the_newer_version(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, **{WAGES: "1"})

        mistaken = visitor.send(second, address, htmx=True, **{WAGES: "lots"})
        reloaded = visitor.fields(address)

        told = Page(mistaken.content).find("draft-state").elements
        assert [e.attributes["value"] for e in told if e.tag == "input"] == [
            second["draft_version"]
        ]
        assert reloaded[WAGES] == "lots"
        for fields in (second, reloaded):
            response = visitor.send(fields, address, htmx=True, **{WAGES: "2"})
            assert response.status_code == HTTPStatus.CONFLICT
        assert wages_of(saved) == 1

    def test_it_may_keep_what_it_has_when_it_says_so(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, **{WAGES: "1"})
        refused = Page(visitor.send(second, address, htmx=True, **{WAGES: "2"}).content)
        overwrite = decision(refused, "overwrite")

        response = visitor.send(second, address, htmx=True, op=overwrite, **{WAGES: "2"})

        assert response.status_code == HTTPStatus.OK
        assert wages_of(saved) == 2
        assert saved.revisions.count() == 2
        assert visitor.send(first, address, htmx=True).status_code == HTTPStatus.CONFLICT

    def test_it_may_not_keep_it_over_yet_another_change(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        answer = Page(visitor.send(first, address, htmx=True, sequence="1", title="New").content)
        refused = Page(visitor.send(second, address, htmx=True).content)
        version = answer.find("draft-state").elements[1].attributes["value"]
        visitor.send(first, address, htmx=True, sequence="2", draft_version=version, **{WAGES: "1"})

        overwrite = decision(refused, "overwrite")
        response = visitor.send(second, address, htmx=True, op=overwrite, **{WAGES: "2"})

        assert response.status_code == HTTPStatus.CONFLICT
        assert wages_of(saved) == 1

    def test_without_scripts_the_refusal_is_the_page_as_it_was_typed(
        self, visitor: Visitor
    ) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, **{WAGES: "1"})

        response = visitor.send(second, address, **{WAGES: "2", "notes": "Long\nthoughts"})

        page = Page(response.content)
        assert response.status_code == HTTPStatus.CONFLICT
        assert page.fields()[WAGES] == "2"
        assert page.fields()["notes"] == "Long\nthoughts"
        overwrite = decision(page, "overwrite")
        assert visitor.send(page.fields(), address, op=overwrite).status_code == HTTPStatus.OK
        assert wages_of(saved) == 2

    def test_after_a_refusal_a_reload_still_asks_and_shows_what_was_typed(
        self, visitor: Visitor
    ) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, **{WAGES: "1"})
        visitor.send(second, address, htmx=True, **{WAGES: "2"})

        page = visitor.page(address)

        assert page.fields()[WAGES] == "2"
        assert visitor.send(page.fields(), address).status_code == HTTPStatus.CONFLICT
        theirs = visitor.send(page.fields(), address, op=decision(page, "theirs"))
        assert theirs.status_code == HTTPStatus.OK
        assert visitor.fields(address)[WAGES] == "1"
        assert not decisions(visitor.page(address))

    def test_typing_in_the_newer_window_leaves_the_question_of_the_other(
        self, visitor: Visitor
    ) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, sequence="1", **{WAGES: "1"})
        visitor.send(second, address, htmx=True, sequence="1", **{WAGES: "2"})
        visitor.send(first, address, htmx=True, sequence="2", **{WAGES: "11"})

        page = visitor.page(address)

        assert wages_of(saved) == 11
        assert page.fields()[WAGES] == "2"
        assert "$11" in page.find("conflict").text

    def test_both_versions_are_shown_where_they_differ(self, visitor: Visitor) -> None:
        saved = visitor.saved(notes="")
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, **{WAGES: "1", "title": "Theirs <b>"})

        answer = visitor.send(second, address, htmx=True, **{WAGES: "2", "notes": "Mine"})

        rows = [
            [cell.text for cell in row.elements if cell.tag in ("th", "td")]
            for row in Page(answer.content).all("tr")[1:]
        ]
        assert rows == [
            ["Title", "“Theirs <b>”", f"“{saved.title}”"],
            ["Notes", "blank", "“Mine”"],
            ["Wages 2026", "$1", "$2"],
        ]

    @pytest.mark.parametrize("htmx", [True, False])
    def test_taking_theirs_can_be_undone(self, visitor: Visitor, *, htmx: bool) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, **{WAGES: "1"})
        refused = Page(visitor.send(second, address, htmx=htmx, **{WAGES: "2"}).content)

        taken = visitor.send(
            second, address, htmx=htmx, op=decision(refused, "theirs"), **{WAGES: "2"}
        )
        assert taken.status_code == HTTPStatus.OK
        assert wages_of(saved) == 1
        visitor.edit(address, htmx=htmx, op="undo")
        assert wages_of(saved) == 2
        visitor.edit(address, htmx=htmx, op="redo")
        assert wages_of(saved) == 1

    @pytest.mark.parametrize("htmx", [True, False])
    def test_keeping_both_makes_another_scenario_once(
        self, visitor: Visitor, *, htmx: bool
    ) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, **{WAGES: "1"})
        refused = Page(visitor.send(second, address, htmx=htmx, **{WAGES: "2"}).content)

        both = decision(refused, "both")
        answers = [
            visitor.send(second, address, htmx=htmx, op=both, **{WAGES: "2"}) for _ in range(2)
        ]

        (other,) = Scenario.objects.exclude(pk=saved.pk)
        header = "HX-Redirect" if htmx else "Location"
        assert [answer[header] for answer in answers] == [other.get_absolute_url()] * 2
        assert (wages_of(saved), wages_of(other)) == (1, 2)
        assert visitor.fields(address)[WAGES] == "1"
        assert "changed elsewhere" in other.revisions.get().note

    def test_a_second_refusal_shows_the_newest(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, sequence="1", **{WAGES: "1"})
        refused = Page(visitor.send(second, address, **{WAGES: "2"}).content)
        visitor.send(first, address, htmx=True, sequence="2", **{WAGES: "11"})

        for choice in ("overwrite", "theirs"):
            answer = visitor.send(
                second, address, op=decision(refused, choice), **{WAGES: "2", "notes": "Mine"}
            )
            page = Page(answer.content)
            assert answer.status_code == HTTPStatus.CONFLICT
            assert page.fields()[WAGES] == "2"
            assert page.fields()["notes"] == "Mine"
            assert "$11" in page.find("conflict").text
        assert wages_of(saved) == 11

    def test_who_typed_the_same_is_not_asked(self, visitor: Visitor) -> None:
        saved = visitor.saved()
        address = saved.get_absolute_url()
        first, second = visitor.fields(address), visitor.fields(address)
        visitor.send(first, address, htmx=True, **{WAGES: "1"})

        response = visitor.send(second, address, htmx=True, **{WAGES: "1"})

        assert response.status_code == HTTPStatus.OK


class TestOneWindow:
    """Its requests carry the version of the last answer that came, and their own numbers."""

    @pytest.fixture
    def saved(self, visitor: Visitor) -> Scenario:
        return visitor.saved()

    def test_goes_on_when_an_answer_got_lost(self, visitor: Visitor, saved: Scenario) -> None:
        address = saved.get_absolute_url()
        fields = visitor.fields(address)
        for number in ("1", "2", "3"):
            response = visitor.send(fields, address, htmx=True, sequence=number, **{WAGES: number})
            assert response.status_code == HTTPStatus.OK
        assert wages_of(saved) == 3

    def test_is_not_taken_back_by_an_older_request(self, visitor: Visitor, saved: Scenario) -> None:
        address = saved.get_absolute_url()
        fields = visitor.fields(address)
        visitor.send(fields, address, htmx=True, sequence="5", **{WAGES: "5"})

        for number in ("4", "5", "0", "-6", "x"):
            response = visitor.send(fields, address, htmx=True, sequence=number, **{WAGES: "4"})
            assert response.status_code == HTTPStatus.CONFLICT
        assert wages_of(saved) == 5

    @pytest.mark.parametrize("tab", ["", " ", "\x00", "x" * 33, "a b", "<script>", "ä"], ids=ascii)
    def test_has_a_name_that_is_one_of_ours(
        self, visitor: Visitor, saved: Scenario, tab: str
    ) -> None:
        address = saved.get_absolute_url()
        fields = visitor.fields(address) | {"tab": tab}
        first = visitor.send(fields, address, htmx=True, sequence="1", **{WAGES: "1"})
        second = visitor.send(fields, address, htmx=True, sequence="2", **{WAGES: "2"})

        assert first.status_code == HTTPStatus.OK
        assert second.status_code == HTTPStatus.CONFLICT

    @pytest.mark.parametrize(
        "version", ["", "0", "-1", "1.0", "x", "\x00", "9" * 15, "9" * 16, "9" * 5_000, "\u0661"]
    )
    def test_cannot_make_up_a_version(
        self, visitor: Visitor, saved: Scenario, version: str
    ) -> None:
        choices = ("overwrite", "theirs")
        ops = ({"op": f"{choice}:{version}"} for choice in choices)
        for changes in ({"draft_version": version}, *ops):
            response = visitor.edit(saved.get_absolute_url(), htmx=True, title="New", **changes)
            assert response.status_code == HTTPStatus.CONFLICT


def test_a_draft_is_replaced_only_by_who_saw_it() -> None:
    scenario = Scenario.objects.create(draft={"n": 0})
    scenario.save_draft({"n": 1}, version=1, tab="a", sequence=1)
    scenario.save_draft({"n": 2, "title": "Two"}, version=1, tab="a", sequence=2)
    for version, tab, sequence in ((1, "a", 2), (1, "a", 1), (2, "b", 9), (1, "", 9), (4, "b", 9)):
        with pytest.raises(NewerDraftError):
            scenario.save_draft({"n": 3}, version=version, tab=tab, sequence=sequence)
    scenario.refresh_from_db()

    assert scenario.draft == {"n": 2, "title": "Two"}
    assert (scenario.draft_version, scenario.title) == (3, "Two")


class TestAStranger:
    @pytest.fixture
    def saved(self, visitor: Visitor) -> Scenario:
        return visitor.saved(title="Private")

    @pytest.mark.parametrize("makes_something_too", [True, False])
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("get", ""),
            ("post", ""),
            ("post", "delete/"),
            ("post", "duplicate/"),
            ("post", "rename/"),
            ("get", "links/"),
            ("post", "links/make/"),
            ("post", f"links/{'0' * 64}/revoke/"),
            ("get", "analyses/pairing/"),
            ("post", "analyses/pairing/"),
        ],
    )
    def test_sees_nothing_where_another_has_a_scenario(
        self, saved: Scenario, method: str, path: str, *, makes_something_too: bool
    ) -> None:
        stranger = Visitor()
        if makes_something_too:
            stranger.saved()
        before = list(Scenario.objects.order_by("pk").values())

        def ask(public_id: str) -> Any:
            address = f"/scenarios/{public_id}/{path}"
            return getattr(stranger.client, method)(address, {"title": "Taken", "op": "save"})

        theirs, nobodys = ask(saved.public_id), ask("A" * 22)

        assert theirs.status_code == nobodys.status_code == HTTPStatus.NOT_FOUND
        assert theirs.content == nobodys.content
        assert theirs.headers == nobodys.headers
        assert list(Scenario.objects.order_by("pk").values()) == before

    def test_has_a_list_of_their_own(self, visitor: Visitor, saved: Scenario) -> None:
        assert "Private" in visitor.page("/scenarios/").root.text
        assert "Private" not in Visitor().page("/scenarios/").root.text
        stranger = Visitor()
        stranger.saved(title="Other")
        assert "Private" not in stranger.page("/scenarios/").root.text

    def test_is_who_gives_an_empty_key(self, saved: Scenario) -> None:
        stranger = Visitor()
        session = stranger.client.session
        session["visitor"] = ""
        session.save()

        response = stranger.client.get(saved.get_absolute_url())

        assert response.status_code == HTTPStatus.NOT_FOUND


def test_an_address_cannot_be_guessed(visitor: Visitor) -> None:
    addresses = {Scenario.objects.create(draft={}).public_id for _ in range(50)}

    assert len(addresses) == 50
    assert all(re.fullmatch("[A-Za-z0-9_-]{22}", address) for address in addresses)


@pytest.mark.parametrize(
    "name", ["1", "%00", "%ED%A0%80", "%FF", "..%2F", "x" * 5_000, "%F0%9F%92%B8", "'--", "a b"]
)
def test_what_is_no_address_of_a_scenario_is_not_found(visitor: Visitor, name: str) -> None:
    visitor.saved()

    for path in (f"/scenarios/{name}/", f"/scenarios/{name}/links/", f"/shared/{name}/"):
        assert visitor.client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_fields_of_the_site_cannot_be_set_from_a_form(visitor: Visitor) -> None:
    saved = visitor.saved()
    before = Scenario.objects.values().get()
    names = (
        *("id", "pk", "public_id", "owner", "owner_id", "visitor", "is_staff", "created_at"),
        *("changed_at", "number", "digest", "headline", "note", "author", "revision", "draft"),
        *("schema_version", "engine_version", "token_digest", "expires_at", "batch_shape"),
    )
    forged = dict.fromkeys(names, "1")

    visitor.edit(saved.get_absolute_url(), op="save", **forged)

    after = Scenario.objects.values().get()
    changing = {"draft", "draft_version", "draft_tab", "draft_sequence", "changed_at"}
    assert {name for name in before if before[name] != after[name]} <= changing
    assert not set(after["draft"]) & set(forged) - {"schema_version"}
    assert after["draft"]["schema_version"] == 1
