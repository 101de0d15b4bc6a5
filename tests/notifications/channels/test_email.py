"""Mail over a real SMTP connection: text and HTML, the way out of it, and what a refusal means."""

import re

import pytest
from django.test import Client

from financehub.companies.models import User
from financehub.core import clock
from financehub.notifications import delivering
from financehub.notifications.models import ChannelBlock, Delivery, Notification, Preference

Status = Delivery.Status


def deliver(delivery):
    return delivering.deliver(str(delivery.pk))


class TestWhatArrives:
    @pytest.fixture
    def mail(self, smtp, make_delivery):
        deliver(make_delivery(kind="salary_in"))
        return smtp.mails[0]

    def test_is_in_the_readers_language_as_text_and_as_html(self, mail):
        assert (mail["To"], mail["Subject"]) == ("ana@example.com", "Salário na conta: R$ 5.000,00")
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        for part in (text, html):
            assert "Salário na conta: R$ 5.000,00" in part
            assert "Olá, Ana." in part
            assert "/transacoes/" in part
        assert 'lang="pt-br"' in html

    def test_knows_the_dark(self, mail):
        html = mail.get_body(("html",)).get_content()
        assert '<meta name="color-scheme" content="light dark">' in html
        assert "prefers-color-scheme: dark" in html

    def test_escapes_what_others_wrote(self, smtp, make_delivery):
        words = {"amount": "R$ 1,00", "description": "<b>x</b>", "account": "c", "day": "d"}
        deliver(make_delivery(words=words))
        assert "&lt;b&gt;x&lt;/b&gt;" in smtp.mails[0].get_body(("html",)).get_content()
        assert "<b>x</b>" in smtp.mails[0].get_body(("plain",)).get_content()

    def test_a_line_break_in_a_name_breaks_no_header(self, smtp, make_delivery):
        words = {"card": "Black\nBcc: x@y.z", "amount": "R$ 1,00", "day": "d"}
        delivery = deliver(make_delivery(kind="bill_due", words=words))
        assert (delivery.status, delivery.reason) == (Status.SENT, "")
        assert "Black Bcc: x@y.z" in smtp.mails[0]["Subject"]

    def test_an_address_that_mail_cannot_carry_is_refused_once(self, smtp, make_delivery, ana):
        ana.email = "ana@exa mple\u2028.com"
        ana.save()
        assert deliver(make_delivery()).status == Status.FAILED

    def test_has_one_id_however_often_it_is_tried(self, smtp, make_delivery):
        smtp.refused_data = "451 later"
        delivery = deliver(make_delivery())
        assert (delivery.status, delivery.reason) == (Status.WAITING, "smtp_451")
        smtp.refused_data = ""
        Delivery.objects.of(delivery.company_id).update(due_at=clock.now())
        deliver(delivery)
        assert smtp.mails[0]["Message-ID"].startswith(f"<{delivery.pk}@")


class TestTheWayOut:
    def test_a_mail_program_leaves_in_one_step_without_signing_in(self, smtp, make_delivery, ana):
        deliver(make_delivery())
        headers = smtp.mails[0]
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = re.sub(r"^<https?://[^/]+|>$", "", headers["List-Unsubscribe"].strip())
        answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert Preference.objects.get(person=ana, kind="salary_in", channel="email").is_on is False

    def test_security_mails_have_none(self, smtp, make_delivery):
        deliver(make_delivery(kind="new_sign_in", words={"at": "x", "address": "y"}))
        assert smtp.mails[0]["List-Unsubscribe"] is None


class TestRefusals:
    def test_an_address_that_takes_no_mail_switches_the_channel_off_and_says_so(
        self, smtp, make_delivery, ana
    ):
        smtp.refused_addresses["ana@example.com"] = "550 5.1.1 no such user"
        delivery = deliver(make_delivery())
        assert (delivery.status, delivery.reason) == (Status.FAILED, "smtp_550")
        assert ChannelBlock.objects.get(person=ana).reason == "smtp_550"
        told = Notification.objects.for_person(ana).get(kind="channel_off")
        assert (told.is_on_tray, told.words) == (True, {"channel": "email", "reason": "smtp_550"})
        assert not told.deliveries.filter(channel="email").exists()

    @pytest.mark.parametrize(("reply", "reason"), [("450 4.2.1 full", "smtp_450"), ("421 busy", "smtp_421")])
    def test_a_refusal_for_now_is_tried_again(self, smtp, make_delivery, reply, reason):
        smtp.refused_addresses["ana@example.com"] = reply
        delivery = deliver(make_delivery())
        assert (delivery.status, delivery.reason) == (Status.WAITING, reason)
        assert not ChannelBlock.objects.exists()

    def test_a_refused_text_says_nothing_about_the_reader(self, smtp, make_delivery):
        smtp.refused_data = "554 5.7.1 looks like spam"
        delivery = deliver(make_delivery())
        assert (delivery.status, delivery.reason) == (Status.FAILED, "smtp_554")
        assert not ChannelBlock.objects.exists()

    def test_somebody_who_left_gets_nothing(self, smtp, make_delivery, ana):
        delivery = make_delivery()
        User.objects.filter(pk=ana.pk).update(is_active=False)
        assert deliver(delivery).status == Status.SKIPPED
        assert smtp.mails == []
