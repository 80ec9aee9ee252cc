"""Every live link to what is a firm's, whoever of its members made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render

from amtweb.firms.access import in_firm, note_all
from amtweb.firms.permissions import Act
from amtweb.sharing.models import ShareLink

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member
    from amtweb.sharing.models import ShareLinkQuerySet

ON_A_PAGE = 50


@in_firm("GET", "HEAD", act=Act.SHARE)
def firm_links(request: HttpRequest, member: Member) -> HttpResponse:
    """The links, newest first."""
    found = _live(member).select_related("scenario__client", "maker", "revision")
    told = found.defer("scenario__draft", "scenario__client__notes", "revision__document")
    page = Paginator(told, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sharing/firm_links.html", {"page": page, "links": page.object_list})


@in_firm("POST", act=Act.SHARE)
def revoke_firm_link(request: HttpRequest, member: Member, fingerprint: str) -> HttpResponse:
    """From the next request on the link is dead; pressed twice, it was before."""
    of_firm = ShareLink.objects.filter(scenario__firm=member.firm)
    link = get_object_or_404(of_firm, token_digest=fingerprint)
    _revoke(member, _live(member).filter(pk=link.pk))
    messages.success(request, "Revoked: whoever opens the link now finds nothing.")
    return redirect("sharing:firm_links")


@in_firm("POST", act=Act.SHARE)
def revoke_all_of_firm(request: HttpRequest, member: Member) -> HttpResponse:
    """From the next request on every link of the firm is dead."""
    _revoke(member, _live(member))
    messages.success(request, "Revoked: no link of the firm opens any more.")
    return redirect("sharing:firm_links")


def _live(member: Member) -> ShareLinkQuerySet:
    return ShareLink.objects.live().filter(scenario__firm=member.firm)


def _revoke(member: Member, links: ShareLinkQuerySet) -> None:
    """Each scenario whose links are revoked is told of once."""
    with transaction.atomic():
        scenarios = links.order_by().values_list("scenario__public_id", flat=True).distinct()
        told = [("share_revoked", f"scenario {public_id}") for public_id in scenarios]
        ShareLink.objects.filter(pk__in=list(links.values_list("pk", flat=True))).revoke()
        note_all(member, told)
