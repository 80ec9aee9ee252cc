"""What every address of the site allows, a module an app."""

from __future__ import annotations

from typing import NamedTuple

READ = ("GET", "HEAD")
WRITE = ("POST",)
FORM = ("csrftoken",)


class Route(NamedTuple):
    """What a route allows."""

    methods: tuple[str, ...]
    who: str
    """``anyone``, the ``owner`` of the scenario, the ``holder`` of the link, a signed-in
    ``user``, who sees their own account, or a ``member`` at work in a firm."""
    cookies: tuple[str, ...] = ()
    """What a first look at it sets."""
