"""`financehub reseal` as an operator runs it."""

import io

import pytest
from django.core.management import call_command
from pytest_django import Settings
from tests.builders import make_account

from financehub.banking.models import Account
from financehub.companies import api_keys
from financehub.companies.models import Company, User
from financehub.core import crypto

pytestmark = pytest.mark.django_db

OLD, NEW = f"old:{crypto.new_key()}", f"new:{crypto.new_key()}"


def reseal() -> str:
    told = io.StringIO()
    call_command("reseal", stdout=told, stderr=told)
    return told.getvalue()


def test_a_whole_rotation_loses_nothing_and_ends_without_the_old_key(
    settings: Settings, ana: User, bakery: Company
) -> None:
    settings.FINANCEHUB_KEYS = OLD
    index = crypto.blind_index("76109277673", purpose="document")
    make_account(company=bakery, document="76109277673", document_index=index)
    issued = api_keys.issue(
        company=bakery, name="x", scopes=["read"], creator=ana, by=api_keys.Actor("user", ana.id)
    )
    settings.FINANCEHUB_KEYS = f"{NEW},{OLD}"
    told = reseal()
    assert "banking_account.document: 1 sealed again" in told
    entry = told.splitlines()[-1]
    assert entry.startswith("index:")
    settings.FINANCEHUB_KEYS = f"{NEW},{entry}"
    found = Account.objects.of(bakery).get(
        document_index=crypto.blind_index("76109277673", purpose="document")
    )
    assert found.document == "76109277673"
    assert api_keys.authenticate(issued.secret).pk == issued.key.pk
    assert "index:" not in reseal()


def test_a_key_that_left_too_early_is_told_and_nothing_is_lost(settings: Settings) -> None:
    settings.FINANCEHUB_KEYS = OLD
    account = make_account(number="1234")
    settings.FINANCEHUB_KEYS = NEW
    told = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("reseal", stdout=told, stderr=told)
    assert "banking_account.number: 1 values open with no key of the ring" in told.getvalue()
    settings.FINANCEHUB_KEYS = f"{NEW},{OLD}"
    reseal()
    settings.FINANCEHUB_KEYS = NEW
    assert Account.objects.of(account.company_id).get().number == "1234"
