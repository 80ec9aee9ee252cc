from __future__ import annotations

from django.apps import AppConfig


class WorksheetsConfig(AppConfig):
    name = "amtweb.worksheets"
