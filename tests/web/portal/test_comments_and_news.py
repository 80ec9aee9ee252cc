"""What both sides say beside what is published, and how they are told of it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.utils import timezone

from amtweb.accounts import upkeep
from amtweb.accounts.export import tables_of
from amtweb.portal import notices
from amtweb.portal.models import Comment, MailWish, Notice
from tests.web.portal.scene import scene

pytestmark = pytest.mark.django_db


def test_comments_stand_beside_the_year_and_the_line_that_they_are_about() -> None:
    s = scene()
    about = "2027:form_6251-11"
    hostile = "<b>2,000</b> \u202e & more"
    s.ada.client.post(f"{s.by_client}comment/", {"text": hostile, "about": about})
    s.people.assistant.client.post(f"{s.by_firm}comment/", {"text": "See", "about": "2027"})

    for person, page in ((s.ada, s.by_client), (s.people.reader, s.by_firm)):
        read = person.client.get(f"{page}worksheets/2027/").content.decode()
        assert "&lt;b&gt;2,000&lt;/b&gt;" in read
        assert "<b>2,000" not in read
        line = read.index('id="form_6251-11"')
        assert line < read.index("&lt;b&gt;") < read.index("<tr id=", line + 1)
        assert "See" in read
        assert "See" not in person.client.get(f"{page}worksheets/2026/").content.decode()
        assert "Form 6251 line 11" in person.client.get(page).content.decode()
    told = s.ada.client.get(s.by_client).content.decode()
    assert "assistant@example.org" not in told
    assert "Canary Advisors" in told


@pytest.mark.parametrize("about", ["2020", "2027:form_6251-999", "x", "2027:", "99999999999"])
def test_a_comment_is_beside_something_that_there_is(about: str) -> None:
    s = scene()
    fields = {"text": "Hm", "about": about}
    response = s.ada.client.post(f"{s.by_client}comment/", fields)
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert not Comment.objects.exists()


def test_what_is_too_long_or_empty_is_told_and_kept_in_its_field() -> None:
    s = scene()
    for text, said in (("", "Write a comment first"), ("x" * 2_001, "up to 2,000")):
        response = s.ada.client.post(f"{s.by_client}comment/", {"text": text})
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in response.content.decode()
        assert text in response.content.decode()


def test_a_comment_is_deleted_by_its_writer_alone() -> None:
    s = scene()
    for _ in range(2):
        s.ada.client.post(f"{s.by_client}comment/", {"text": "Mine", "tab": "a page"})
    comment = Comment.objects.get()
    bob, _ = s.another("bob@example.org")
    for person, page in ((bob, s.by_client), (s.people.advisor, s.by_firm)):
        response = person.client.post(f"{page}comments/{comment.public_id}/delete/")
        assert response.status_code == HTTPStatus.NOT_FOUND
    s.ada.client.post(f"{s.by_client}comments/{comment.public_id}/delete/")
    assert not Comment.objects.exists()


def test_the_advisor_in_charge_is_told_at_work_and_others_are_not() -> None:
    s = scene()
    s.ada.client.post(f"{s.by_client}comment/", {"text": "Canary comment"})
    advisor, admin = s.people.advisor, s.people.admin

    assert "not read" in advisor.client.get("/clients/").content.decode()
    news = advisor.client.get("/news/").content.decode()
    assert "New comment" in news
    assert "Canary comment" not in news
    assert "New comment" not in admin.client.get("/news/").content.decode()
    assert "<strong>New</strong>" in advisor.client.get(s.by_firm).content.decode()
    advisor.client.post(f"{s.by_firm}comments/read/")
    assert "<strong>New</strong>" not in advisor.client.get(s.by_firm).content.decode()
    # Of what is a firm's, the person hears only there.
    advisor.client.post("/workspaces/own/enter/")
    assert "New comment" not in advisor.client.get("/news/").content.decode()


def test_one_reads_own_news_alone() -> None:
    s = scene()
    bob, _ = s.another("bob@example.org")
    notice = Notice.objects.get(user=s.ada.user)

    bob.client.post("/news/read/", {"notice": str(notice.pk)})
    assert Notice.objects.get(pk=notice.pk).read_at is None
    s.ada.client.post("/news/read/")
    assert Notice.objects.get(pk=notice.pk).read_at is not None


def test_ten_changes_in_ten_minutes_make_one_mail_that_says_nothing_of_them() -> None:
    s = scene()
    for number in range(10):
        fields = {"text": f"Canary {number}", "about": "2026"}
        s.people.advisor.client.post(f"{s.by_firm}comment/", fields)
    mail.outbox.clear()

    assert [notices.mail_to(s.ada.user.pk) for _ in range(3)] == [True, False, False]
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert "from your advisor at Canary Advisors" in letter.body
    for word in ("Plan", "household", "$", "2026", "comment", "http"):
        assert word not in f"{letter.subject}{letter.body}"


def test_what_came_within_the_hour_is_mailed_by_the_daily_upkeep_if_it_is_wanted() -> None:
    s = scene()
    assert notices.mail_to(s.ada.user.pk)
    s.people.advisor.client.post(f"{s.by_firm}comment/", {"text": "More"})
    mail.outbox.clear()
    upkeep.tidy()
    assert [letter.to for letter in mail.outbox if letter.to == [s.ada.email]] == []

    MailWish.objects.update(last_at=timezone.now() - timedelta(hours=1))
    upkeep.tidy()
    assert [letter.to for letter in mail.outbox].count([s.ada.email]) == 1

    s.ada.client.post("/news/mails/", {"wanted": "no"})
    MailWish.objects.update(last_at=None)
    s.people.advisor.client.post(f"{s.by_firm}comment/", {"text": "And more"})
    assert not notices.mail_to(s.ada.user.pk)


def test_the_data_of_a_client_is_without_what_the_firm_is_told() -> None:
    told = scene()
    told.ada.client.post(f"{told.by_client}comment/", {"text": "Hello", "about": "", "tab": "t"})
    assert Notice.objects.filter(firm=told.people.firm, comment__isnull=False).exists()

    tables = tables_of(told.ada.user)

    assert [each.text for each in tables[Comment].values()] == ["Hello"]
    assert {each.user_id for each in tables[Notice].values()} == {told.ada.user.pk}
