"""Browsers that asked to be told: whose they are, how many, and what is no browser."""

import pytest
from tests.push_service import PlayedBrowser

from financehub.core.errors import Invalid, NotFound
from financehub.notifications import pushing
from financehub.notifications.models import PushSubscription


@pytest.fixture
def browser(push):
    return PlayedBrowser(push)


def subscribe(person, browser):
    return pushing.subscribe(person=person, subscription=browser.subscription, browser="Chrome · Linux")


def test_the_same_browser_again_is_the_same_row(ana, browser):
    subscribe(ana, browser)
    subscribe(ana, browser)
    assert [kept.browser for kept in pushing.browsers_of(ana)] == ["Chrome · Linux"]


def test_after_another_person_signed_in_there_it_is_theirs(ana, bruno, browser):
    subscribe(ana, browser)
    subscribe(bruno, browser)
    assert (pushing.browsers_of(ana), len(pushing.browsers_of(bruno))) == ([], 1)


def test_the_address_is_sealed(ana, browser):
    subscribe(ana, browser)
    raw = PushSubscription.objects.extra(select={"raw": "subscription"}).values_list("raw", flat=True).get()
    assert b"/push/one" not in bytes(raw)


def test_there_is_an_end_to_browsers(ana, push):
    for number in range(pushing.MOST_BROWSERS + 2):
        subscribe(ana, PlayedBrowser(push, str(number)))
    kept = [pushing.browser_of(one).endpoint for one in pushing.browsers_of(ana)]
    assert len(kept) == pushing.MOST_BROWSERS
    assert not any(endpoint.endswith("/push/0") for endpoint in kept)


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"endpoint": "https://p.example/1"},
        {"endpoint": "javascript:alert(1)", "keys": {"p256dh": "A", "auth": "A"}},
        {"endpoint": "https://p.example/1", "keys": {"p256dh": "A", "auth": "A"}},
    ],
)
def test_what_is_no_browser_is_refused(ana, push, told):
    with pytest.raises(Invalid):
        pushing.subscribe(person=ana, subscription=told, browser="x")


def test_without_a_key_there_is_no_push(ana, browser, settings):
    settings.VAPID_KEY = ""
    assert not pushing.is_on()
    with pytest.raises(pushing.PushIsOff):
        subscribe(ana, browser)


def test_the_subject_is_ours_or_our_mail_address(push, settings):
    settings.DEFAULT_FROM_EMAIL = "Finance Hub <ops@hub.example>"
    assert pushing.vapid().subject == "mailto:ops@hub.example"
    settings.IS_HTTPS, settings.PUBLIC_URL = True, "https://hub.example"
    assert pushing.vapid().subject == "https://hub.example"


def test_a_browser_is_forgotten_by_its_person_only(ana, bruno, browser):
    kept = subscribe(ana, browser)
    with pytest.raises(NotFound):
        pushing.forget(person=bruno, key=kept.pk)
    pushing.forget(person=ana, key=kept.pk)
    assert pushing.browsers_of(ana) == []
