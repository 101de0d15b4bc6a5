"""`register_webhooks`: each vendor that is on, whatever is missing at the other."""

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:9/api/webhooks/pluggy"


@pytest.fixture(autouse=True)
def nobody_is_on(settings):
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = settings.STRIPE_SECRET_KEY = ""
    settings.PLUGGY_WEBHOOK_URL, settings.PLUGGY_ATTEMPTS = URL, 1


def test_registers_at_both_and_says_what_it_did(stripe_api, simulator, capsys):
    call_command("register_webhooks")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("pluggy: created ")
    assert second.startswith("stripe: created we_")
    call_command("register_webhooks")
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["unchanged", "unchanged"]


def test_leaves_a_vendor_alone_that_is_off(stripe_api, capsys):
    call_command("register_webhooks")
    assert capsys.readouterr().out.startswith("stripe: created")


def test_registers_at_stripe_when_pluggys_address_is_missing_and_then_says_so(
    stripe_api, simulator, settings, capsys
):
    settings.PLUGGY_WEBHOOK_URL = ""
    with pytest.raises(CommandError, match="pluggy: PLUGGY_WEBHOOK_URL is empty"):
        call_command("register_webhooks")
    assert capsys.readouterr().out.startswith("stripe: created")


def test_registers_at_stripe_when_pluggy_does_not_answer(stripe_api, settings, capsys):
    settings.PLUGGY_BASE_URL = "http://127.0.0.1:9"
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "nobody"
    with pytest.raises(CommandError, match="pluggy refused"):
        call_command("register_webhooks")
    assert capsys.readouterr().out.startswith("stripe: created")


def test_says_that_there_is_nobody_to_register_at():
    with pytest.raises(CommandError, match="Neither"):
        call_command("register_webhooks")
