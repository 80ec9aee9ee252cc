from __future__ import annotations

from django.apps import AppConfig


class BookImportConfig(AppConfig):
    name = "amtweb.book_import"
