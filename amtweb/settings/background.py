"""What is worked off beside the requests, and how soon a worker that is silent counts as gone."""

from __future__ import annotations

from datetime import timedelta

# In the database of the site: what is asked and its tasks are kept in one transaction, and
# nothing else has to run.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Renewed whenever results are stored, which happens several times a second.
LEASE_OF_A_WORKER = timedelta(seconds=30)
