from __future__ import annotations

from django.apps import AppConfig


class AboutConfig(AppConfig):
    name = "amtweb.about"
