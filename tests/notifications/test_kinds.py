"""The table of kinds: complete in words and sensible in its choices."""

import pytest

from financehub.banking.problems import PROBLEMS
from financehub.notifications import texts
from financehub.notifications.kinds import KINDS, PERSONAL, Group
from financehub.notifications.models.deliveries import Channel
from financehub.web.notifications.texts import KINDS as LABELS


def test_every_kind_has_words_of_its_own_or_a_template():
    assert set(KINDS) == set(texts.TEXTS) | {name for name, kind in KINDS.items() if kind.template}
    assert all(set(said) == {"pt-br", "en"} for said in texts.TEXTS.values())


def test_every_kind_has_a_label_for_the_preferences():
    assert set(LABELS) == set(KINDS)


def test_what_the_table_of_problems_notifies_is_a_kind():
    assert {problem.notification for problem in PROBLEMS.values()} - {""} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_security_passes_quiet_hours_and_keeps_bell_and_mail(kind):
    assert kind.is_urgent == (kind.group == Group.SECURITY or kind.name == "connection_asks")
    if kind.group == Group.SECURITY:
        assert not kind.may_choose(Channel.TRAY)
        assert not kind.may_choose(Channel.EMAIL)
        assert kind.may_choose(Channel.PUSH)
    assert kind.channels <= set(PERSONAL)


def test_programs_hear_of_money_and_banks_and_not_of_peoples_accounts():
    assert KINDS["transactions_synced"].is_for_programs
    assert KINDS["connection_refused"].is_for_programs
    assert not any(kind.is_for_programs for kind in KINDS.values() if kind.group == Group.SECURITY)
