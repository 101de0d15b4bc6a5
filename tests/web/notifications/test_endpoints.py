"""Outgoing webhooks of the company: shown to those who manage it, the secret once, every failure with its reason."""

import re

import pytest
from tests.people import signed_in
from tests.receiver import receiving

from financehub.notifications.models import Delivery, WebhookEndpoint
from financehub.notifications.telling import tell

PAGE = "/avisos/webhooks"


@pytest.fixture
def browser(ana):
    return signed_in(ana)


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as found:
        yield found


@pytest.fixture
def endpoint(browser, receiver, bakery):
    browser.post(
        f"{PAGE}/novo", {"url": f"{receiver.url}/hook", "description": "ERP", "kinds": ["salary_in"]}
    )
    return WebhookEndpoint.objects.of(bakery).get()


def secret_on(answer):
    return re.search(r'value="(whsec_[^"]+)"', answer.content.decode())[1]


def test_the_secret_is_shown_once(browser, receiver, ana, bakery):
    answer = browser.post(f"{PAGE}/novo", {"url": receiver.url})
    assert secret_on(answer) == WebhookEndpoint.objects.of(bakery).get().secret
    assert "no-store" in answer.headers["Cache-Control"]
    assert "whsec_" not in browser.get(PAGE).content.decode()


def test_a_viewer_sees_nothing_of_it(endpoint, bruno):
    viewer = signed_in(bruno)
    assert viewer.get(PAGE).status_code == 403
    assert viewer.get(f"{PAGE}/{endpoint.pk}").status_code == 403
    assert viewer.post(f"{PAGE}/novo", {"url": "https://x.example/"}).status_code == 403


@pytest.mark.parametrize("url", ["ftp://x.example/", "nothing", "https://a:b@x.example/"])
def test_an_address_that_does_not_do_says_what_would(browser, ana, url):
    answer = browser.post(f"{PAGE}/novo", {"url": url}, follow=True)
    assert "Use um endereço https público" in answer.content.decode()
    assert not WebhookEndpoint.objects.across_companies().exists()


def test_a_new_secret_says_how_long_the_former_signs(browser, endpoint):
    fresh = secret_on(browser.post(f"{PAGE}/{endpoint.pk}/segredo"))
    assert fresh != endpoint.secret
    assert "O segredo anterior ainda assina até" in browser.get(f"{PAGE}/{endpoint.pk}").content.decode()


def test_what_failed_shows_why_and_is_sent_again(
    browser, endpoint, receiver, bakery, django_capture_on_commit_callbacks
):
    receiver.answers(500)
    with django_capture_on_commit_callbacks(execute=True):
        tell(bakery, "salary_in", key="1")
    Delivery.objects.of(bakery).filter(channel="webhook").update(status="failed")
    page = browser.get(f"{PAGE}/{endpoint.pk}").content.decode()
    assert "O endereço respondeu 500" in page
    assert "Falha desde" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(f"{PAGE}/{endpoint.pk}/reenviar", follow=True)
    assert "1 na fila de novo." in answer.content.decode()
    delivery = Delivery.objects.of(bakery).get(channel="webhook")
    assert (delivery.status, len(receiver.requests)) == ("sent", 2)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/avisos/entregas/{delivery.pk}/reenviar")
    assert len(receiver.requests) == 3


def test_what_waits_is_not_queued_twice(browser, endpoint, bakery):
    tell(bakery, "salary_in", key="1")
    delivery = Delivery.objects.of(bakery).get(channel="webhook")
    answer = browser.post(f"/avisos/entregas/{delivery.pk}/reenviar", follow=True)
    assert "Esta entrega já está na fila." in answer.content.decode()


def test_off_on_and_gone(browser, endpoint, bakery):
    browser.post(f"{PAGE}/{endpoint.pk}/desligar")
    assert "Desligado" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}/{endpoint.pk}/ligar")
    assert "Nada enviado ainda" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}/{endpoint.pk}/remover")
    assert not WebhookEndpoint.objects.of(bakery).exists()
