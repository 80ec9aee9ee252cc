from __future__ import annotations

from django.urls import path

from amtweb.proposals.views import drafts, holder, issues, links, listing, logo

app_name = "proposals"

ONE = "proposals/<slug:public_id>/"
ISSUE = f"{ONE}issues/<int:number>/"
SHARED = "shared/<slug:token>/proposal/"

urlpatterns = [
    path("proposals/", listing.proposals, name="proposals"),
    path("clients/<slug:public_id>/propose/", drafts.new_proposal, name="new"),
    path(ONE, drafts.proposal, name="proposal"),
    path(f"{ONE}edit/", drafts.edit, name="edit"),
    path(f"{ONE}preview/", drafts.preview, name="preview"),
    path(f"{ONE}preview/logo", drafts.preview_logo, name="preview_logo"),
    path(f"{ONE}duplicate/", drafts.duplicate, name="duplicate"),
    path(f"{ONE}delete/", drafts.delete, name="delete"),
    path(f"{ONE}give/", issues.give, name="give"),
    path(ISSUE, issues.issue, name="issue"),
    path(f"{ISSUE}proposal.pdf", issues.pdf, name="pdf"),
    path(f"{ISSUE}logo", issues.logo, name="logo_of_issue"),
    path(f"{ISSUE}links/", links.links, name="links"),
    path(f"{ISSUE}links/make/", links.make, name="make_link"),
    path(f"{ISSUE}links/<slug:fingerprint>/revoke/", links.revoke, name="revoke_link"),
    path("firm/logo/", logo.logo, name="logo"),
    path("firm/logo/put-up/", logo.put_up, name="put_up_logo"),
    path("firm/logo/take-down/", logo.take_down, name="take_down_logo"),
    path(SHARED, holder.shared, name="shared"),
    path(f"{SHARED}opened/", holder.note_opening, name="opened"),
    path(f"{SHARED}proposal.pdf", holder.pdf, name="shared_pdf"),
    path(f"{SHARED}logo", holder.logo, name="shared_logo"),
]
