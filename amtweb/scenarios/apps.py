from __future__ import annotations

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    name = "amtweb.scenarios"

    def ready(self) -> None:
        from amtweb.scenarios import log_objects

        log_objects.register()
