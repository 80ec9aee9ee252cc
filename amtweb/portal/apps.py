from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_delete


class PortalConfig(AppConfig):
    name = "amtweb.portal"

    def ready(self) -> None:
        from amtweb.firms.models import Client
        from amtweb.portal import log_objects

        log_objects.register()
        pre_delete.connect(_hand_over, sender=Client, dispatch_uid="hand over what is published")


def _hand_over(instance: Any, **_: Any) -> None:
    """A firm that deletes a client leaves the household what it had published to it."""
    from amtweb.portal.models import Link
    from amtweb.portal.unlinking import hand_over_published

    for link in Link.objects.live().filter(client=instance):
        hand_over_published(link)
