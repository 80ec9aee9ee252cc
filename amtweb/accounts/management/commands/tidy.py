from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from amtweb.accounts import upkeep


class Command(BaseCommand):
    help = "Deletes ended sessions, what nobody can reach any more, and limits that have run out."

    def handle(self, *args: Any, **options: Any) -> None:
        cleared = upkeep.tidy()
        upkeep.truncate_log()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{count} {kind}" for kind, count in cleared.items()))
