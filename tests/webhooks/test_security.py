"""The security list for both doors, one test each: what is let in, what is refused, what waits for a person."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from django.db import OperationalError, close_old_connections, connection
from tests.banking.stories import connect
from tests.billing.shop import Shop
from tests.webhooks import knocks, stripe_knocks
from tests.webhooks.knocks import body, knock
from tests.webhooks.stripe_knocks import STRIPE_SECRET, STRIPE_URL, signed_header, stripe_body, stripe_knock

from financehub.billing import cataloguing
from financehub.billing.models import Invoice
from financehub.companies.models import Company
from financehub.core import clock
from financehub.webhooks import door_keys, handling
from financehub.webhooks.models import WebhookAlert, WebhookEvent, WebhookSecret

pytestmark = pytest.mark.django_db
NESTED = b'{"a":' * 10_000 + b"1" + b"}" * 10_000


@pytest.fixture
def shop(stripe_box, bakery, ana):
    cataloguing.set_up()
    return Shop(stripe_box, bakery, ana)


def raw_of(content):
    return json.dumps(content).encode()


def stored():
    return list(WebhookEvent.objects.values_list("status", "last_error"))


class TestStripesDoor:
    def test_takes_a_valid_event(self):
        assert stripe_knock(stripe_body()).status_code == 202
        assert stored() == [("received", "")]

    @pytest.mark.parametrize(
        "forge",
        [
            pytest.param(lambda raw: signed_header(raw + b" "), id="tampered byte"),
            pytest.param(lambda raw: signed_header(raw, secret="whsec_other"), id="wrong secret"),
            pytest.param(lambda raw: signed_header(raw).replace("v1=", "v0="), id="v0 only"),
            pytest.param(lambda raw: "", id="missing header"),
            pytest.param(lambda raw: signed_header(raw).replace("t=", "t=x"), id="t garbage"),
            pytest.param(lambda raw: signed_header(raw, at=clock.now() - timedelta(seconds=301)), id="old"),
            pytest.param(lambda raw: signed_header(raw, at=clock.now() + timedelta(seconds=400)), id="ahead"),
        ],
    )
    def test_refuses_what_proves_nothing(self, forge):
        raw = raw_of(stripe_body())
        assert stripe_knock(raw, header=forge(raw)).status_code == 400
        assert stored() == []

    def test_takes_two_signatures_of_which_one_is_ours(self):
        raw = raw_of(stripe_body())
        header = signed_header(raw, secret="whsec_new") + ",v1=" + signed_header(raw).partition("v1=")[2]
        assert stripe_knock(raw, header=header).status_code == 202

    @pytest.mark.parametrize(
        "raw",
        [b'{"type": "\xff"}', b"[]", b"{", NESTED, b"null"],
        ids=["utf8", "array", "json", "deep", "null"],
    )
    def test_refuses_what_is_signed_but_no_event(self, raw):
        assert stripe_knock(raw).status_code == 400
        assert stored() == []

    def test_refuses_two_mebibytes(self):
        assert stripe_knock(stripe_body(padding="x" * 2 * 1024 * 1024)).status_code == 413

    def test_refuses_a_get(self, client):
        assert client.get(STRIPE_URL).status_code == 405

    def test_is_shut_without_a_secret(self, settings):
        settings.STRIPE_WEBHOOK_SECRET = []
        assert stripe_knock(stripe_body()).status_code == 404

    def test_alarms_of_the_same_id_with_other_content(self):
        sent = stripe_body()
        assert [stripe_knock(one).status_code for one in (sent, {**sent, "type": "invoice.voided"})] == [
            202,
            202,
        ]
        assert WebhookAlert.objects.get().event.type == "invoice.paid"

    def test_takes_another_count_of_pending_webhooks_for_the_same(self):
        sent = stripe_body()
        answers = [stripe_knock({**sent, "pending_webhooks": left}) for left in (2, 1, 0)]
        assert [answer.json()["duplicate"] for answer in answers] == [False, True, True]
        assert not WebhookAlert.objects.exists()

    def test_is_no_other_content_because_its_names_stand_in_another_order(self):
        sent = stripe_body()
        assert stripe_knock(sent).status_code == 202
        sent["data"]["object"] = dict(reversed(sent["data"]["object"].items()))
        assert stripe_knock(dict(reversed(sent.items()))).json()["duplicate"] is True
        assert not WebhookAlert.objects.exists()

    def test_keeps_an_unknown_type(self):
        assert stripe_knock(stripe_body("moon.landed")).status_code == 202
        assert stored() == [("ignored", "unknown type")]

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"livemode": True}, "live event in test mode"),
            ({"account": "acct_other"}, "another account"),
            ({"api_version": "2024-06-20"}, "another API version"),
        ],
    )
    def test_parks_what_is_not_for_us(self, fields, reason):
        assert stripe_knock(stripe_body(**fields)).status_code == 202
        assert stored() == [("deferred", reason)]

    def test_keeps_a_thin_event_as_a_type_it_does_not_know(self):
        thin = {"object": "v2.core.event", "created": clock.now().isoformat(), "type": "v1.invoice.paid"}
        assert stripe_knock(stripe_body(**thin)).status_code == 202
        assert stored() == [("ignored", "unknown type")]

    def test_is_not_fooled_by_an_envelope_in_the_event(self):
        sent = stripe_body("customer.created", detail={"id": "evt_inner", "type": "invoice.paid"})
        stripe_knock(sent)
        event = WebhookEvent.objects.get()
        assert (event.external_id, event.type) == (sent["id"], "customer.created")

    def test_takes_a_burst_of_five_hundred(self):
        assert {stripe_knock(stripe_body()).status_code for _ in range(500)} == {202}
        assert WebhookEvent.objects.count() == 500

    def test_parks_what_is_about_a_customer_nobody_knows_whatever_its_metadata_says(self, shop):
        about = {"id": "in_1", "object": "invoice", "customer": "cus_other", "currency": "brl"}
        about["metadata"] = {"company_id": str(shop.company.pk), "company": str(shop.company.pk)}
        sent = stripe_body(data={"object": about})
        assert stripe_knock(sent).status_code == 202
        handling.handle_event(str(WebhookEvent.objects.get().pk))
        assert stored() == [("deferred", "a customer we do not know")]
        assert WebhookEvent.objects.get().company_id is None
        assert not Invoice.objects.of(shop.company).exists()

    @pytest.mark.parametrize(
        "lie",
        [
            pytest.param({"currency": "usd"}, id="currency"),
            pytest.param({"amount_paid": 1, "amount_due": 1, "total": 1}, id="one cent"),
            pytest.param({"status": "void", "amount_paid": 0}, id="state"),
            pytest.param({"lines": {"data": [{"price": {"id": "price_other"}}]}}, id="another price"),
            pytest.param({"metadata": {"company_id": "another"}}, id="metadata"),
        ],
    )
    def test_believes_stripes_books_and_not_what_a_signed_event_says_of_them(self, shop, lie):
        subscription = shop.buy()
        real = shop.api.invoices.list({}).data[0].to_dict(for_json=True)
        sent = stripe_body(data={"object": {**real, **lie}})
        assert stripe_knock(sent).status_code == 202
        handling.handle_event(str(WebhookEvent.objects.get().pk))

        invoice = Invoice.objects.of(shop.company).get()
        assert stored() == [("handled", "")]
        assert (invoice.status, invoice.paid_cents, invoice.total_cents, invoice.currency) == (
            "paid",
            2900,
            2900,
            "brl",
        )
        subscription.refresh_from_db()
        assert (subscription.plan_id, subscription.status) == ("starter", "active")

    def test_asks_to_try_again_while_the_database_is_down(self):
        assert self.knock_without_database().status_code == 503

    def knock_without_database(self):
        def refuse(*_):
            raise OperationalError("gone")

        with connection.execute_wrapper(refuse):
            return stripe_knock(stripe_body())


class TestPluggysDoor:
    def test_parks_what_is_about_a_tenant_nobody_knows(self, simulator):
        stranger = Company(name="Nobody's", vendor_alias=uuid4())
        assert knock(body(itemId=simulator.connect(stranger).id)).status_code == 202
        handling.handle_event(str(WebhookEvent.objects.get().pk))
        assert stored() == [("deferred", "a tenant we do not know")]

    def test_never_calls_where_an_event_points(self, simulator, bakery):
        with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as trap:
            trap.timeout, called = 0, []
            trap.finish_request = lambda *_: called.append(True)
            link = f"http://127.0.0.1:{trap.server_port}/v2/transactions"
            bank = connect(simulator, bakery)
            links = {"createdTransactionsLink": link, "createdTransactionsLinkV2": link}
            assert knock(body("transactions/created", itemId=bank.vendor_id, **links)).status_code == 202
            handling.handle_event(str(WebhookEvent.objects.get().pk))
            trap.handle_request()
        assert stored() == [("handled", "")]
        assert called == []

    def test_takes_what_pluggy_repeats_hours_later(self):
        sent = body()
        assert knock(sent).json()["duplicate"] is False
        WebhookEvent.objects.update(received_at=clock.now() - timedelta(hours=5), status="handled")
        assert knock(sent).json()["duplicate"] is True
        assert stored() == [("handled", "")]

    def test_takes_a_valid_event(self):
        assert knock(body()).status_code == 202

    @pytest.mark.parametrize("secret", [None, "", "wrong", knocks.SECRET + "x", knocks.SECRET[:-1]])
    def test_refuses_what_proves_nothing(self, secret):
        assert knock(body(), secret=secret).status_code == 401
        assert stored() == []

    @pytest.mark.parametrize(
        "raw",
        [b'{"event": "\xff"}', b"[]", b"{", NESTED, b"null"],
        ids=["utf8", "array", "json", "deep", "null"],
    )
    def test_refuses_what_is_authentic_but_no_event(self, raw):
        assert knock(raw).status_code == 400

    def test_refuses_two_mebibytes(self):
        assert knock(body(padding="x" * 2 * 1024 * 1024)).status_code == 413

    def test_refuses_a_get(self, client):
        assert client.get(knocks.URL).status_code == 405

    def test_is_shut_without_a_secret(self, settings):
        settings.PLUGGY_WEBHOOK_SECRET = []
        assert knock(body()).status_code == 404

    def test_alarms_of_the_same_id_with_other_content_once_per_content(self):
        sent = body()
        for event in ("item/updated", "item/deleted", "item/deleted", "item/error"):
            assert knock({**sent, "event": event}).status_code == 202
        assert WebhookAlert.objects.count() == 2
        assert WebhookEvent.objects.get().type == "item/updated"

    def test_keeps_an_unknown_type(self):
        assert knock(body("moon/landed")).status_code == 202
        assert stored() == [("ignored", "unknown type")]

    def test_parks_an_event_of_another_application(self, settings):
        settings.PLUGGY_CLIENT_ID = "ours"
        assert knock(body(clientId="theirs")).status_code == 202
        assert knock(body(clientId="ours")).status_code == 202
        assert sorted(stored()) == [("deferred", "another clientId"), ("received", "")]

    def test_defers_what_comes_too_often_and_loses_none(self, settings):
        settings.WEBHOOK_RATE_PER_TYPE = 3
        assert {knock(body()).status_code for _ in range(7)} == {202}
        assert knock(body("item/created")).status_code == 202
        statuses = list(WebhookEvent.objects.values_list("status", flat=True))
        assert statuses.count("received") == 4
        assert statuses.count("deferred") == 4

    def test_counts_no_forgery_against_the_limit(self, settings):
        settings.WEBHOOK_RATE_PER_TYPE = 1
        for _ in range(5):
            knock(body(), secret="wrong")
        knock(body())
        assert stored() == [("received", "")]

    def test_takes_a_burst_of_five_hundred(self):
        assert {knock(body()).status_code for _ in range(500)} == {202}
        assert WebhookEvent.objects.count() == 500

    def test_asks_to_try_again_while_the_database_is_down(self):
        def refuse(*_):
            raise OperationalError("gone")

        with connection.execute_wrapper(refuse):
            assert knock(body()).status_code == 503


@pytest.mark.parametrize("source", ["pluggy", "stripe"])
class TestAnOldSecret:
    def knock(self, source, settings):
        if source == "pluggy":
            settings.PLUGGY_WEBHOOK_SECRET = [knocks.SECRET]
            return knock(body()).status_code
        settings.STRIPE_WEBHOOK_SECRET = [STRIPE_SECRET]
        return stripe_knock(stripe_body()).status_code

    def retire(self, source, seconds):
        secret = knocks.SECRET if source == "pluggy" else stripe_knocks.STRIPE_SECRET
        at = clock.now()
        WebhookSecret.objects.create(
            source=source,
            fingerprint=door_keys.fingerprint(secret),
            created_at=at,
            expires_at=at + timedelta(seconds=seconds),
        )
        new = {"fingerprint": "new", "value": "the-new-one", "created_at": at}
        WebhookSecret.objects.create(source=source, **new)
        door_keys.forget()

    def test_is_valid_inside_the_window(self, source, settings):
        self.retire(source, 60)
        assert self.knock(source, settings) == 202

    def test_is_refused_after_it(self, source, settings):
        self.retire(source, -1)
        assert self.knock(source, settings) == {"pluggy": 401, "stripe": 400}[source]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("source", ["pluggy", "stripe"])
def test_the_same_id_twice_at_once_is_one_row_and_two_thanks(source):
    sent = body() if source == "pluggy" else stripe_body()

    def once(_):
        try:
            return (knock if source == "pluggy" else stripe_knock)(sent).status_code
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(once, range(4))) == [202] * 4
    assert WebhookEvent.objects.count() == 1
