"""What every address of the site allows, and to whom: a module an app, a row a route.

``tests/web/permissions`` asks every address by every method from every point of view and holds the
answers against these rows.  A row says as little as it can::

    "clients/<slug:public_id>/edit/": Route(
        BOTH, "member", sends={"name": "Changed", "advisor": "{member_pk}"}
    ),
    "scenarios/<slug:public_id>/delete/": Route(WRITE, "owner", writes=Act.DELETE),

``who`` is whose it is:

* ``anyone``: everybody; of a session at work in a firm, its members.
* ``owner``: a scenario's: of a browser, of a user, of a firm whose member is at work.  Each of the
  three is asked for from every point of view.
* ``user``: everybody who is signed in, about themselves.
* ``member``: those at work in a firm, about what is that firm's; whose role does not include the
  act gets 403.  Who is not at work in one is led to ``/workspaces/``, and what another firm has is
  not there (404).
* ``client``: who has an account with a firm as its client, about their own household; 404 to all
  others who are signed in.
* ``holder``: who has the address of a link.

What a name in an address stands for says ``NAMED_BY`` in ``tests/web/permissions/world.py``, by the
beginning of the address; a thing of a new kind is made in ``Side`` there, with a canary in each of
its texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from amtweb.firms.permissions import Act

READ = ("GET", "HEAD")
WRITE = ("POST",)
BOTH = (*READ, *WRITE)
FORM = ("csrftoken",)
ONE_STEP = ("owner", "other_user", "invited", "superuser", "client", "other_client")
"""Points of view that are signed in by a password alone."""
AT_WORK = (
    *("reader", "assistant", "advisor", "admin"),
    *("advisor_of_another_firm", "admin_of_both_in_the_other"),
)
ACTS = {"owner": (Act.SEE, Act.CHANGE), "member": (Act.SEE, Act.CHANGE)}
"""What a role must include to read and to write, where a row does not say."""
NOTHING: Mapping[str, str] = {}


class Route(NamedTuple):
    """What a route allows."""

    methods: tuple[str, ...]
    who: str
    cookies: tuple[str, ...] = ()
    """What a first look at it sets."""
    reads: Act | None = None
    """What a role in a firm must include to read it; else as ``ACTS`` says."""
    writes: Act | None = None
    """And to post to it, whatever is posted."""
    sends: Mapping[str, str] = NOTHING
    """Fields that do what it is for; ``{client}`` and the like name what the sender's firm has."""
    at_once: bool = True
    """Whether these do it at once, and not only show what they would do."""
    leads_on: bool = False
    """Whether who may read it is led elsewhere."""
    shows: bool = True
    """Whether its page says a word of what it is about: a title, a name, a label."""
    instead: Mapping[str, str] = NOTHING
    """Points of view that get another answer than ``who`` gives them."""
    only: tuple[str, ...] = ()
    """Points of view for whom alone it is there; to all others who come so far it is not."""
    asks: Mapping[str, str] = NOTHING
    """A query that names things, as ``sends`` does."""

    def act(self, method: str) -> Act | None:
        """What a role in a firm must include."""
        reads, writes = ACTS.get(self.who, (None, None))
        return (self.reads or reads) if method in READ else (self.writes or writes)
