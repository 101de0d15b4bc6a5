"""The digest: counts and sums of what came, each of a person's companies by itself, once a day."""

from datetime import timedelta

import pytest
from tests.builders import make_account, make_company, make_member, make_transaction

from financehub.banking.noticing import digests
from financehub.core import clock
from financehub.notifications.models import Notification, Rhythm

AT = clock.start_of_day(clock.today()) + timedelta(hours=8)


@pytest.fixture
def account(bakery, ana):
    return make_account(company=bakery)


def arrived(account, cents, *, hours_before=1, **fields):
    return make_transaction(
        account=account,
        amount_cents=cents,
        created_at=AT - timedelta(hours=hours_before),
        date=clock.today(),
        **fields,
    )


def test_says_how_much_came_in_and_went_out_with_the_newest_rows(account, bakery, ana):
    arrived(account, 500_000, description="Salário")
    for number in range(6):
        arrived(account, -1_000, description=f"Compra {number}")
    assert digests.tell_digests(at=AT) == 1
    words = Notification.objects.of(bakery).get(person=ana).words
    assert (words["count"], words["money_in"], words["money_out"]) == (7, "R$ 5.000,00", "R$ 60,00")
    assert len(words["lines"].splitlines()) == digests.LINES + 1
    assert words["lines"].endswith("…")


def test_once_a_day_and_tomorrow_only_what_is_new(account, bakery):
    arrived(account, -1_000)
    digests.tell_digests(at=AT)
    digests.tell_digests(at=AT + timedelta(hours=1))
    assert Notification.objects.of(bakery).count() == 1
    digests.tell_digests(at=AT + timedelta(days=1))
    assert Notification.objects.of(bakery).count() == 1


def test_not_before_the_time(account, bakery):
    arrived(account, -1_000)
    assert digests.tell_digests(at=AT - timedelta(minutes=1)) == 0


def test_a_day_without_news_is_silent_and_over(account, bakery, ana):
    assert digests.tell_digests(at=AT) == 1
    assert not Notification.objects.of(bakery).exists()
    assert Rhythm.objects.get(person=ana).digested_at == AT


def test_history_and_what_was_ignored_are_left_out(account, bakery):
    row = arrived(account, -1_000, is_ignored=True)
    old = arrived(account, -1_000)
    type(old).objects.of(bakery).filter(pk=old.pk).update(date=clock.today() - timedelta(days=60))
    digests.tell_digests(at=AT)
    assert not Notification.objects.of(bakery).exists()
    assert row.is_ignored


def test_each_company_has_its_own(account, bakery, ana):
    other = make_company(name="Outra")
    make_member(company=other, user=ana)
    arrived(account, -1_000)
    arrived(make_account(company=other), -2_000)
    digests.tell_digests(at=AT)
    spent = {row.company.name: row.words["money_out"] for row in Notification.objects.for_person(ana)}
    assert spent == {bakery.name: "R$ 10,00", "Outra": "R$ 20,00"}
