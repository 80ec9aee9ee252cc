"""A worker that stops for ever in the middle of a chunk, so that it can be killed there."""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.live.background"

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (there are no models before)

from amtweb.runs import chunks  # noqa: E402

computed = chunks.recomputed
done = count(1)


def recomputed(*of: Any) -> Any:
    if next(done) > int(os.environ["DOES"]):
        time.sleep(600)
    return computed(*of)


if __name__ == "__main__":
    chunks.recomputed = recomputed
    chunks.STORED_AFTER = 0.0  # type: ignore[misc]
    call_command("work", *sys.argv[1:])
