"""What the database holds, to be compared with what it held before."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def stored() -> dict[str, list[Any]]:
    """Every row of every table."""
    tables = (model._base_manager.order_by("pk") for model in apps.get_models())
    return {table.model.__name__: list(table.values()) for table in tables}
