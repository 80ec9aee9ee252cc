"""A request that comes twice is done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from amtweb.scenarios.models import DoneOnce, Scenario
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.visitors import Visitor
from tests.web import visitors

AT_ONCE = 20
WHO = Visitor(None, "digest")


def make() -> Scenario:
    return Scenario.objects.create(visitor=WHO.digest, draft={"n": 1})


def made_once(who: Visitor, key: str) -> Scenario:
    return once(
        who,
        key,
        make=make,
        name=lambda scenario: scenario.public_id,
        find=lambda name: Scenario.objects.filter(public_id=name).first(),
    )


def made_by_twenty(key: str) -> set[str]:
    start = Barrier(AT_ONCE)

    def ask(_: int) -> str:
        start.wait()
        try:
            return made_once(WHO, key).public_id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return set(threads.map(ask, range(AT_ONCE)))


def test_twenty_at_once_make_one(transactional_db: None) -> None:
    assert len(made_by_twenty(key_of("page", "make"))) == 1
    assert Scenario.objects.count() == 1


def test_without_a_key_they_make_twenty(transactional_db: None) -> None:
    assert len(made_by_twenty("")) == AT_ONCE


def test_another_page_operation_or_content_is_another_request(db: None) -> None:
    keys = [
        key_of("page", "make"),
        key_of("other", "make"),
        key_of("page", "copy"),
        key_of("page", "make", {"days": 1}),
        key_of("page", "make", {"days": 2}),
    ]
    assert len({made_once(WHO, key).pk for key in keys * 2}) == len(keys)


def test_another_visitor_has_keys_of_their_own(db: None) -> None:
    key = key_of("page", "make")
    who = (WHO, Visitor(None, "other"), Visitor(7, ""), Visitor(8, WHO.digest))

    assert len({made_once(each, key).pk for each in who}) == len(who)


def test_what_is_gone_is_made_anew(db: None) -> None:
    key = key_of("page", "make")
    made_once(WHO, key).delete()

    assert made_once(WHO, key) == made_once(WHO, key)
    assert Scenario.objects.count() == 1


def test_what_failed_can_be_tried_again(db: None) -> None:
    key = key_of("page", "make")

    def fail() -> Scenario:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  (ours)
        once(WHO, key, make=fail, name=str, find=lambda _: None)
    assert not DoneOnce.objects.exists()
    assert made_once(WHO, key)


def test_keys_are_forgotten_after_a_day(db: None) -> None:
    made_once(WHO, key_of("page", "make"))
    DoneOnce.objects.update(done_at=timezone.now() - timedelta(days=1, minutes=1))
    made_once(WHO, key_of("other", "make"))

    assert DoneOnce.objects.count() == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_a_double_click_on_save_makes_one_scenario(db: None, *, htmx: bool) -> None:
    visitor = visitors.Visitor()
    visitor.edit(htmx=True, title="Mine")
    fields = visitor.fields()
    answers = [visitor.send(fields, op="save", htmx=htmx) for _ in range(2)]

    header = "HX-Redirect" if htmx else "Location"
    assert len({answer[header] for answer in answers}) == 1
    assert Scenario.objects.count() == 1
    visitor.send(fields, op="save", title="Other")
    assert Scenario.objects.count() == 2


def test_a_save_with_a_note_that_comes_again_is_one_revision(db: None) -> None:
    visitor = visitors.Visitor()
    saved = visitor.saved()
    fields = visitor.fields(saved.get_absolute_url())
    sent = {"op": "save", "note": "Why", "title": "New", "sequence": "1"}
    answers = [visitor.send(fields, saved.get_absolute_url(), htmx=True, **sent) for _ in range(3)]

    saved.refresh_from_db()
    assert [answer.status_code for answer in answers] == [200] * 3
    assert saved.revisions.count() == 2
    assert saved.draft_version == 2


def test_an_undo_that_comes_again_takes_back_one_step(db: None) -> None:
    visitor = visitors.Visitor()
    saved = visitor.saved()
    address = saved.get_absolute_url()
    for number in (1, 2):
        visitor.edit(address, htmx=True, **{f"years[{number}].wages": str(number)})
    fields = visitor.fields(address)
    for _ in range(2):
        visitor.send(fields, address, htmx=True, op="undo", sequence="1")

    wages = [year.get("wages") for year in Scenario.objects.get().draft["years"]]
    assert wages[1:3] == [1, 200_000]


def test_undoing_goes_past_a_save(db: None) -> None:
    visitor = visitors.Visitor()
    saved = visitor.saved()
    address = saved.get_absolute_url()
    visitor.edit(address, htmx=True, **{"years[0].wages": "1"})
    visitor.edit(address, htmx=True, op="save")
    visitor.edit(address, htmx=True, op="undo")

    saved.refresh_from_db()
    assert saved.draft["years"][0]["wages"] == 200_000
    assert saved.revisions.count() == 2
