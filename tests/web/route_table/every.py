"""The rows of all apps together."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver

from tests.web.route_table.route import Route

NOT_OF_AN_APP = ("every", "route")
APPS = sorted(
    found.name
    for found in pkgutil.iter_modules([str(Path(__file__).parent)])
    if found.name not in NOT_OF_AN_APP
)
TABLES: dict[str, dict[str, Route]] = {
    app: importlib.import_module(f"tests.web.route_table.{app}").ROUTES for app in APPS
}
ROUTES = {route: row for table in TABLES.values() for route, row in table.items()}


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Every address of the URL configuration."""
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            assert isinstance(pattern, URLPattern)
            yield here
