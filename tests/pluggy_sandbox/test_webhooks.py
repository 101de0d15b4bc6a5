"""Who may subscribe to what, and the refusals word for word."""

import pytest
from tests.pluggy_sandbox.box import NOON, Box

from pluggy_sandbox.errors import Malformed, NotFound
from pluggy_sandbox.webhooks import EVENTS, Webhook, Webhooks, check_event

URL = "https://hooks.example/pluggy"


def refusal(box: Box, **body) -> str:
    answer = box.post("/webhooks", {"event": "all", "url": URL, **body})
    assert answer.status_code == 400
    assert "codeDescription" not in answer.json()
    return answer.json()["message"]


def row(number: int, event: str = "all") -> Webhook:
    return Webhook(str(number), event, f"{URL}/{number}", NOON, NOON)


def test_the_catalogue_has_thirty_two_names() -> None:
    assert len(EVENTS) == 32
    assert check_event("item/created") == "item/created"


def test_all_hears_everything_until_it_is_disabled() -> None:
    webhooks = Webhooks()
    webhooks.add(row(1))
    webhooks.add(row(2, "item/error"))
    assert [hook.id for hook in webhooks.listeners("item/created")] == ["1"]
    webhooks.get("1").disabled_at = NOON
    assert [hook.id for hook in webhooks.listeners("item/error")] == ["2"]


def test_a_sixth_subscription_to_one_event_is_refused() -> None:
    webhooks = Webhooks()
    for number in range(5):
        webhooks.add(row(number))
    with pytest.raises(Malformed, match="You have reached the maximum of 5 webhooks for event 'all'"):
        webhooks.add(row(6))


def test_an_unknown_subscription_is_not_found() -> None:
    with pytest.raises(NotFound):
        Webhooks().remove("1")


def test_an_unknown_event_is_refused(box: Box) -> None:
    assert refusal(box, event="item.updated") == "Invalid event type 'item.updated' for webhook"


def test_a_url_must_be_one(box: Box) -> None:
    assert refusal(box, url="nowhere") == "Webhook url must be valid URL address and not localhost"


def test_the_same_subscription_twice_is_refused(box: Box) -> None:
    box.post("/webhooks", {"event": "all", "url": URL})
    assert refusal(box) == f"A webhook for event 'all' and url '{URL}' already exists."


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://hooks.example", "Webhook url must be a https secured url"),
        ("https://127.0.0.1/x", "Webhook url host can't be an IP address"),
        ("https://db.internal/x", "Webhook url host can't be localhost or a reserved/internal name"),
        ("https://localhost/x", "Webhook url host can't be localhost or a reserved/internal name"),
    ],
)
def test_targets_are_checked_only_when_switched_on(box: Box, url: str, message: str) -> None:
    assert box.post("/webhooks", {"event": "item/error", "url": url}).status_code == 201
    box.switch(webhookTargetChecks=True)
    assert refusal(box, url=url) == message
