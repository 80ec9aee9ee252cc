"""The headers that Django 5.2 does not send by itself: the Content-Security-Policy, who may keep
a page, and what a page may ask of the browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseFileResponse

from amtweb.style_sheets import allowed_digests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

UNUSED_BROWSER_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


def policy_text(directives: Mapping[str, Iterable[str]]) -> str:
    """The value of the header Content-Security-Policy."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.headers = {
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED_BROWSER_FEATURES),
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers[name] = value
        response.headers["Content-Security-Policy"] = policy_text(
            settings.SECURE_CSP
            | {"style-src": [*settings.SECURE_CSP["style-src"], *allowed_digests(request)]}
        )
        # Static files are the same for everyone; any other page may show somebody's amounts.
        if not isinstance(response, WhiteNoiseFileResponse):
            response.headers["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["HX-Request"])
        return response
