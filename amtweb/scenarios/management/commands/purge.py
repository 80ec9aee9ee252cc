from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from amtweb.scenarios.retention import purge


class Command(BaseCommand):
    help = "Deletes what is kept no longer: see amtweb/scenarios/retention.py."

    def handle(self, *_: Any, **options: Any) -> None:
        """Says what went, unless it is to be quiet."""
        taken = purge()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{count} {of}" for of, count in taken.items()))
