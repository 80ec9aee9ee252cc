from __future__ import annotations

from django.apps import AppConfig


class YearEndConfig(AppConfig):
    name = "amtweb.year_end"
