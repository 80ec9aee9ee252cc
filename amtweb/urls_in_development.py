"""The site, and the mails that it would have sent."""

from __future__ import annotations

from django.urls import path

from amtweb import urls
from amtweb.accounts.outbox import outbox

handler400 = urls.handler400
urlpatterns = [*urls.urlpatterns, path("outbox/", outbox, name="outbox")]
