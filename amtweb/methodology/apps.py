from __future__ import annotations

from django.apps import AppConfig


class MethodologyConfig(AppConfig):
    name = "amtweb.methodology"
