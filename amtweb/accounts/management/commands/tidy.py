from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from amtweb.accounts import upkeep


class Command(BaseCommand):
    help = "Deletes what is over or out of reach, and computes the lines of books that have aged."

    def handle(self, *args: Any, **options: Any) -> None:
        cleared = upkeep.tidy()
        upkeep.truncate_log()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{count} {kind}" for kind, count in cleared.items()))
