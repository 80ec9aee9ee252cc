"""What somebody is told, and whether also by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from amtweb.firms.workspace import user_of
from amtweb.portal import notices
from amtweb.portal.models import Kind, MailWish

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.portal.models import Notice

ON_A_PAGE = 50


@require_safe
@login_required
def news(request: HttpRequest) -> HttpResponse:
    """What is new, and what was."""
    found = notices.of_request(request).select_related(
        "client__firm", "publication", "comment", "suggestion"
    )
    found = found.defer("suggestion__document")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    wish = MailWish.objects.filter(user=user_of(request)).first()
    context = {
        "page": page,
        "told": [(each, address_of(each)) for each in page],
        "unread": any(each.read_at is None for each in page),
        "mails": wish is None or wish.wanted,
    }
    return render(request, "portal/news.html", context)


@require_POST
@login_required
def read(request: HttpRequest) -> HttpResponse:
    """All of it, or one, is no longer new."""
    found = notices.of_request(request)
    one = request.POST.get("notice", "")
    if one:
        found = found.filter(pk=int(one)) if one.isascii() and one[:18].isdigit() else found.none()
    notices.mark_read(found)
    return redirect("portal:news")


@require_POST
@login_required
def mails(request: HttpRequest) -> HttpResponse:
    """Whether the person wants mails."""
    wanted = request.POST.get("wanted") == "yes"
    MailWish.objects.update_or_create(user=user_of(request), defaults={"wanted": wanted})
    return redirect("portal:news")


def address_of(notice: Notice) -> str:
    """Where what is told of is; empty where there is nothing to see any more."""
    publication, client = notice.publication, notice.client
    to_a_member = notice.firm_id is not None
    if notice.kind == Kind.CLOSED:
        return reverse("book:book")
    if publication is None or notice.kind == Kind.WITHDRAWN:
        return client.get_absolute_url() if to_a_member else reverse("portal:home")
    if notice.suggestion is not None and to_a_member:
        return reverse("portal:suggestion", args=[client.public_id, notice.suggestion.public_id])
    base = publication.get_absolute_url()
    if to_a_member:
        names = [client.public_id, publication.public_id]
        base = reverse("portal:published_by_firm", args=names)
    return f"{base}#comment-{notice.comment.public_id}" if notice.comment else base
