from __future__ import annotations

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "amtweb.proposals"

    def ready(self) -> None:
        from amtweb.proposals import log_objects

        log_objects.register()
