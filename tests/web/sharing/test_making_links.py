"""The owner's page: what a link is made with, what is seen of it, and how it ends."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from amtweb.accounts.upkeep import tidy
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import (
    LIFETIME,
    MOST_LINKS,
    REMEMBERED,
    ShareLink,
    TooManyLinksError,
    digest_of,
)
from tests.web.reading import Page
from tests.web.sharing.links import everything_stored, link_of, made, make, seed_of, token_on
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return NOON


def links_page(owner: Visitor, saved: Scenario) -> Page:
    return owner.page(f"{saved.get_absolute_url()}links/")


def revoke(owner: Visitor, saved: Scenario, token: str) -> Any:
    return owner.client.post(act_on(saved, token, "revoke"))


def act_on(saved: Scenario, token: str, act: str) -> str:
    return f"{saved.get_absolute_url()}links/{digest_of(token)}/{act}/"


class TestAToken:
    def test_is_long_random_and_stored_nowhere(self, owner: Visitor, saved: Scenario) -> None:
        tokens = [made(owner, saved, may_copy="on") for _ in range(20)]
        for token in tokens:
            Visitor().page(f"/shared/{token}/")
            Visitor().client.post(f"/shared/{token}/opened/")
            Visitor().client.post(f"/shared/{token}/copy/")
        links_page(owner, saved)

        stored = everything_stored()
        assert all(re.fullmatch("[A-Za-z0-9_-]{43}", token) for token in tokens)
        assert len(set(tokens)) == len(tokens)
        assert all(digest_of(token) in stored for token in tokens)
        assert not [token for token in tokens if token in stored]

    def test_has_signs_that_are_even(self, saved: Scenario) -> None:
        tokens = []
        for _ in range(1_000):
            link, token = ShareLink.make(saved)
            tokens.append(token)
            link.delete()
        # The last sign holds only the 4 bits that are left of 256.
        counts = Counter("".join(token[:-1] for token in tokens))

        expected = 1_000 * 42 / 64
        chi_squared = sum((counts[sign] - expected) ** 2 / expected for sign in counts)
        assert len(set(tokens)) == 1_000
        assert len(counts) == 64
        # Of 63 degrees of freedom: exceeded once in a million.
        assert chi_squared < 130

    def test_comes_from_the_systems_own_source(self) -> None:
        sources = list(Path("amtweb/sharing").rglob("*.py"))

        assert sources
        for source in sources:
            assert not re.search(r"\bimport (random|uuid)\b|from (random|uuid)", source.read_text())

    def test_is_shown_once(self, owner: Visitor, saved: Scenario, token: str) -> None:
        response = owner.client.get(f"{saved.get_absolute_url()}links/")

        assert token not in response.content.decode()

    def test_has_the_focus_where_it_is_shown(self, owner: Visitor, saved: Scenario) -> None:
        page = Page(make(owner, saved).content)

        focused = [e for e in page.elements if "autofocus" in e.attributes]
        assert focused == [page.find("address")]
        assert any(b.attributes.get("data-copies") == "address" for b in page.all("button"))


class TestALinkIsMade:
    def test_by_default_to_read_the_scenario_of_now_for_thirty_days(
        self, at_noon: datetime, owner: Visitor, saved: Scenario
    ) -> None:
        response = owner.client.post(f"{saved.get_absolute_url()}links/make/")
        link = link_of(token_on(response))

        assert link.revision == saved.revisions.get()
        assert link.expires_at == at_noon + LIFETIME
        assert not link.may_copy
        assert not link.hides_amounts
        assert not link.hides_names

    @pytest.mark.parametrize("days", [1, 7, 30, 90, 365])
    def test_for_so_many_days(
        self, at_noon: datetime, owner: Visitor, saved: Scenario, days: int
    ) -> None:
        link = link_of(made(owner, saved, lasts=str(days)))

        assert link.expires_at == at_noon + timedelta(days=days)

    @pytest.mark.parametrize(
        ("until", "expires"),
        [("2026-03-01", date(2026, 3, 2)), ("2027-02-28", date(2027, 3, 1))],
    )
    def test_until_the_end_of_a_day(
        self, at_noon: datetime, owner: Visitor, saved: Scenario, until: str, expires: date
    ) -> None:
        link = link_of(made(owner, saved, lasts="until", until=until))

        assert link.expires_at == datetime(*expires.timetuple()[:3], tzinfo=UTC)
        assert link.expires_at <= at_noon + timedelta(days=365)

    @pytest.mark.parametrize(
        ("settled", "said"),
        [
            ({"lasts": "until"}, "Enter a day from 2026-03-01 to 2027-02-28."),
            ({"lasts": "until", "until": "2026-02-28"}, "Enter a day from"),
            ({"lasts": "until", "until": "2027-03-01"}, "Enter a day from"),
            ({"lasts": "until", "until": "9999-12-31"}, "Enter a day from"),
            ({"lasts": "until", "until": "soon"}, "Enter a date."),
            ({"lasts": "366"}, "366 is not one of the available choices"),
            ({"shows": "everything"}, None),
            ({"label": "x" * 81}, "at most 80 characters"),
            ({"label": "a\0b"}, "Null characters"),
            ({"may_copy": "on", "hides_amounts": "on"}, "A copy holds the amounts"),
        ],
    )
    def test_not_with_what_does_not_fit(
        self,
        at_noon: datetime,
        owner: Visitor,
        saved: Scenario,
        settled: dict[str, str],
        said: str | None,
    ) -> None:
        response = make(owner, saved, **settled)

        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not ShareLink.objects.exists()
        if said is not None:
            mistakes = [
                e for e in Page(response.content).all("p") if "mistake" in str(e.attributes)
            ]
            assert [e for e in mistakes if said in e.text]

    def test_with_what_was_typed_kept_beside_a_mistake(
        self, owner: Visitor, saved: Scenario
    ) -> None:
        settled = {"label": "Anna", "hides_amounts": "on", "may_copy": "on", "shows": "live"}
        page = Page(make(owner, saved, **settled).content)

        assert page.find("label").attributes["value"] == "Anna"
        checked = [e.attributes.get("name") for e in page.all("input") if "checked" in e.attributes]
        assert sorted(map(str, checked)) == ["hides_amounts", "lasts", "may_copy", "shows"]

    def test_with_nothing_that_the_form_does_not_ask(self, owner: Visitor, saved: Scenario) -> None:
        foreign = {
            "token_digest": digest_of("mine"),
            "times_opened": "9",
            "expires_at": "2099-01-01",
            "created_at": "2000-01-01",
            "revoked_at": "2000-01-01",
            "maker": "1",
            "revision": "999",
            "scenario": "999",
            "id": "1",
        }
        link = link_of(made(owner, saved, **foreign))

        assert link.scenario == saved
        assert link.revision == saved.revisions.get()
        assert link.times_opened == 0
        assert link.revoked_at is None
        assert link.expires_at < timezone.now() + timedelta(days=31)

    def test_once_by_a_form_that_is_sent_twice(self, owner: Visitor, saved: Scenario) -> None:
        seed = seed_of(links_page(owner, saved))

        tokens = {made(owner, saved, seed=seed) for _ in range(3)}
        assert len(tokens) == 1
        assert ShareLink.objects.count() == 1

        other = made(owner, saved, seed=seed, may_copy="on")
        assert other not in tokens
        assert ShareLink.objects.count() == 2

    def test_and_not_shown_again_after_it_was_revoked(
        self, owner: Visitor, saved: Scenario
    ) -> None:
        seed = seed_of(links_page(owner, saved))
        revoke(owner, saved, made(owner, saved, seed=seed))

        page = Page(make(owner, saved, seed=seed).content)

        assert "address" not in page.ids
        assert "is revoked by now" in page.root.text

    def test_of_ones_own_for_every_scenario_whatever_the_seed(self, owner: Visitor) -> None:
        one, other = owner.saved(title="One"), Visitor().saved(title="Other")

        assert ShareLink.make(one, seed="same")[1] != ShareLink.make(other, seed="same")[1]

    def test_and_saves_what_is_shared(self, owner: Visitor, saved: Scenario) -> None:
        owner.edit(saved.get_absolute_url(), htmx=True, **{WAGES: "7"})

        token = made(owner, saved)
        made(owner, saved)

        assert saved.revisions.count() == 2
        page = Visitor().page(f"/shared/{token}/")
        assert page.find("years-0-wages").attributes["value"] == "7"

    def test_never_to_copy_what_has_no_amounts(self, saved: Scenario) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            ShareLink.make(saved, may_copy=True, hides_amounts=True)


class TestTheOwnerSees:
    def test_what_a_link_allows_and_how_it_is_used(
        self, at_noon: datetime, owner: Visitor, saved: Scenario
    ) -> None:
        token = made(owner, saved, label="Anna’s CPA", may_copy="on", hides_names="on")
        live = made(owner, saved, shows="live", hides_amounts="on", lasts="1")
        for _ in range(2):
            Visitor().client.post(f"/shared/{token}/opened/")

        second, first = (e.text for e in links_page(owner, saved).all("li"))

        assert "Anna’s CPA" in first
        assert "Shows revision 1, to read and copy, without names" in first
        assert "Works until March 31, 2026, 12:00 UTC" in first
        assert "Opened 2 times, last on March 1, 2026." in first
        assert "Shows every edit of yours, to read, without amounts" in second
        assert "Works until March 2, 2026, 12:00 UTC" in second
        assert "Not opened yet." in second
        assert live

    def test_that_links_died_and_how(
        self, owner: Visitor, saved: Scenario, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(timezone, "now", lambda: NOON)
        revoked = made(owner, saved, label="First")
        made(owner, saved, label="Second", lasts="1")
        revoke(owner, saved, revoked)
        monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=1))

        second, first = (e.text for e in links_page(owner, saved).all("li"))

        assert "Revoked on March 1, 2026, 12:00 UTC." in first
        assert "Expired on March 2, 2026, 12:00 UTC." in second
        ShareLink.objects.update(expires_at=NOON - REMEMBERED)
        assert links_page(owner, saved).all("li") == []
        assert tidy()["links"] == 2
        assert not ShareLink.objects.exists()

    def test_the_page_with_as_few_queries_however_many_links(
        self, owner: Visitor, saved: Scenario, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(MOST_LINKS):
            ShareLink.make(saved, revision=saved.revisions.get())

        with django_assert_max_num_queries(8):
            links_page(owner, saved)


class TestRevoking:
    def test_holds_from_the_next_request_on(
        self, owner: Visitor, saved: Scenario, token: str
    ) -> None:
        other = made(owner, saved)

        done = revoke(owner, saved, token)["Location"]
        assert done == f"{saved.get_absolute_url()}links/?revoked={digest_of(token)}"
        revoked_at = link_of(token).revoked_at

        assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND
        assert Visitor().client.get(f"/shared/{other}/").status_code == HTTPStatus.OK
        assert revoke(owner, saved, token).status_code == HTTPStatus.FOUND
        assert link_of(token).revoked_at == revoked_at

    def test_happens_only_where_a_link_belongs(self, owner: Visitor, token: str) -> None:
        other = owner.saved()

        for fingerprint in (digest_of(token), "1", "9" * 30, "x"):
            response = owner.client.post(f"{other.get_absolute_url()}links/{fingerprint}/revoke/")
            assert response.status_code == HTTPStatus.NOT_FOUND
        owner.client.post(f"{other.get_absolute_url()}links/revoke-all/")
        assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.OK

    def test_all_at_once_spares_when_others_were_revoked(
        self, owner: Visitor, saved: Scenario
    ) -> None:
        first, *rest = (made(owner, saved) for _ in range(3))
        revoke(owner, saved, first)
        revoked_at = link_of(first).revoked_at

        owner.client.post(f"{saved.get_absolute_url()}links/revoke-all/")

        assert link_of(first).revoked_at == revoked_at
        for token in rest:
            assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND
        assert not ShareLink.objects.live().exists()


class TestTakingARevocationBack:
    def test_opens_the_same_address_again(
        self, owner: Visitor, saved: Scenario, token: str
    ) -> None:
        said = Page(owner.client.post(act_on(saved, token, "revoke"), follow=True).content)
        assert "Whoever opens it now finds nothing" in said.root.text
        assert "Undo" in [button.text for button in said.all("button")]

        again = owner.client.post(act_on(saved, token, "restore"), follow=True)

        assert "opens again" in again.content.decode()
        assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.OK

    @pytest.mark.parametrize("over", ["the ten minutes", "its own time"])
    def test_is_over_with(
        self,
        over: str,
        owner: Visitor,
        saved: Scenario,
        token: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        revoke(owner, saved, token)
        if over == "its own time":
            ShareLink.objects.update(expires_at=timezone.now())
        else:
            later = timezone.now() + timedelta(minutes=10)
            monkeypatch.setattr(timezone, "now", lambda: later)

        said = owner.client.post(act_on(saved, token, "restore"), follow=True)

        assert "stays revoked" in said.content.decode()
        assert Visitor().client.get(f"/shared/{token}/").status_code == HTTPStatus.NOT_FOUND

    def test_slips_past_no_limit(self, owner: Visitor, saved: Scenario, token: str) -> None:
        revoke(owner, saved, token)
        for _ in range(MOST_LINKS):
            ShareLink.make(saved)

        refused = owner.client.post(act_on(saved, token, "restore"))

        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert ShareLink.objects.live().count() == MOST_LINKS

    def test_is_for_its_owner(self, owner: Visitor, saved: Scenario, token: str) -> None:
        revoke(owner, saved, token)

        refused = Visitor().client.post(act_on(saved, token, "restore"))

        assert refused.status_code == HTTPStatus.NOT_FOUND
        assert not ShareLink.objects.live().exists()


class TestTheNumberOfLinks:
    def test_is_limited_to_those_that_live(self, owner: Visitor, saved: Scenario) -> None:
        links = [ShareLink.make(saved)[0] for _ in range(MOST_LINKS)]

        full = make(owner, saved, label="One more")
        assert full.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "as many as it may have" in full.content.decode()
        assert Page(full.content).find("label").attributes["value"] == "One more"
        assert ShareLink.objects.count() == MOST_LINKS

        links[0].revoke()
        ShareLink.objects.filter(pk=links[1].pk).update(expires_at=timezone.now())
        for _ in range(3):
            make(owner, saved)
        assert ShareLink.objects.live().count() == MOST_LINKS

    def test_is_each_scenarios_own(self, owner: Visitor, saved: Scenario) -> None:
        for _ in range(MOST_LINKS):
            ShareLink.make(saved)

        with pytest.raises(TooManyLinksError):
            ShareLink.make(saved)
        assert ShareLink.make(owner.saved(title="Another"))
