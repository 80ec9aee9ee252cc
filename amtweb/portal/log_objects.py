"""How the log of a firm finds again what its events with clients are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from amtweb.audit.objects import KINDS, Found, Kind
from amtweb.portal.models import Comment, Publication, Suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def register() -> None:
    """Makes the kinds known."""
    KINDS["publication"] = Kind("what was published", _publications)
    KINDS["comment"] = Kind("a comment", _comments)
    KINDS["figures"] = Kind("proposed figures", _figures)


def _publications(log: str, names: Collection[str]) -> Mapping[str, Found]:
    found = Publication.objects.standing().filter(client__firm__public_id=log, public_id__in=names)
    return {each.public_id: _found(each) for each in found.select_related("client")}


def _comments(log: str, names: Collection[str]) -> Mapping[str, Found]:
    standing = Publication.objects.standing().filter(client__firm__public_id=log)
    found = Comment.objects.filter(publication__in=standing, public_id__in=names)
    return {
        each.public_id: _found(each.publication, "a comment on ")
        for each in found.select_related("publication__client")
    }


def _figures(log: str, names: Collection[str]) -> Mapping[str, Found]:
    standing = Publication.objects.standing().filter(client__firm__public_id=log)
    found = Suggestion.objects.filter(edition__publication__in=standing, public_id__in=names)
    shown = {}
    for each in found.select_related("edition__publication__client").defer("document"):
        publication = each.edition.publication
        address = reverse("portal:suggestion", args=[publication.client.public_id, each.public_id])
        shown[each.public_id] = Found(f"figures for {publication}", address)
    return shown


def _found(publication: Publication, begins: str = "") -> Found:
    names = [publication.client.public_id, publication.public_id]
    return Found(f"{begins}{publication}", reverse("portal:published_by_firm", args=names))
