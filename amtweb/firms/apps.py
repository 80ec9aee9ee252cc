from __future__ import annotations

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "amtweb.firms"
