from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_delete


class PortalConfig(AppConfig):
    name = "amtweb.portal"

    def ready(self) -> None:
        from amtweb.firms.models import Client
        from amtweb.portal import log_objects
        from amtweb.proposals.issuing import given

        log_objects.register()
        given.connect(_tell_of_proposal, dispatch_uid="tell of a proposal")
        pre_delete.connect(_hand_over, sender=Client, dispatch_uid="hand over what is published")


def _tell_of_proposal(issue: Any, **_: Any) -> None:
    """The household of a client is told what its firm has given it."""
    from amtweb.portal.models import Kind
    from amtweb.portal.notices import tell_clients

    tell_clients(issue.proposal.client, Kind.GIVEN)


def _hand_over(instance: Any, **_: Any) -> None:
    """A firm that deletes a client leaves the household what it had published to it."""
    from amtweb.portal.models import Link
    from amtweb.portal.unlinking import hand_over_published

    for link in Link.objects.live().filter(client=instance):
        hand_over_published(link)
