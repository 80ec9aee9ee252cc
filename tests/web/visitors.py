"""Somebody at the site, without a browser: reads its pages and sends its forms back."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from django.test import Client

from amtweb.scenarios.models import Scenario
from tests.web.reading import Page


@cache
def newcomers_fields() -> dict[str, str]:
    """What the editor would send that everyone sees first."""
    return Page(Client().get("/planner/").content).fields()


HTMX = {"HX-Request": "true"}


class Visitor:
    """One browser session."""

    def __init__(self) -> None:
        self.client = Client()
        self.sequence = 0

    def page(self, path: str = "/planner/", status: HTTPStatus = HTTPStatus.OK) -> Page:
        response = self.client.get(path)
        assert response.status_code == status
        return Page(response.content)

    def fields(self, path: str = "/planner/") -> dict[str, str]:
        """What the editor at the address would send now."""
        return self.page(path).fields()

    def send(
        self, fields: dict[str, str], path: str = "/planner/", *, htmx: bool = False, **changes: str
    ) -> Any:
        """Posts a form; ``op="save"`` and the like are the button pressed."""
        headers = HTMX | {"HX-Current-URL": f"http://testserver{path}"} if htmx else None
        return self.client.post(path, fields | changes, headers=headers)

    def edit(self, path: str = "/planner/", *, htmx: bool = False, **changes: str) -> Any:
        """Opens the editor at an address, changes some fields and sends it.

        Names that are no words of Python come as ``**{"years[0].wages": "1"}``.
        """
        return self.send(self.fields(path), path, htmx=htmx, **changes)

    def saved(self, **changes: str) -> Scenario:
        """The scenario that saving the bench makes."""
        newcomer = "sessionid" not in self.client.cookies
        fields = newcomers_fields() if newcomer else self.fields()
        response = self.send(fields, op="save", **changes)
        assert response.status_code == HTTPStatus.FOUND
        return Scenario.objects.get(public_id=response["Location"].split("/")[2])
