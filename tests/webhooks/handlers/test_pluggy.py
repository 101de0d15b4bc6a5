"""Each event of Pluggy's list, told at the real door, and what it comes to here."""

from uuid import UUID, uuid4

import pytest
from tests.banking.stories import Bank, connect, sync
from tests.webhooks.knocks import body, knock
from tests.webhooks.rows import make_event

from financehub.banking import connecting
from financehub.banking.models import Connector, Item, ParkedItem, Sync, Transaction
from financehub.companies.models import Company
from financehub.webhooks import handling
from financehub.webhooks.handlers.pluggy import ANSWERS, OLDER_NAMES, STRANGER
from financehub.webhooks.models import PaymentMirror, WebhookEvent

pytestmark = pytest.mark.django_db
EVENTS = {
    "item": "created updated error deleted waiting_user_input waiting_user_action login_succeeded",
    "connector": "status_updated",
    "transactions": "created updated deleted",
    "payment_intent": "created completed waiting_payer_authorization error",
    "payment_request": "updated",
    "scheduled_payment": "created completed error canceled all_completed all_created",
    "boleto": "updated",
    "automatic_pix_payment": "created completed error canceled",
    "smart_transfer_preauthorization": "completed error",
    "smart_transfer_payment": "completed error",
}
PAYMENT_IDS = {
    field: str(UUID(int=number))
    for number, field in enumerate(
        (
            "paymentIntentId",
            "paymentRequestId",
            "scheduledPaymentId",
            "boletoId",
            "automaticPixPaymentId",
            "smartTransferPreauthorizationId",
            "smartTransferPaymentId",
        ),
        1,
    )
}
NAMES = [f"{kind}/{deed}" for kind, deeds in EVENTS.items() for deed in deeds.split()]


def tell(event, **fields):
    """The event told at the real door, and handled."""
    sent = body(event, **fields)
    assert knock(sent).status_code == 202
    row = WebhookEvent.objects.get(external_id=sent["eventId"])
    handling.handle_event(str(row.pk))
    row.refresh_from_db()
    return row


@pytest.fixture
def bank(simulator, bakery) -> Bank:
    return connect(simulator, bakery)


@pytest.fixture
def synced(bank) -> Bank:
    sync(bank)
    return bank


class TestTheTable:
    def test_has_every_event_of_the_vendor_and_no_other(self):
        assert len(NAMES) == 31
        assert set(ANSWERS) == set(NAMES)

    def test_ignores_none_of_them(self):
        assert [name for name, answer in ANSWERS.items() if answer.is_ignored] == []

    def test_says_for_each_what_we_do_and_where_the_state_comes_from(self):
        assert all(answer.effect and answer.truth for answer in ANSWERS.values())
        assert {answer.test for answer in ANSWERS.values()} <= set(globals())


class TestAnItemEvent:
    @pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("item/")])
    def test_copies_what_pluggy_says_now_whatever_the_event_said(self, bank, name):
        Item.objects.across_companies().update(
            status="OUTDATED", execution_status="ERROR", vendor_updated_at=None
        )

        event = tell(name, itemId=bank.vendor_id, error={"code": "FORGED", "message": "x"})

        item = Item.objects.across_companies().get()
        assert (event.status, event.company_id) == ("handled", bank.company.pk)
        assert (item.status, item.execution_status, item.error_code) == ("UPDATED", "SUCCESS", "")

    def test_asks_for_a_sync_when_the_bank_was_read(self, bank):
        tell("item/updated", itemId=bank.vendor_id)
        assert Sync.objects.across_companies().count() == 1

    def test_shows_the_question_of_the_bank(self, simulator, bakery):
        bank = connect(simulator, bakery, connector_id=5)
        Item.objects.across_companies().update(parameter=None, status="UPDATING", vendor_updated_at=None)

        tell("item/waiting_user_input", itemId=bank.vendor_id)

        item = Item.objects.across_companies().get()
        assert item.is_waiting_for_input
        assert item.parameter["name"]

    def test_ends_a_connection_that_is_gone_at_pluggy_and_keeps_what_it_brought(self, synced, simulator):
        simulator.client().delete_item(synced.vendor_id)
        before = Transaction.objects.across_companies().count()

        event = tell("item/deleted", itemId=synced.vendor_id)

        assert event.status == "handled"
        assert Item.objects.across_companies().get().is_disconnected
        assert Transaction.objects.across_companies().count() == before > 0

    def test_links_an_item_that_somebody_is_connecting_right_now(self, simulator, bakery, ana, by_ana):
        connecting.start_connection(company=bakery, user=ana, by=by_ana)
        vendor = simulator.connect(bakery)

        event = tell("item/created", itemId=vendor.id)

        assert (event.status, event.company_id) == ("handled", bakery.pk)
        assert Item.objects.of(bakery).get().created_by == ana

    def test_parks_an_item_that_nobody_asked_for(self, simulator, bakery):
        vendor = simulator.connect(bakery)

        event = tell("item/created", itemId=vendor.id)

        assert (event.status, event.last_error) == ("ignored", "no such Item here")
        assert ParkedItem.objects.get().company_id == bakery.pk
        assert not Item.objects.across_companies().exists()

    def test_waits_for_a_person_when_its_tenant_is_nobody_here(self, simulator):
        stranger = Company(name="Nobody's", vendor_alias=uuid4())
        vendor = simulator.connect(stranger)

        event = tell("item/created", itemId=vendor.id)

        assert (event.status, event.due_at, event.last_error) == ("deferred", None, STRANGER)

    @pytest.mark.parametrize("name", ["item/updated", "item/deleted", "transactions/created"])
    def test_ends_quietly_for_an_item_that_is_nowhere(self, simulator, name):
        assert tell(name).last_error == "no such Item here"

    def test_ends_quietly_without_an_item(self, simulator):
        assert tell("item/updated", itemId="x").last_error == "no such Item here"


class TestATransactionsEvent:
    def test_asks_for_a_sync_and_never_follows_its_link(self, synced):
        link = "http://127.0.0.1:9/stolen"

        event = tell(
            "transactions/created",
            itemId=synced.vendor_id,
            accountId=str(synced.account().pluggy_id),
            createdTransactionsLink=link,
        )

        assert event.status == "handled"
        assert Sync.objects.across_companies().filter(trigger="webhook").count() == 1

    def test_withdraws_the_rows_it_names_and_no_other(self, synced):
        account = synced.account()
        rows = Transaction.objects.of(synced.company).filter(account=account)
        gone = rows.order_by("date").first()
        synced.mutate("delete", account, transactionId=str(gone.pluggy_id))

        event = tell(
            "transactions/deleted",
            itemId=synced.vendor_id,
            accountId=str(account.pluggy_id),
            transactionIds=[str(gone.pluggy_id), "not an id"],
        )

        assert event.status == "handled"
        assert [row.pk for row in rows.filter(withdrawn_at__isnull=False)] == [gone.pk]

    def test_withdraws_nothing_that_the_bank_still_has(self, synced):
        account = synced.account()
        row = Transaction.objects.of(synced.company).filter(account=account).first()

        event = tell(
            "transactions/deleted",
            itemId=synced.vendor_id,
            accountId=str(account.pluggy_id),
            transactionIds=[str(row.pluggy_id)],
        )

        row.refresh_from_db()
        assert (event.status, row.withdrawn_at) == ("handled", None)

    def test_withdraws_nothing_of_another_account(self, synced):
        account, card = synced.account(), synced.account("CREDIT")
        row = Transaction.objects.of(synced.company).filter(account=account).first()

        tell(
            "transactions/deleted",
            itemId=synced.vendor_id,
            accountId=str(card.pluggy_id),
            transactionIds=[str(row.pluggy_id)],
        )

        row.refresh_from_db()
        assert row.withdrawn_at is None

    def test_reads_changed_rows_again_however_old_they_are(self, synced):
        account = synced.account()
        oldest = Transaction.objects.of(synced.company).filter(account=account).order_by("date").first()
        truth = oldest.description
        Transaction.objects.of(synced.company).filter(pk=oldest.pk).update(
            description="stale", content_hash=b"0" * 16, own_note="mine"
        )

        event = tell(
            "transactions/updated",
            itemId=synced.vendor_id,
            accountId=str(account.pluggy_id),
            transactionIds=[str(oldest.pluggy_id)],
        )

        oldest.refresh_from_db()
        assert (event.status, event.company_id) == ("handled", synced.company.pk)
        assert (oldest.description, oldest.own_note) == (truth, "mine")

    def test_asks_for_a_sync_when_its_account_is_not_here_yet(self, bank):
        tell("transactions/updated", itemId=bank.vendor_id, accountId=bank.vendor_id, transactionIds=[])
        assert Sync.objects.across_companies().filter(trigger="webhook").count() == 1


class TestTransactionsOfABurst:
    def test_of_five_hundred_are_one_sync(self, bank):
        rows = [make_event(body("transactions/created", itemId=bank.vendor_id)) for _ in range(500)]

        handling.handle_event(str(rows[250].pk))

        assert Sync.objects.across_companies().count() == 1
        assert set(WebhookEvent.objects.values_list("status", "attempts")) == {("handled", 1)}

    def test_are_read_again_once_with_all_their_ids(self, synced):
        account = synced.account()
        rows = list(Transaction.objects.of(synced.company).filter(account=account)[:3])
        Transaction.objects.of(synced.company).filter(account=account).update(
            description="stale", content_hash=b"0" * 16
        )
        events = [
            make_event(
                body(
                    "transactions/updated",
                    itemId=synced.vendor_id,
                    accountId=str(account.pluggy_id),
                    transactionIds=[str(row.pluggy_id)],
                )
            )
            for row in rows
        ]

        handling.handle_event(str(events[0].pk))

        fresh = Transaction.objects.of(synced.company).filter(account=account).exclude(description="stale")
        assert {row.pk for row in fresh} == {row.pk for row in rows}

    def test_of_an_account_that_is_not_here_yet_keep_no_other_from_being_read_again(self, synced):
        account = synced.account()
        oldest = Transaction.objects.of(synced.company).filter(account=account).order_by("date").first()
        Transaction.objects.of(synced.company).filter(pk=oldest.pk).update(
            description="stale", content_hash=b"0" * 16
        )
        strange, known = str(uuid4()), str(account.pluggy_id)
        events = [
            make_event(
                body("transactions/updated", itemId=synced.vendor_id, accountId=key, transactionIds=ids)
            )
            for key, ids in ((strange, [str(uuid4())]), (known, [str(oldest.pluggy_id)]))
        ]

        handling.handle_event(str(events[0].pk))

        oldest.refresh_from_db()
        assert oldest.description != "stale"
        assert set(WebhookEvent.objects.values_list("status", flat=True)) == {"handled"}
        assert Sync.objects.across_companies().filter(trigger="webhook").count() == 1


class TestAPaymentEvent:
    @pytest.mark.parametrize(
        "name", [name for name in NAMES if not name.startswith(("item", "conn", "trans"))]
    )
    def test_becomes_a_mirrored_status_that_says_it_was_only_told(self, name, bakery):
        event = tell(name, itemId=None, clientUserId=str(bakery.vendor_alias), **PAYMENT_IDS)

        row = PaymentMirror.objects.get()
        assert event.status == "handled"
        assert row.company_id == event.company_id == bakery.pk
        assert row.status == name.partition("/")[2].upper()
        assert not row.is_verified

    def test_never_moves_a_status_back(self):
        tell("payment_intent/completed", **PAYMENT_IDS)
        tell("payment_intent/created", **PAYMENT_IDS)
        assert PaymentMirror.objects.get().status == "COMPLETED"

    def test_that_names_nothing_is_ignored(self):
        assert tell("boleto/updated").last_error == "names nothing"


class TestAnOlderName:
    @pytest.mark.parametrize("name", sorted(OLDER_NAMES))
    def test_does_what_its_successor_does(self, name, bank):
        Item.objects.across_companies().update(status="OUTDATED", vendor_updated_at=None)

        event = tell(name, itemId=bank.vendor_id)

        assert (event.type, event.status) == (name, "handled")
        assert Item.objects.across_companies().get().status == "UPDATED"


class TestAConnectorEvent:
    def test_mirrors_the_connectors_present_health(self, bank):
        Connector.objects.update(health_status="OFFLINE")

        event = tell("connector/status_updated", connectorId=2, data={"status": "FORGED"})

        assert event.status == "handled"
        assert Connector.objects.get(pk=2).health_status == "ONLINE"

    @pytest.mark.parametrize("connector_id", [None, "x", 987654])
    def test_ends_quietly_for_a_connector_that_does_not_exist(self, simulator, connector_id):
        event = tell("connector/status_updated", connectorId=connector_id)
        assert (event.status, event.last_error) == ("ignored", "no such Connector")
