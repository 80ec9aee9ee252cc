"""A column of scenario documents, which are upgraded as they are read and never rewritten."""

from __future__ import annotations

from typing import Any

from django.db import models

from calculator.document import upgraded_document


class DocumentField(models.JSONField):
    """A scenario document: what is stored may be of any released version, what is read is not."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The document in the present version."""
        document = super().from_db_value(value, expression, connection)
        return upgraded_document(document) if isinstance(document, dict) else document

    def deconstruct(self) -> Any:
        """As the plain column that it is to the database."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
