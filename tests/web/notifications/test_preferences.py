"""A person's own page: the table of choices, hours, channels that refused, browsers, what did not arrive."""

import pytest
from tests.people import signed_in

from financehub.core import clock
from financehub.notifications import preferring, rhythm
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import ChannelBlock, Delivery, Preference
from financehub.notifications.telling import tell

PAGE = "/avisos/preferencias"


@pytest.fixture
def browser(ana):
    return signed_in(ana)


def boxes(page):
    """Every box of the table: (value, is on, is locked)."""
    parts = page.split('<input type="checkbox" name="on" value="')[1:]
    return {part.split('"')[0]: (" checked" in part[:200], " disabled" in part[:200]) for part in parts}


def test_the_table_shows_defaults_and_what_cannot_be_off(browser, ana):
    table = boxes(browser.get(PAGE).content.decode())
    assert table["salary_in:tray"] == (True, False)
    assert table["salary_in:email"] == (False, False)
    assert table["new_sign_in:email"] == (True, True)
    assert len(table) == 4 * (len(KINDS) - 1)


def test_every_box_has_a_name_for_those_who_do_not_see_the_table(browser, ana):
    page = browser.get(PAGE).content.decode()
    assert 'aria-label="Salário na conta por E-mail"' in page
    assert '<th scope="row">Salário na conta</th>' in page


def test_saving_the_table_keeps_exactly_what_is_ticked(browser, ana):
    ticked = [value for value, (is_on, _) in boxes(browser.get(PAGE).content.decode()).items() if is_on]
    wanted = [value for value in ticked if value != "salary_in:tray"] + ["salary_in:email"]
    browser.post(f"{PAGE}/tabela", {"on": wanted})
    kept = sorted(Preference.objects.values_list("kind", "channel", "is_on"))
    assert kept == [("salary_in", "email", True), ("salary_in", "tray", False)]
    assert boxes(browser.get(PAGE).content.decode())["salary_in:email"] == (True, False)


def test_a_made_up_form_switches_no_security_off(browser, ana):
    browser.post(f"{PAGE}/tabela", {"on": []})
    assert "email" in preferring.channels_of(ana, KINDS["new_sign_in"])
    assert "email" not in preferring.channels_of(ana, KINDS["bill_due"])


def test_hours_are_kept_and_nonsense_is_refused(browser, ana):
    hours = {
        "time_zone": "America/Manaus",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "digest_at": "09:30",
    }
    browser.post(f"{PAGE}/horarios", hours)
    assert str(rhythm.of(ana).digest_at) == "09:30:00"
    answer = browser.post(f"{PAGE}/horarios", {**hours, "quiet_from": "25:00"}, follow=True)
    assert "Confira o fuso e os horários." in answer.content.decode()
    assert str(rhythm.of(ana).quiet_from) == "22:00:00"


def test_a_channel_that_refused_says_why_and_comes_on_again(browser, ana):
    ChannelBlock.objects.create(person=ana, channel="email", reason="smtp_550", created_at=clock.now())
    assert "O servidor de e-mail recusou (código 550)" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}/ligar", {"channel": "email"})
    assert not ChannelBlock.objects.exists()


def test_what_did_not_arrive_is_shown_with_its_reason(browser, ana, bakery):
    tell(bakery, "connection_refused", key="1", words={"institution": "Azul"})
    Delivery.objects.of(bakery).update(status="failed", reason="smtp_550")
    page = browser.get(PAGE).content.decode()
    assert "Banco precisa ser reconectado · E-mail" in page
    assert "O servidor de e-mail recusou (código 550)" in page


def test_without_a_key_pair_the_page_says_that_push_is_off(browser, ana):
    page = browser.get(PAGE).content.decode()
    assert "Os avisos do navegador não estão configurados nesta instalação." in page
    assert "push.js" not in page
