"""What the names of acts in a log mean, in the words of the page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Final[Mapping[str, str]] = {
    # The firm and its members.
    "entered": "went to work in the firm",
    "firm_changed": "changed the name or the disclaimer of the firm",
    "firm_made": "made the firm",
    "invitation_withdrawn": "withdrew an invitation",
    "invited": "invited somebody to work here",
    "joined": "became a member",
    "log_exported": "took the log away as a file",
    "member_removed": "took a member out of the firm",
    "firm_deleted": "deleted the firm with all clients and scenarios",
    "member_left": "went from the firm",
    "sessions_ended": "signed a member out everywhere",
    "role_changed": "gave a member another role",
    # Its clients.
    "client_archived": "archived a client",
    "client_changed": "changed a client",
    "client_deleted": "deleted a client with all scenarios",
    "client_made": "took on a client",
    "client_unarchived": "took a client out of the archive",
    "plan_marked": "chose the scenario that stands for a client",
    # The book.
    "book_exported": "took the table of clients away",
    "book_import_undone": "took an import of clients back",
    "book_imported": "imported clients and what they hold",
    "book_seen": "looked at the book",
    "book_view_deleted": "deleted a view of the firm's",
    "book_view_saved": "saved a view for the firm",
    "dates_exported": "took the dates of clients away",
    "feed_ended": "ended a calendar feed",
    "feed_made": "made a calendar feed",
    # Proposals to its clients.
    "logo_changed": "put up another logo",
    "logo_removed": "took the logo down",
    "proposal_changed": "changed the draft of a proposal",
    "proposal_copied": "began a proposal as a copy of another",
    "proposal_deleted": "deleted a proposal with all that was given of it",
    "proposal_exported": "took a proposal away as PDF",
    "proposal_issued": "gave a proposal to a client",
    "proposal_link_made": "made a link to what a client was given",
    "proposal_link_revoked": "revoked a link to what a client was given",
    "proposal_made": "began a proposal",
    "proposal_opened": "opened a proposal by a link",
    "proposal_seen": "looked at a proposal",
    # Accounts of its clients.
    "client_closed": "closed a household to the firm, as nobody of it is linked any more",
    "client_erased": "erased a household that left 30 days before",
    "client_exported": "downloaded all scenarios of a client",
    "client_invitation_withdrawn": "withdrew the invitation of a client",
    "client_invited": "invited a client",
    "client_linked": "linked their account with the firm",
    "client_linked_again": "linked their household with the firm again",
    "client_unlinked": "ended the link of an account with the firm",
    "comment_deleted": "deleted a comment of their own",
    "commented": "commented on what is published",
    "figures_declined": "declined figures that a client proposed",
    "figures_kept_beside": "kept figures that a client proposed as a scenario",
    "figures_proposed": "proposed figures",
    "figures_taken": "took over figures that a client proposed",
    "publication_read": "read what is published to a client",
    "publication_withdrawn": "withdrew what was published to a client",
    "published": "published a scenario to a client",
    # Across the book.
    "run_begun": "asked something of many clients",
    "run_deleted": "deleted the results of a question to many clients",
    "run_exported": "took the results of a question to many clients away",
    "run_seen": "looked at the results of a question to many clients",
    "run_stopped": "stopped a question to many clients",
    "year_closed_for_many": "closed a year for many clients",
    "year_closing_undone": "took the closing of a year for many clients back",
    # What a role did not include, by the name of the permission.
    "change": "tried to change clients or their scenarios",
    "delete": "tried to delete clients or scenarios",
    "export": "tried to take files away",
    "import_a_book": "tried to import a book of clients",
    "invite_clients": "tried to invite a client",
    "manage": "tried to manage the firm and its members",
    "read_the_log": "tried to read the log",
    "run_across_the_book": "tried to compute the whole book anew",
    "see": "tried to see clients",
    "share": "tried to share, publish or propose",
}
"""By the name that is written down.  A name stands for good: rows that have it stay."""
