"""The link in a mail: it does one thing for one person, without signing in, and cannot be made up."""

import pytest
from django.core import signing

from financehub.core.errors import Invalid, NotFound
from financehub.notifications import preferring, unsubscribing
from financehub.notifications.kinds import KINDS


def token_of(address):
    return address.rpartition("/")[2]


def mailed(person, kind):
    return "email" in preferring.channels_of(person, KINDS[kind])


def test_one_kind_of_one_person_by_mail_only(ana, bruno):
    person, kind = unsubscribing.unsubscribe(token_of(unsubscribing.link(ana, "bill_due")))
    assert (person, kind.name) == (ana, "bill_due")
    assert not mailed(ana, "bill_due")
    assert mailed(ana, "bill_overdue")
    assert mailed(bruno, "bill_due")
    assert "tray" in preferring.channels_of(ana, KINDS["bill_due"])


def test_a_mistake_is_taken_back(ana):
    token = token_of(unsubscribing.link(ana, "bill_due"))
    unsubscribing.unsubscribe(token)
    unsubscribing.unsubscribe(token, is_on=True)
    assert mailed(ana, "bill_due")


@pytest.mark.parametrize(
    "made_up", ["", "x", signing.dumps(["01a21644-4009-778c-9ca7-ca6e4b8aab4d", "bill_due"])]
)
def test_what_we_did_not_sign_for_this_is_nothing(db, made_up):
    with pytest.raises(NotFound):
        unsubscribing.read(made_up)


def test_a_person_who_is_gone_is_nothing(carla):
    token = token_of(unsubscribing.link(carla, "bill_due"))
    carla.delete()
    with pytest.raises(NotFound):
        unsubscribing.read(token)


def test_security_stays(ana):
    with pytest.raises(Invalid):
        unsubscribing.unsubscribe(token_of(unsubscribing.link(ana, "new_sign_in")))
    assert mailed(ana, "new_sign_in")
