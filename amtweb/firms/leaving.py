"""The ends: of a membership and of a firm.

A firm always has an admin.  Whoever changes who works there does it behind the firm's row, one at
a time, so that two admins cannot each take the other's place away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from amtweb.firms.access import note
from amtweb.firms.models import Client, Firm, Member, Role
from amtweb.firms.sessions import forget_firm_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterable


class LastAdminError(Exception):
    """Nobody would be left to manage these firms."""

    def __init__(self, firms: Iterable[Firm]) -> None:
        self.firms = tuple(firms)
        names = ", ".join(str(firm) for firm in self.firms)
        super().__init__(
            f"You are the only admin of {names}. Make somebody else admin there first, or delete"
            " the firm."
        )


def hold(firm_id: int) -> Firm:
    """The firm, held until the transaction ends; who else changes its members waits."""
    return Firm.objects.select_for_update().get(pk=firm_id)


def is_last_admin(member: Member) -> bool:
    """Whether nobody else is admin; only certain while the firm is held."""
    admins = Member.objects.filter(firm_id=member.firm_id, role=Role.ADMIN)
    was_admin = admins.filter(pk=member.pk).exists()
    return was_admin and not admins.exclude(pk=member.pk).exists()


def take_out(member: Member) -> None:
    """The member is out, with the links and invitations that they made."""
    firm, user = member.firm.public_id, member.user_id
    member.delete()
    forget_firm_everywhere(firm, [user])


def leave(member: Member) -> None:
    """The member goes by themselves.

    Raises:
        LastAdminError: They are the only admin.
    """
    with transaction.atomic():
        firm = hold(member.firm_id)
        if is_last_admin(member):
            raise LastAdminError([firm])
        take_out(member)
        note(member, "member_left")


def leave_all(user_id: int) -> None:
    """The user goes from every firm, or from none.

    Raises:
        LastAdminError: They are the only admin of some.
    """
    with transaction.atomic():
        # In the same order for everyone, so that no two wait for each other.
        members = Member.objects.filter(user_id=user_id).order_by("firm_id")
        held = [(hold(member.firm_id), member) for member in members]
        alone = [firm for firm, member in held if is_last_admin(member)]
        if alone:
            raise LastAdminError(alone)
        for _, member in held:
            take_out(member)
        for _, member in held:
            note(member, "member_left")


def delete_firm(member: Member) -> None:
    """The firm goes with its clients and all scenarios; its log stays."""
    with transaction.atomic():
        firm = hold(member.firm_id)
        users = list(firm.members.values_list("user_id", flat=True))
        public_id = firm.public_id
        # As with a client that is deleted alone: who writes something of one of them waits.
        list(Client.with_closed.select_for_update().filter(firm=firm).order_by("pk"))
        firm.delete()
        forget_firm_everywhere(public_id, users)
        note(member, "firm_deleted")
