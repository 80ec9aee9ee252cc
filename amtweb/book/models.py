"""What is kept of a firm's book beside the clients and their scenarios."""

from __future__ import annotations

from django.db import models

from amtweb.firms.models import Client
from amtweb.scenarios.models import Scenario


class Plan(models.Model):
    """The scenario that a firm has said stands for a client.

    A mark alone: ``plans`` says which scenario stands for whom, whatever became of the marked one.
    """

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="plan")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="marks")
    marked_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.scenario} for {self.client}"
