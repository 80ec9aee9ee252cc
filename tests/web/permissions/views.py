"""The points of view from which every address of the site is looked at.

To those of the threat model are added the two halves of its pairs, and who has work in two firms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from amtweb.accounts.models import User
from amtweb.firms.models import Invitation, Member, Role
from amtweb.firms.sessions import SECOND_STEP, place_of
from amtweb.firms.workspace import SESSION_KEY
from amtweb.scenarios import visitors, working_copy
from tests.web.permissions.households import linked
from tests.web.permissions.world import (
    FirmSide,
    Side,
    address_of,
    canary,
    document,
    of_a_browser,
    user,
)


class View(NamedTuple):
    """What of somebody decides what they get."""

    is_user: bool = False
    works_in: str = ""
    """The firm where they work now: of which side."""
    role: str = ""
    sees: tuple[str, ...] = ()
    """The sides whose texts they may see."""
    stopped: str = ""
    """The answer to everything that is done at work."""
    link: str = ""
    """The link that they hold."""
    knows_the_firm: bool = False
    """Whether they know the name of the first firm and of who invited them there."""


def _at_work(side: str, role: str, **more: Any) -> View:
    households = ("household", "neighbour") if side == "alder" else ("stranger",)
    return View(is_user=True, works_in=side, role=role, sees=(side, *households), **more)


VIEWS: dict[str, View] = {
    "anonymous": View(),
    "browser": View(sees=("browser",)),
    "link_read": View(link="read"),
    "link_copy": View(link="copy"),
    "link_dead": View(link="dead"),
    "owner": View(is_user=True, sees=("owner",)),
    "other_user": View(is_user=True),
    "client": View(is_user=True, sees=("household", "household-own"), knows_the_firm=True),
    "other_client": View(is_user=True, sees=("neighbour", "neighbour-own"), knows_the_firm=True),
    "reader": _at_work("alder", Role.READ_ONLY),
    "assistant": _at_work("alder", Role.ASSISTANT),
    "advisor": _at_work("alder", Role.ADVISOR),
    "admin": _at_work("alder", Role.ADMIN),
    "advisor_of_another_firm": _at_work("birch", Role.ADVISOR),
    "admin_of_both_in_the_other": _at_work("birch", Role.ADMIN, knows_the_firm=True),
    "revoked": View(is_user=True, stopped="left"),
    "without_second_step": View(is_user=True, stopped="second step", knows_the_firm=True),
    "asleep": View(is_user=True, stopped="asleep", knows_the_firm=True),
    "invited": View(is_user=True, knows_the_firm=True),
    "between_the_steps": View(),
    "superuser": View(is_user=True),
    "deactivated": View(),
}


@dataclass
class World:
    """Both firms, the user and the browser, and a session of everyone."""

    sides: dict[str, Side]
    clients: dict[str, Client]

    def names_for(self, view: str, side: str) -> dict[str, str]:
        """The side's names, as somebody has them: of links only the one they hold."""
        names = dict(self.sides[side].names)
        # Others try what the database has of a link.
        held = VIEWS[view].link
        for kind in ("", "issue_", "feed_"):
            tried = names.get(f"{kind}link", names["read_link"])[:43]
            names[f"{kind}token"] = names.get(f"{held}_{kind}token", tried)
        return names


def make_world() -> World:
    """Everyone, in their places."""
    alder, birch = FirmSide.found("alder"), FirmSide.found("birch")
    owner = user(address_of("owner", "owner"))
    of_browser, key = of_a_browser("browser")
    of_owner = Side.make("owner", owner=owner)
    clients = {view: Client(raise_request_exception=False) for view in VIEWS}
    _begin(clients["browser"])
    _keep(clients["browser"], {visitors.SESSION_KEY: key})
    sign_in(clients["owner"], owner)
    for view in ("other_user", "invited"):
        sign_in(clients[view], user(f"{view}@example.org"))
    # An app of which this session has not shown the code.
    other = User.objects.get(email="other_user@example.org")
    TOTP.activate(other, generate_totp_secret())
    RecoveryCodes.activate(other)
    roles = {"reader": Role.READ_ONLY, "assistant": Role.ASSISTANT}
    for view, role in (roles | {"advisor": Role.ADVISOR, "admin": Role.ADMIN}).items():
        work(clients[view], alder.members[role])
    work(clients["advisor_of_another_firm"], birch.members[Role.ADVISOR])
    _those_with_two_sides(clients, alder, birch)
    _those_of_households(clients, alder, birch)
    sign_in(clients["superuser"], user("root@example.org", is_staff=True, is_superuser=True))
    invited = Invitation.objects.create(
        firm=alder.firm,
        email="invited@example.org",
        role=Role.ADVISOR,
        invited_by=alder.members[Role.ADMIN],
    )
    alder.names["taken_up"] = invited.public_id
    sides: dict[str, Side] = {"alder": alder, "birch": birch, "owner": of_owner}
    return World(sides | {"browser": of_browser}, clients)


def _those_of_households(clients: dict[str, Client], alder: FirmSide, birch: FirmSide) -> None:
    """A client of the first firm, another one, and one of the other firm."""
    firm, advisor = alder.firm, alder.members[Role.ADVISOR]
    shown, neighbours = user("client@example.org"), user("neighbour@example.org")
    alder.names |= linked("household", shown, firm.clients.get(), advisor)
    other = firm.clients.create(name=canary("alder", "other household"), advisor=advisor)
    linked("neighbour", neighbours, other, advisor)
    strange = birch.members[Role.ADVISOR]
    theirs = user(address_of("stranger", "client"))
    birch.names |= linked("stranger", theirs, birch.firm.clients.get(), strange)
    sign_in(clients["client"], shown)
    sign_in(clients["other_client"], neighbours)


def _those_with_two_sides(clients: dict[str, Client], alder: FirmSide, birch: FirmSide) -> None:
    """Who is in both firms, and who was or almost is in the first."""
    both = user("both@example.org")
    Member.objects.create(firm=alder.firm, user=both, role=Role.ADMIN)
    work(clients["admin_of_both_in_the_other"], birch.firm.members.create(user=both, role="admin"))

    revoked = alder.firm.members.create(user=user("revoked@example.org"), role=Role.ADVISOR)
    work(clients["revoked"], revoked)
    revoked.delete()
    work(clients["asleep"], alder.firm.members.create(user=user("late@example.org"), role="admin"))
    _fall_asleep(clients["asleep"])

    half = alder.firm.members.create(user=user("half@example.org"), role=Role.ADMIN)
    sign_in(clients["without_second_step"], half.user)
    _keep(clients["without_second_step"], {SESSION_KEY: alder.firm.public_id})

    pending = alder.firm.members.create(user=user("pending@example.org"), role=Role.ADMIN)
    TOTP.activate(pending.user, generate_totp_secret())
    typed = {"login": "pending@example.org", "password": "a few words in a row"}
    answer = clients["between_the_steps"].post("/account/sign-in/", typed)
    assert answer["Location"].startswith("/account/sign-in/second-step/")

    gone = alder.firm.members.create(user=user("gone@example.org"), role=Role.ADMIN)
    work(clients["deactivated"], gone)
    User.objects.filter(pk=gone.user_id).update(is_active=False)


def sign_in(client: Client, who: User, *, twice: bool = False) -> None:
    """As if they had just typed the password, and the code of their app."""
    client.force_login(who, settings.AUTHENTICATION_BACKENDS[0])
    request = HttpRequest()
    request.session = client.session
    if twice:
        record_authentication(request, who, "mfa", type="totp")
    record_authentication(request, who, "password", reauthenticated=True)
    request.session.save()
    _begin(client)


def work(client: Client, member: Member) -> None:
    """Signs in with both steps and goes to work in the firm."""
    sign_in(client, member.user, twice=True)
    answer = client.post(f"/workspaces/{member.firm.public_id}/enter/")
    assert answer.status_code == 302, answer.content
    _begin(client, member.firm.public_id)


def _begin(client: Client, firm: str = "") -> None:
    """Has something small on the bench, that is quick to compute."""
    plain = document("") | {"title": "On the bench"}
    _keep(client, {place_of(working_copy.DOCUMENT, firm): plain})


def _keep(client: Client, kept: dict[str, Any]) -> None:
    session = client.session
    session.update({visitors.USED_ON: timezone.now().date().isoformat()} | kept)
    session.save()


def _fall_asleep(client: Client) -> None:
    """Has shown a second step, too long ago."""
    session = client.session
    for shown in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        if shown["method"] == SECOND_STEP:
            shown["at"] -= 2 * settings.LONGEST_IN_A_FIRM.total_seconds()
    session.save()
