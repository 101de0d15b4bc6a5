"""A body as a person may see it."""

import json

from financehub.webhooks.masking import masked


def test_ids_states_and_times_are_shown_and_nothing_else():
    shown = json.loads(
        masked(
            json.dumps(
                {
                    "event": "item/error",
                    "itemId": "5f1c",
                    "clientUserId": "alias",
                    "transactionIds": ["a", "b"],
                    "error": {"code": "ACCOUNT_LOCKED", "message": "Conta de Ana, CPF 761.092.776-73"},
                    "amount": 12.5,
                    "data": {"object": {"email": "ana@example.com", "id": "cus_1", "livemode": False}},
                }
            )
        )
    )
    assert shown["itemId"] == "5f1c"
    assert shown["error"] == {"code": "ACCOUNT_LOCKED", "message": "•••"}
    assert shown["data"]["object"] == {"email": "•••", "id": "cus_1", "livemode": False}
    assert (shown["amount"], shown["transactionIds"]) == ("•••", ["a", "b"])


def test_what_is_nested_too_deep_is_hidden():
    deep = "1"
    for _ in range(30):
        deep = json.dumps({"id": json.loads(deep)})
    assert "•••" in masked(deep)


def test_a_document_in_an_id_is_masked():
    assert "761.092.776-73" not in masked('{"id": "761.092.776-73"}')
