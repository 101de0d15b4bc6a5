"""Asking for a sync: never two open for one Item, and never one that cannot work."""

from datetime import timedelta

import pytest
from tests.builders import make_account, make_company, make_item
from tests.racing import race

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM, Actor
from financehub.banking import requesting
from financehub.banking.models import Item, Sync
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import DomainError, LimitReached
from financehub.core.models import Event


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_the_same_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_item()

    def ask() -> Sync:
        return requesting.request_sync(item=item, trigger="timer", by=SYSTEM)

    got = race(ask, ask, ask)
    assert {one.pk for one in got if isinstance(one, Sync)} == set(
        Sync.objects.of(item.company_id).values_list("pk", flat=True)
    )
    assert Sync.objects.of(item.company_id).count() == 1


@pytest.mark.django_db
def test_a_finished_sync_is_never_joined() -> None:
    item = make_item()
    first = requesting.request_sync(item=item, trigger="timer", by=SYSTEM)
    Sync.objects.of(item.company_id).update(status="SUCCEEDED")
    assert requesting.request_sync(item=item, trigger="timer", by=SYSTEM).pk != first.pk


@pytest.mark.django_db
def test_joining_a_waiting_one_never_narrows_it() -> None:
    item = make_item()
    requesting.request_sync(item=item, trigger="timer", by=SYSTEM, full=True)
    joined = requesting.request_sync(item=item, trigger="webhook", by=SYSTEM)
    assert (joined.is_full, joined.trigger) == (True, "timer")


@pytest.mark.django_db
def test_a_persons_request_is_full_and_audited(by_ana: Actor) -> None:
    account = make_account()
    sync = requesting.check_and_request(account=account, by=by_ana)
    log = AuditLog.objects.get(action="open_finance.sync_requested")
    assert (sync.is_full, sync.trigger) == (True, "person")
    assert (log.object_id, log.actor_id, log.facts) == (str(sync.pk), by_ana.id, {"trigger": "person"})


@pytest.mark.django_db
class TestACompanyWithoutAPlan:
    @pytest.fixture
    def item(self, settings):
        settings.STRIPE_SECRET_KEY = "sk_test_x"
        company = make_company()
        Company.objects.filter(pk=company.pk).update(created_at=clock.now() - timedelta(days=15))
        company.refresh_from_db()
        return make_item(company=company)

    def test_is_told_so_when_a_person_asks(self, item):
        with pytest.raises(LimitReached) as refused:
            requesting.request_sync(item=item, trigger="person", by=SYSTEM)
        assert refused.value.details["suggested_plan"] == "starter"

    def test_is_left_alone_by_the_clock(self, item):
        assert requesting.offer_sync(item=item, trigger="timer", by=SYSTEM) is None
        assert Sync.objects.of(item.company_id).count() == 0


@pytest.mark.django_db
def test_a_company_on_trial_is_synced_by_the_clock(settings) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    assert requesting.offer_sync(item=make_item(), trigger="timer", by=SYSTEM) is not None


@pytest.mark.django_db
def test_the_clock_leaves_no_audit_row() -> None:
    requesting.request_sync(item=make_item(), trigger="timer", by=SYSTEM)
    assert not AuditLog.objects.filter(action="open_finance.sync_requested").exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": "LOGIN_ERROR", "execution_status": "INVALID_CREDENTIALS"}, "needs_reconnect"),
        ({"status": "OUTDATED", "execution_status": "USER_AUTHORIZATION_REVOKED"}, "needs_reconnect"),
        ({"status": "WAITING_USER_INPUT"}, "needs_answer"),
        ({"status": "WAITING_USER_ACTION"}, "needs_answer"),
        ({"disconnected_at": clock.now()}, "not_connected"),
    ],
)
@pytest.mark.django_db
def test_what_a_person_must_do_first_is_said_instead(
    by_ana: Actor, fields: dict[str, object], code: str
) -> None:
    account = make_account(item=make_item(**fields))
    with pytest.raises(DomainError) as refused:
        requesting.check_and_request(account=account, by=by_ana)
    assert refused.value.code == code
    assert not Sync.objects.of(account.company_id).exists()


@pytest.mark.django_db
def test_an_account_kept_by_hand_has_nothing_to_sync(by_ana: Actor) -> None:
    with pytest.raises(requesting.NotConnected):
        requesting.check_and_request(account=make_account(is_manual=True), by=by_ana)


@pytest.mark.django_db
def test_an_item_that_is_merely_outdated_may_be_synced(by_ana: Actor) -> None:
    item: Item = make_item(status="OUTDATED", execution_status="SITE_NOT_AVAILABLE")
    assert requesting.check_item_and_request(item=item, by=by_ana).status == "PENDING"


@pytest.mark.django_db
def test_a_person_does_not_wait_for_the_next_attempt(by_ana: Actor) -> None:
    item, later = make_item(), clock.now() + timedelta(minutes=30)
    waiting = requesting.request_sync(item=item, trigger="timer", by=SYSTEM)
    Sync.objects.of(item.company_id).update(due_at=later, error_code="SERVICE_UNAVAILABLE")
    joined = requesting.request_sync(item=item, trigger="webhook", by=SYSTEM)
    assert (joined.due_at, joined.trigger) == (later, "timer")
    hastened = requesting.check_item_and_request(item=item, by=by_ana)
    assert (hastened.pk, hastened.trigger) == (waiting.pk, "person")
    assert hastened.due_at <= clock.now()


@pytest.mark.django_db
def test_a_routine_is_announced_to_nobody(by_ana: Actor) -> None:
    item = make_item()
    requesting.request_sync(item=item, trigger="timer", by=SYSTEM)
    assert Event.objects.filter(company_id=item.company_id).count() == 0
    requesting.check_item_and_request(item=item, by=by_ana)
    assert Event.objects.filter(company_id=item.company_id, topic="sync").count() == 1
