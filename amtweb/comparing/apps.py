from __future__ import annotations

from django.apps import AppConfig


class ComparingConfig(AppConfig):
    name = "amtweb.comparing"
