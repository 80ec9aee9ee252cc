"""Many at once at the limit: the count holds, and without its lock it would not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import MOST_LINKS, ShareLink, TooManyLinksError, digest_of

AT_ONCE = 20
ROOM = 3


@pytest.fixture
def nearly_full(transactional_db: None) -> Scenario:
    scenario = Scenario.objects.create(draft={"years": []})
    for _ in range(MOST_LINKS - ROOM):
        ShareLink.make(scenario)
    return scenario


def all_make(make: Callable[[int], object]) -> list[bool]:
    """Whether each of the makers, all let go at once, made its link."""
    start = Barrier(AT_ONCE)

    def maker(number: int) -> bool:
        start.wait()
        try:
            make(number)
        except TooManyLinksError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(maker, range(AT_ONCE)))


def test_no_link_slips_past_the_count(nearly_full: Scenario) -> None:
    made = all_make(lambda _: ShareLink.make(nearly_full))

    assert sum(made) == ROOM
    assert ShareLink.objects.live().count() == MOST_LINKS


def test_without_the_lock_links_slip_past(nearly_full: Scenario) -> None:
    counted = Barrier(AT_ONCE)

    def make(number: int) -> None:
        if ShareLink.objects.live().filter(scenario=nearly_full).count() >= MOST_LINKS:
            raise TooManyLinksError
        # There may be fewer connections to a server than there are makers who wait here.
        connections.close_all()
        counted.wait(timeout=60)
        digest = digest_of(str(number))
        with transaction.atomic():
            ShareLink.objects.create(scenario=nearly_full, token_digest=digest)

    assert sum(all_make(make)) > ROOM
    assert ShareLink.objects.live().count() > MOST_LINKS


def test_one_form_sent_many_times_at_once_makes_one_link(nearly_full: Scenario) -> None:
    made = all_make(lambda _: ShareLink.make(nearly_full, seed="one form"))

    assert all(made)
    assert ShareLink.objects.count() == MOST_LINKS - ROOM + 1


def test_no_opening_is_lost(nearly_full: Scenario) -> None:
    link = nearly_full.links.first()
    assert link is not None

    all_make(lambda _: link.note_opening(link.created_at.date()))

    link.refresh_from_db()
    assert link.times_opened == AT_ONCE
