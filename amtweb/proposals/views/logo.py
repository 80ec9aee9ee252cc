"""The firm's logo: shown to who works there, put up and taken down by its admins."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse

from amtweb.exchange.incoming import LARGEST_UPLOAD, announced_size
from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import Act
from amtweb.proposals import logos
from amtweb.proposals.logos import NoLogoError
from amtweb.proposals.page import logo_answer
from amtweb.proposals.views.finding import may

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

AT = "#logo"


@in_firm("GET", "HEAD", act=Act.SEE)
def logo(request: HttpRequest, member: Member) -> HttpResponse:
    """The picture itself."""
    return logo_answer(logos.current_logo(member.firm))


@in_firm("POST", act=Act.MANAGE)
def put_up(request: HttpRequest, member: Member) -> HttpResponse:
    """Takes a picture as the firm's logo, or says what is wrong with it."""
    try:
        picture = _sent(request)
    except NoLogoError as refusal:
        context = {"trouble": str(refusal)} | may(member)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "proposals/logo_refused.html", context, status=status)
    with transaction.atomic():
        kept = logos.put_up(member.firm, picture)
        note(member, "logo_changed", f"logo {kept.digest[:16]}")
    return redirect(reverse("firms:firm") + AT)


@in_firm("POST", act=Act.MANAGE)
def take_down(request: HttpRequest, member: Member) -> HttpResponse:
    """Leaves the firm without one."""
    with transaction.atomic():
        if logos.take_down(member.firm):
            note(member, "logo_removed")
    return redirect(reverse("firms:firm") + AT)


def _sent(request: HttpRequest) -> logos.Picture:
    file = request.FILES.get("logo")
    if file is None:
        # The upload handler throws away what is larger, without keeping it anywhere.
        if announced_size(request) > LARGEST_UPLOAD:
            raise NoLogoError(f"The file is larger than {logos.LARGEST // 1024} KiB.")
        raise NoLogoError("Choose a file first.")
    return logos.picture_of(file)
