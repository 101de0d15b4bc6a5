"""A person's choices decide the channels; what may not be switched off stays."""

import pytest

from financehub.core import clock
from financehub.core.errors import Invalid
from financehub.notifications import preferring
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import ChannelBlock, Preference


def channels(person, kind):
    return {str(channel) for channel in preferring.channels_of(person, KINDS[kind])}


def test_the_default_until_the_person_chooses(ana):
    assert channels(ana, "salary_in") == {"tray", "telegram", "push"}
    preferring.prefer(person=ana, kind="salary_in", channel="email", is_on=True)
    preferring.prefer(person=ana, kind="salary_in", channel="telegram", is_on=False)
    assert channels(ana, "salary_in") == {"tray", "push", "email"}


def test_a_choice_is_of_one_kind_and_one_person(ana, bruno):
    preferring.prefer(person=ana, kind="salary_in", channel="tray", is_on=False)
    assert "tray" in channels(ana, "bill_due")
    assert "tray" in channels(bruno, "salary_in")


@pytest.mark.parametrize("channel", ["tray", "email"])
def test_security_may_not_be_switched_off(ana, channel):
    with pytest.raises(Invalid):
        preferring.prefer(person=ana, kind="new_sign_in", channel=channel, is_on=False)
    Preference.objects.create(person=ana, kind="new_sign_in", channel=channel, is_on=False)
    assert channel in channels(ana, "new_sign_in")


@pytest.mark.parametrize(
    ("kind", "channel"), [("nothing", "email"), ("salary_in", "webhook"), ("salary_in", "pigeon")]
)
def test_what_is_no_kind_or_channel_is_refused(ana, kind, channel):
    with pytest.raises(Invalid):
        preferring.prefer(person=ana, kind=kind, channel=channel, is_on=True)


def test_a_channel_that_refused_for_good_is_left_out_but_still_chosen(ana):
    ChannelBlock.objects.create(person=ana, channel="email", reason="smtp_550", created_at=clock.now())
    assert "email" not in channels(ana, "new_sign_in")
    assert "email" in preferring.table_of(ana)["new_sign_in"]


def test_a_whole_table_writes_only_what_differs(ana):
    preferring.prefer_all(person=ana, choices={("salary_in", "tray"): True, ("salary_in", "push"): False})
    assert list(Preference.objects.values_list("kind", "channel", "is_on")) == [("salary_in", "push", False)]


def test_a_table_with_a_fault_keeps_nothing(ana):
    with pytest.raises(Invalid):
        preferring.prefer_all(person=ana, choices={("salary_in", "push"): False, ("nothing", "push"): True})
    assert not Preference.objects.exists()
