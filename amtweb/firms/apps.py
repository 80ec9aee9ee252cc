from __future__ import annotations

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "amtweb.firms"

    def ready(self) -> None:
        from amtweb.firms import log_objects

        log_objects.register()
