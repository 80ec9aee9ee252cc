"""A site with one page, which fails on what it is given."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path


def fail(request: HttpRequest, amount: str) -> NoReturn:
    message = f"{amount} cannot be taxed"
    raise ValueError(message)


urlpatterns = [path("fails/<amount>", fail)]
