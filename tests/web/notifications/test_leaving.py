"""Leaving a kind of mail: a look asks, one click does it, signing in is never needed."""

import pytest
from django.test import Client

from financehub.notifications import preferring, unsubscribing
from financehub.notifications.kinds import KINDS


@pytest.fixture
def path(ana):
    return "/" + unsubscribing.link(ana, "bill_due").split("/", 3)[3]


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True)


def mailed(person):
    return "email" in preferring.channels_of(person, KINDS["bill_due"])


def test_a_scanner_that_follows_links_changes_nothing(visitor, path, ana):
    page = visitor.get(path)
    assert "Não enviar mais este aviso por e-mail?" in page.content.decode()
    assert "Fatura vai vencer" in page.content.decode()
    assert mailed(ana)


def test_one_click_leaves_and_another_comes_back(visitor, path, ana):
    assert "Pronto" in visitor.post(path).content.decode()
    assert not mailed(ana)
    assert "volta a ir por e-mail" in visitor.post(path, {"undo": "1"}).content.decode()
    assert mailed(ana)


def test_a_mail_program_does_it_by_itself(visitor, path, ana):
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not mailed(ana)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_made_up_address_is_none(visitor, db, method):
    assert getattr(visitor, method)("/avisos/sair/made-up").status_code == 410


def test_the_page_names_nobody(visitor, path, ana):
    assert ana.email not in visitor.get(path).content.decode()
