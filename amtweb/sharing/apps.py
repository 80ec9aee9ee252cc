from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from amtweb.firms.models import Member
    from amtweb.scenarios.models import Scenario


class SharingConfig(AppConfig):
    name = "amtweb.sharing"

    def ready(self) -> None:
        from amtweb.scenarios.views.moving import moved

        moved.connect(_revoke, dispatch_uid="revoke links of what is moved")


def _revoke(scenario: Scenario, member: Member, **_: Any) -> None:
    """Who was shown a client's scenario is not shown what becomes of it for another client."""
    from amtweb.firms.access import note
    from amtweb.sharing.models import ShareLink

    of_scenario = ShareLink.objects.filter(scenario=scenario)
    if of_scenario.live().exists():
        note(member, "share_revoked", f"scenario {scenario.public_id}")
    of_scenario.revoke()
