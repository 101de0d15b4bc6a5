"""The tray: a person's notifications in words, read by a click, across the person's companies."""

import pytest
from tests.builders import make_company, make_member
from tests.people import signed_in

from financehub.audit.recording import Target
from financehub.notifications import reading
from financehub.notifications.telling import tell

WORDS = {"institution": "Banco <Azul>"}


@pytest.fixture
def told(bakery, ana):
    return tell(bakery, "connection_refused", key="1", words=WORDS, about=Target("item", "01a2"))[0]


@pytest.fixture
def browser(ana):
    return signed_in(ana)


def test_says_what_needs_the_person_in_the_language_of_the_page(browser, told):
    page = browser.get("/avisos").content.decode()
    assert "Reconecte Banco &lt;Azul&gt;" in page
    assert "Precisa de você" in page
    browser.cookies["django_language"] = "en"
    assert "Reconnect Banco &lt;Azul&gt;" in browser.get("/avisos").content.decode()


def test_the_bell_of_every_page_counts(browser, told):
    assert '<span class="bell-number">1</span>' in browser.get("/transacoes").content.decode()
    assert browser.get("/avisos/quantos").json() == {"unread": 1}


def test_opening_one_reads_it_and_leads_to_what_helps(browser, told, ana):
    answer = browser.post(f"/avisos/{told.pk}/abrir")
    assert answer.headers["Location"] == "/conexoes/01a2"
    assert reading.unread_count(ana) == 0


def test_opening_one_of_another_company_goes_over_there(browser, told, ana):
    other = make_company(name="Outra")
    make_member(company=other, user=ana)
    (row,) = tell(other, "salary_in", key="1", to=[ana])
    assert "Outra" in browser.get("/avisos").content.decode()
    browser.post(f"/avisos/{row.pk}/abrir")
    assert browser.session["company_id"] == str(other.pk)


def test_read_ones_leave_the_list_of_unread(browser, told):
    assert "Reconecte" in browser.get("/avisos?mostrar=nao-lidos").content.decode()
    browser.post(f"/avisos/{told.pk}/lido")
    page = browser.get("/avisos?mostrar=nao-lidos").content.decode()
    assert "Reconecte" not in page
    assert "Tudo lido" in page


def test_all_are_read_at_once(browser, told, bakery, ana):
    tell(bakery, "salary_in", key="1", to=[ana])
    assert browser.post("/avisos/lidos").status_code == 302
    assert reading.unread_count(ana) == 0


def test_nobody_opens_what_another_was_told(told, bruno):
    stranger = signed_in(bruno)
    assert stranger.post(f"/avisos/{told.pk}/abrir").status_code == 404
    assert stranger.post(f"/avisos/{told.pk}/lido").status_code == 404
    assert "Reconecte" not in stranger.get("/avisos").content.decode()


def test_a_cursor_that_is_none_starts_again(browser, told):
    assert browser.get("/avisos?depois=x").headers["Location"] == "/avisos"


def test_an_empty_tray_teaches(browser, ana):
    assert "Nenhum aviso por aqui" in browser.get("/avisos").content.decode()
