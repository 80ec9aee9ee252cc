"""The people of two firms, as they sit before the site."""

from __future__ import annotations

from typing import NamedTuple, Self

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest

from amtweb.firms.models import Client, Firm, Member, Role
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.gallery import DEFAULT, example
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.library.making import entitled, make_scenario
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.visitors import Visitor
from tests.web.people import Person


class Colleague(Person):
    """Somebody who works in a firm, signed in with a second step."""

    member: Member

    def in_firm(self, firm: Firm, role: str) -> Self:
        """Has the role there, and works there now."""
        self.with_account()
        self.member = Member.objects.create(firm=firm, user=self.user, role=role)
        self.sign_in_twice()
        self.enter(firm)
        return self

    def sign_in_twice(self) -> None:
        """Has an app, and is signed in as if its code had just been typed.

        A code can be past its half minute before it is checked; what typing one does is tested
        with the accounts.
        """
        self.with_app()
        self.client.force_login(self.user, settings.AUTHENTICATION_BACKENDS[0])
        request = HttpRequest()
        request.session = self.client.session
        record_authentication(request, self.user, "password")
        record_authentication(request, self.user, "mfa", type="totp")
        request.session.save()

    def enter(self, firm: Firm) -> None:
        response = self.client.post(f"/workspaces/{firm.public_id}/enter/")
        assert response["Location"] == "/book/"


class Cast(NamedTuple):
    """Firm A with one of each role and a client with a scenario, firm B with an advisor."""

    firm: Firm
    other_firm: Firm
    admin: Colleague
    advisor: Colleague
    assistant: Colleague
    reader: Colleague
    stranger: Colleague
    household: Client
    scenario: Scenario


def cast() -> Cast:
    """Everyone, in their places."""
    firm = Firm.objects.create(name="Canary Advisors")
    other = Firm.objects.create(name="Other Advisors")
    admin = Colleague("admin@example.org").in_firm(firm, Role.ADMIN)
    advisor = Colleague("advisor@example.org").in_firm(firm, Role.ADVISOR)
    household = Client.objects.create(
        firm=firm, name="Canary household", notes="Canary notes", advisor=advisor.member
    )
    document = entitled(example(DEFAULT).document, "Canary plan")
    at_work = Visitor(advisor.user.pk, "", advisor.member)
    figures = figures_of(result_of(document))
    scenario = make_scenario(at_work, document, figures, client=household)
    return Cast(
        firm=firm,
        other_firm=other,
        admin=admin,
        advisor=advisor,
        assistant=Colleague("assistant@example.org").in_firm(firm, Role.ASSISTANT),
        reader=Colleague("reader@example.org").in_firm(firm, Role.READ_ONLY),
        stranger=Colleague("stranger@example.org").in_firm(other, Role.ADMIN),
        household=household,
        scenario=scenario,
    )
