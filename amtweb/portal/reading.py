"""Who reads a publication: somebody of the household, or a member of the firm."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from amtweb.exchange.subjects import Subject, day
from amtweb.firms.access import in_firm, note
from amtweb.firms.models import Client
from amtweb.firms.workspace import member_of, user_of
from amtweb.portal.documents import of_edition
from amtweb.portal.models import Link, Publication
from amtweb.portal.unlinking import newest_edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member
    from amtweb.firms.permissions import Act
    from amtweb.portal.models import Document, Edition

    View = Callable[..., HttpResponse]


class Reading(NamedTuple):
    """A publication as it stands, and as whom it is read: one of the two is there."""

    publication: Publication
    edition: Edition
    document: Document
    link: Link | None = None
    member: Member | None = None

    @property
    def address(self) -> str:
        """Where it is read; everything else of it goes on from there."""
        if self.member is None:
            return self.publication.get_absolute_url()
        names = [self.publication.client.public_id, self.publication.public_id]
        return reverse("portal:published_by_firm", args=names)

    @property
    def subject(self) -> Subject:
        """As somebody takes it away."""
        state = f"Published on {day(self.edition.created_at)}"
        return Subject(self.document, self.address, state)


def as_client(*methods: str) -> Callable[[View], View]:
    """The view by these methods alone, for who is signed in and at work in no firm."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # What is somebody's own is never opened beside what is a firm's.
            if member_of(request) is not None:
                return redirect("firms:workspaces")
            return view(request, *args, **kwargs)

        return require_http_methods(list(methods))(login_required(asked))

    return decorate


def read_by_client(*methods: str) -> Callable[[View], View]:
    """The view for who is linked with the household that the publication is for."""

    def decorate(view: View) -> View:
        @wraps(view)
        @as_client(*methods)
        def asked(request: HttpRequest, publication: str, **place: Any) -> HttpResponse:
            links = Link.objects.live().filter(user=user_of(request))
            found = _found(
                Publication.objects.published().filter(client__in=links.values("client")),
                publication,
            )
            link = links.select_related("person", "user").get(client=found.client)
            edition = newest_edition(found)
            return view(request, Reading(found, edition, of_edition(edition), link=link), **place)

        return asked

    return decorate


def read_by_firm(*methods: str, act: Act) -> Callable[[View], View]:
    """The view for members of the firm whose client the publication is for."""

    def decorate(view: View) -> View:
        @wraps(view)
        @in_firm(*methods, act=act)
        def asked(
            request: HttpRequest, member: Member, public_id: str, publication: str, **place: Any
        ) -> HttpResponse:
            client = client_of(member, public_id)
            standing = Publication.objects.standing().filter(client=client)
            found = _found(standing, publication)
            edition = newest_edition(found)
            if request.method == "GET":
                note(member, "publication_read", f"publication {publication}")
            reading = Reading(found, edition, of_edition(edition), member=member)
            return view(request, reading, **place)

        return asked

    return decorate


def client_of(member: Member, public_id: str) -> Client:
    """The firm's client of that address; to anyone else there is none."""
    return get_object_or_404(Client.objects.of(member).select_related("firm"), public_id=public_id)


def link_of(request: HttpRequest, public_id: str, *, live: bool = True) -> Link:
    """The link of that address, if it is of who asks."""
    links = Link.objects.live() if live else Link.objects.all()
    found = links.select_related("client__firm", "person", "user")
    return get_object_or_404(found, user=user_of(request), public_id=public_id)


def _found(publications: Any, public_id: str) -> Publication:
    found = publications.select_related("client__firm", "scenario").filter(public_id=public_id)
    publication: Publication | None = found.first()
    if publication is None:
        raise Http404
    return publication
