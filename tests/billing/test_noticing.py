"""A word to the owners is said once, in their language, without an address of Stripe's."""

from pathlib import Path

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.utils import translation
from tests.builders import make_member, make_user

from financehub.billing import noticing
from financehub.companies.models import Role
from financehub.notifications.kinds import KINDS as TOLD

FOLDER = Path("src/financehub/billing/templates/billing/email")
KINDS = sorted({file.name.rsplit("_", 1)[0] for file in FOLDER.iterdir()})
WORDS = {
    "company": "Padaria",
    "amount": "R$ 29,00",
    "day": "01/02/2026",
    "last_day": "03/02/2026",
    "link": "L",
}


@pytest.mark.django_db
def test_is_said_once_to_every_owner_in_their_language(
    bakery, ana, bruno, django_capture_on_commit_callbacks
):
    english = make_user(email="eve@example.com", language="en")
    make_member(company=bakery, user=english, role=Role.OWNER)
    with django_capture_on_commit_callbacks(execute=True):
        assert noticing.tell_once(bakery, "payment_recovered", about="in_1")
        assert not noticing.tell_once(bakery, "payment_recovered", about="in_1")
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["ana@example.com"], "Pagamento recebido, obrigado"),
        (["eve@example.com"], "Payment received, thank you"),
    ]


def test_every_text_is_of_a_kind_that_can_be_told():
    assert {name for name, kind in TOLD.items() if kind.template.startswith("billing/")} == set(KINDS)


def test_who_comes_later_is_not_told_of_what_was_said(bakery, ana, django_capture_on_commit_callbacks):
    noticing.tell_once(bakery, "payment_recovered", about="in_1")
    make_member(company=bakery, user=make_user(email="eve@example.com"), role=Role.OWNER)
    with django_capture_on_commit_callbacks(execute=True):
        assert not noticing.tell_once(bakery, "payment_recovered", about="in_1")
    assert mail.outbox == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_has_two_languages_and_the_link_to_our_page(kind):
    texts = {}
    for language in ("pt-br", "en"):
        with translation.override(language):
            texts[language] = render_to_string(f"billing/email/{kind}_message.txt", WORDS)
            assert render_to_string(f"billing/email/{kind}_subject.txt", WORDS).strip()
    assert texts["pt-br"] != texts["en"]
    assert all(text.rstrip().endswith("L") for text in texts.values())
