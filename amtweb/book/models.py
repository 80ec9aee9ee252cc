"""What is kept of a firm's book beside the clients and their scenarios."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from amtweb.firms.models import Client, Firm, Member, new_public_id
from amtweb.scenarios.models import Scenario

LONGEST_VIEW = 60


class Plan(models.Model):
    """The scenario that a firm has said stands for a client.

    A mark alone: ``plans`` says which scenario stands for whom, whatever became of the marked one.
    A client has a second one while a year is closed that still lasts.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="plans")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="marks")
    marked_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("client", "scenario"), name="marked_once_for_a_client"),
        )

    def __str__(self) -> str:
        return f"{self.scenario} for {self.client}"


class Line(models.Model):
    """What the book tells of a client, as it was computed; never the truth itself.

    It is as good as what it was computed from: ``lines`` says which are.
    """

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="line")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="+")
    # Of the document, the tables of the law, the engine, and the day that "today" was.
    digest = models.CharField(max_length=64)
    law_version = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    day = models.DateField()
    computed_at = models.DateTimeField()
    # Why there are no figures, if so.
    problem = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    credit_balance = models.FloatField(null=True)
    amt = models.FloatField(null=True)
    loss_to_pair = models.FloatField(null=True)
    # Also without a figure where there is AMT already.
    room_before_amt = models.FloatField(null=True)
    credit_at_risk = models.FloatField(null=True)
    options_left = models.FloatField(null=True)
    # How many things there are to look at.
    matters = models.PositiveSmallIntegerField(default=0)
    next_on = models.DateField(null=True)
    # Those of the days, each as " 2026-12": what a month is found by.
    months = models.TextField(blank=True)
    days = models.JSONField(default=list)
    amt_by_year = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"Line of {self.client}"


class View(models.Model):
    """A look at the book with a name: a member's own, or of the whole firm."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="book_views")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    # Whose own it is; None for one of the whole firm.
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="book_views"
    )
    name = models.CharField(max_length=LONGEST_VIEW)
    # As in the address of the book.
    query = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = (Lower("name"), "pk")
        constraints = (
            models.UniqueConstraint(
                "firm", Lower("name"), condition=Q(member=None), name="one_view_of_a_name_in_a_firm"
            ),
            models.UniqueConstraint("member", Lower("name"), name="one_view_of_a_name_of_a_member"),
        )

    def __str__(self) -> str:
        return self.name


class FirstView(models.Model):
    """The view in which the book opens for a member."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="first_view")
    view = models.ForeignKey(View, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.view} for {self.member}"


class Feed(models.Model):
    """An address that gives the dates of a member's firm to a calendar program.

    The address itself is never stored.  The row goes with the membership.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="feeds")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    token_digest = models.CharField(max_length=64, unique=True)
    with_names = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"A feed of {self.member}"
