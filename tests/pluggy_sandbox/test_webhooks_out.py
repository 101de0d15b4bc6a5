"""Webhooks on the wire: bodies, headers, retries, refusals, and unreliability on demand."""

import hmac

from tests.pluggy_sandbox.box import GOOD, Box, Receiver

MINUTE, HOUR = 60, 3600


def refused(box: Box, **more) -> dict:
    """The cheapest happening: a login that fails, told by one item/error."""
    item = box.create(2, {"user": "user-locked", "password": "password-ok"}, **more)
    box.advance(0.8)
    return item


def subscribe(box: Box, url: str, event: str = "item/error", **more) -> dict:
    answer = box.post("/webhooks", {"event": event, "url": url, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_an_event_names_client_item_and_trigger(box: Box, receiver: Receiver) -> None:
    subscribe(box, receiver.url)
    item = refused(box, clientUserId="alias-9")
    body = receiver.knocks[0].body
    assert (body["event"], body["itemId"], body["clientUserId"]) == ("item/error", item["id"], "alias-9")
    assert (body["clientId"], body["triggeredBy"]) == (box.world.state.client_id, "CLIENT")


def test_custom_headers_travel_with_every_delivery(box: Box, receiver: Receiver) -> None:
    subscribe(box, receiver.url, headers={"X-Secret": "s3cret"})
    refused(box)
    assert receiver.knocks[0].headers["x-secret"] == "s3cret"
    assert receiver.knocks[0].headers["content-type"] == "application/json"


def test_an_item_address_hears_everything_of_its_item_without_headers(box: Box, receiver: Receiver) -> None:
    subscribe(box, f"{receiver.url}/app", headers={"X-Secret": "s3cret"})
    box.connected(webhookUrl=f"{receiver.url}/item")
    box.connected()
    box.advance(2)
    mine = [knock for knock in receiver.knocks if knock.path == "/item"]
    assert [knock.body["event"] for knock in mine[:2]] == ["item/login_succeeded", "item/created"]
    assert not any("x-secret" in knock.headers for knock in mine)


def test_every_address_hears_the_same_event_id(box: Box, receiver: Receiver) -> None:
    subscribe(box, f"{receiver.url}/a")
    subscribe(box, f"{receiver.url}/b", event="all")
    refused(box)
    created = [knock.body["eventId"] for knock in receiver.knocks if knock.body["event"] == "item/error"]
    assert len(created) == 2
    assert len(set(created)) == 1


def test_a_link_leads_to_exactly_the_new_rows(box: Box, receiver: Receiver) -> None:
    subscribe(box, receiver.url, "transactions/created")
    box.connected()
    box.advance(4)
    for knock in receiver.knocks:
        link = knock.body["createdTransactionsLink"]
        assert link.startswith(
            f"{box.world.state.base_url}/v2/transactions?accountId={knock.body['accountId']}"
        )
        rows = box.all_transactions(
            knock.body["accountId"], createdAtFrom=knock.body["transactionsCreatedAtFrom"]
        )
        assert len(rows) == knock.body["transactionsCount"]
        assert min(row["date"] for row in rows) == knock.body["transactionsMinDate"]


def test_an_old_application_gets_two_links(box: Box, receiver: Receiver) -> None:
    box.switch(legacyApplication=True)
    subscribe(box, receiver.url, "transactions/created")
    box.connected()
    box.advance(1)
    body = receiver.knocks[0].body
    assert "/transactions?accountId=" in body["createdTransactionsLink"]
    assert "/v2/" not in body["createdTransactionsLink"]
    assert "/v2/transactions?accountId=" in body["createdTransactionsLinkV2"]


def test_failures_are_retried_at_once_then_in_minutes_then_in_hours(box: Box, receiver: Receiver) -> None:
    receiver.answer = lambda _count: 500
    subscribe(box, receiver.url)
    refused(box)
    assert len(receiver.knocks) == 3
    box.advance(15 * MINUTE - 1)
    assert len(receiver.knocks) == 3
    box.advance(1)
    assert len(receiver.knocks) == 6
    box.advance(2 * HOUR)
    assert len(receiver.knocks) == 9
    box.advance(24 * HOUR)
    assert len(receiver.knocks) == 9
    assert box.deliveries("item/error")[0]["state"] == "GAVE_UP"
    assert len({knock.body["eventId"] for knock in receiver.knocks}) == 1


def test_a_retry_that_succeeds_is_the_last(box: Box, receiver: Receiver) -> None:
    receiver.answer = lambda count: 200 if count == 2 else 503
    subscribe(box, receiver.url)
    refused(box)
    box.advance(3 * HOUR)
    row = box.deliveries("item/error")[0]
    assert (row["state"], [attempt["status"] for attempt in row["attempts"]]) == ("DELIVERED", [503, 200])


def test_a_401_is_never_retried(box: Box, receiver: Receiver) -> None:
    receiver.answer = lambda _count: 401
    subscribe(box, receiver.url)
    refused(box)
    box.advance(3 * HOUR)
    assert len(receiver.knocks) == 1


def test_a_login_is_only_retried_at_once(box: Box, receiver: Receiver) -> None:
    receiver.answer = lambda _count: 500
    subscribe(box, receiver.url, "item/login_succeeded")
    box.connected()
    box.advance(3 * HOUR)
    assert len(receiver.knocks) == 3


def test_an_unreachable_address_is_a_failure_with_its_reason(box: Box) -> None:
    subscribe(box, "http://127.0.0.1:9/hook")
    refused(box)
    attempt = box.deliveries("item/error")[0]["attempts"][0]
    assert (attempt["status"], attempt["error"]) == (None, "ConnectError")


def test_repeated_failures_disable_a_subscription_until_it_is_enabled(box: Box, receiver: Receiver) -> None:
    receiver.answer = lambda _count: 401
    box.switch(webhookDisableAfter=2)
    webhook = subscribe(box, receiver.url)
    for _ in range(3):
        refused(box)
    assert len(receiver.knocks) == 2
    assert box.get(f"/webhooks/{webhook['id']}").json()["disabledAt"] is not None
    receiver.answer = lambda _count: 200
    assert box.patch(f"/webhooks/{webhook['id']}", {"enabled": True}).json()["disabledAt"] is None
    refused(box)
    assert len(receiver.knocks) == 3


def test_duplicates_carry_the_same_event_id(box: Box, receiver: Receiver) -> None:
    box.switch(webhookDuplicates=2)
    subscribe(box, receiver.url)
    refused(box)
    assert len(receiver.knocks) == 3
    assert len({knock.body["eventId"] for knock in receiver.knocks}) == 1


def test_loss_is_written_down_and_never_sent(box: Box, receiver: Receiver) -> None:
    box.switch(webhookLoss=1)
    subscribe(box, receiver.url)
    refused(box)
    box.advance(3 * HOUR)
    assert receiver.knocks == []
    assert [row["state"] for row in box.deliveries("item/error")] == ["LOST"]


def test_a_delay_holds_every_delivery(box: Box, receiver: Receiver) -> None:
    box.switch(webhookDelaySeconds=60)
    subscribe(box, receiver.url)
    refused(box)
    box.advance(59)
    assert receiver.knocks == []
    box.advance(1)
    assert receiver.events() == ["item/error"]


def test_shuffling_changes_the_order_but_loses_nothing(box: Box, receiver: Receiver) -> None:
    box.switch(webhookShuffleSeconds=600)
    subscribe(box, receiver.url, "all")
    for _ in range(3):
        box.create(2, GOOD)
    box.advance(700)
    sent = [row["eventId"] for row in box.deliveries()]
    heard = [knock.body["eventId"] for knock in receiver.knocks]
    assert sorted(sent) == sorted(heard)
    assert sent != heard


def test_a_delivery_can_be_sent_again(box: Box, receiver: Receiver) -> None:
    subscribe(box, receiver.url)
    refused(box)
    first = box.deliveries("item/error")[0]
    again = box.post(f"/_control/deliveries/{first['id']}/resend")
    assert again.status_code == 201
    box.advance(0)
    assert [knock.body for knock in receiver.knocks] == [first["payload"]] * 2


def test_nothing_is_sent_when_a_refresh_changed_no_rows(box: Box, receiver: Receiver) -> None:
    item = box.connected()
    box.patch(f"/items/{item['id']}")
    box.advance(5)
    subscribe(box, receiver.url, "all")
    box.patch(f"/items/{item['id']}")
    box.advance(5)
    assert receiver.events() == ["item/login_succeeded", "item/updated"]


def test_a_signature_of_the_body_is_sent_only_on_request(box: Box, receiver: Receiver) -> None:
    subscribe(box, receiver.url)
    refused(box)
    box.switch(webhookSignatureSecret="key", webhookSignatureHeader="X-Mac")
    refused(box)
    first, second = receiver.knocks
    assert "x-mac" not in first.headers
    assert second.headers["x-mac"] == hmac.new(b"key", second.raw, "sha256").hexdigest()
