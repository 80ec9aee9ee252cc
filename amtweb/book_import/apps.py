from __future__ import annotations

from django.apps import AppConfig


class BookImportConfig(AppConfig):
    name = "amtweb.book_import"

    def ready(self) -> None:
        from amtweb.audit.objects import KINDS, Kind
        from amtweb.book_import.log_objects import imports

        KINDS["import"] = Kind("an import", imports)
