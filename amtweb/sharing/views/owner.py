"""The owner's page of links: making, seeing and revoking them."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from amtweb.firms.access import note
from amtweb.firms.permissions import Act
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.quotas import IN_A_BROWSER
from amtweb.scenarios.saving import new_revision
from amtweb.scenarios.views.saved import own_scenario
from amtweb.scenarios.visitors import visitor_of
from amtweb.sharing.forms import DAYS, LinkForm
from amtweb.sharing.models import MOST_LINKS, REMEMBERED, SEED_BYTES, ShareLink, TooManyLinksError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.scenarios.models import Scenario

LONGEST_SEED = 64
MOST_DEAD = 50
"""Dead links that the page lists."""

log = logging.getLogger("amtweb.security")


@require_safe
def links(request: HttpRequest, public_id: str) -> HttpResponse:
    """The live links of a scenario, and those that died of late."""
    scenario = own_scenario(request, public_id)
    return _page(request, scenario, LinkForm(), **_said(request, scenario))


@require_POST
def make_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """A link as settled; its address is shown this once."""
    scenario = own_scenario(request, public_id, act=Act.SHARE)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, scenario, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        link, token = _make(request, scenario, form)
    except TooManyLinksError:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, scenario, form, status=status, full=True)
    # The same form may come again after its link was revoked.
    address = reverse("sharing:shared", args=[token]) if link.is_live else ""
    if address:
        address = request.build_absolute_uri(address)
    return _page(request, scenario, LinkForm(), made=link, address=address)


@require_POST
def revoke_link(request: HttpRequest, public_id: str, fingerprint: str) -> HttpResponse:
    """From the next request on the link is dead."""
    scenario = own_scenario(request, public_id, act=Act.SHARE)
    link = get_object_or_404(scenario.links, token_digest=fingerprint)
    with transaction.atomic():
        was_live = link.is_live
        link.revoke()
        if was_live:
            _note(request, "share_revoked", scenario)
    log.info("link_revoked link=%d", link.pk)
    return _to_links(scenario, revoked=fingerprint)


@require_POST
def restore_link(request: HttpRequest, public_id: str, fingerprint: str) -> HttpResponse:
    """Takes back that a link was revoked, for a few minutes; its address is the one it had."""
    scenario = own_scenario(request, public_id, act=Act.SHARE)
    link = get_object_or_404(scenario.links, token_digest=fingerprint)
    try:
        with transaction.atomic():
            is_restored = link.restore()
            if is_restored:
                _note(request, "share_restored", scenario)
    except TooManyLinksError:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, scenario, LinkForm(), status=status, full=True)
    if is_restored:
        log.info("link_restored link=%d", link.pk)
    return _to_links(scenario, restored=fingerprint)


@require_POST
def revoke_all(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the next request on every link of the scenario is dead."""
    scenario = own_scenario(request, public_id, act=Act.SHARE)
    with transaction.atomic():
        live = ShareLink.objects.live().filter(scenario=scenario)
        were_live = live.exists()
        live.revoke()
        if were_live:
            _note(request, "share_revoked", scenario)
    log.info("links_revoked scenario=%d", scenario.pk)
    return _to_links(scenario, revoked="all")


def _to_links(scenario: Scenario, **done: str) -> HttpResponse:
    """Back to the page, which says what was done."""
    address = reverse("sharing:links", args=[scenario.public_id])
    return redirect(f"{address}?{urlencode(done)}")


def _said(request: HttpRequest, scenario: Scenario) -> dict[str, Any]:
    """What was done just before the page, as far as it still holds."""
    revoked, restored = request.GET.get("revoked", ""), request.GET.get("restored", "")
    said: dict[str, Any] = {"just_saved": "saved" in request.GET, "all_revoked": revoked == "all"}
    done = revoked or restored
    link = scenario.links.filter(token_digest=done).first() if done else None
    if link is not None and revoked and link.revoked_at:
        said["revoked"] = link
    if link is not None and restored:
        said["restored" if link.is_live else "too_late"] = link
    return said


def _make(request: HttpRequest, scenario: Scenario, form: LinkForm) -> tuple[ShareLink, str]:
    seed = request.POST.get("seed", "")[:LONGEST_SEED]
    with transaction.atomic():
        revision = None
        if not form.shows_draft:
            headline = figures_of(result_of(scenario.draft))
            revision = new_revision(request, scenario, scenario.draft, headline, "")
        link, token = ShareLink.make(
            scenario,
            seed=seed,
            said=(form.cleaned_data, revision and revision.pk),
            revision=revision,
            maker=request.user if request.user.is_authenticated else None,
            member=visitor_of(request).member,
            expires_at=form.expires_at,
            **form.settled,
        )
        _note(request, "share_made", scenario)
    log.info("link_made link=%d", link.pk)
    return link, token


def _note(request: HttpRequest, act: str, scenario: Scenario) -> None:
    """Writes in the log of its firm what was done about links of a scenario."""
    member = visitor_of(request).member
    if member is not None:
        note(member, act, f"scenario {scenario.public_id}")


def _page(
    request: HttpRequest,
    scenario: Scenario,
    form: LinkForm,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    of_scenario = scenario.links.select_related("revision", "maker").defer("revision__document")
    recently = timezone.now() - REMEMBERED
    dead = of_scenario.dead().exclude(revoked_at__lt=recently).exclude(expires_at__lt=recently)
    context |= {
        "scenario": scenario,
        "form": form,
        "links": of_scenario.live(),
        "dead_links": dead[:MOST_DEAD],
        "most_links": MOST_LINKS,
        "days": DAYS,
        # Without an account a scenario lives as long as the session of its browser.
        "known_for": None
        if request.user.is_authenticated
        else timedelta(seconds=settings.SESSION_COOKIE_AGE),
        "most_in_browser": IN_A_BROWSER,
        "seed": secrets.token_urlsafe(SEED_BYTES),
    }
    return render(request, "sharing/links.html", context, status=status)
