"""The site, and the mails that it would have sent."""

from __future__ import annotations

from django.urls import path

from amtweb.accounts.outbox import outbox
from amtweb.urls import urlpatterns as those_of_the_site

urlpatterns = [*those_of_the_site, path("outbox/", outbox, name="outbox")]
