"""The settings of the tests, with tasks that wait for workers; a lease of a few seconds."""

from __future__ import annotations

import os
from datetime import timedelta

from amtweb.settings import background
from amtweb.settings.tests import *

TASKS = background.TASKS
LEASE_OF_A_WORKER = timedelta(seconds=float(os.environ.get("LEASE", "3")))
