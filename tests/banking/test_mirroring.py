"""The vendor's Item becomes our columns, word for word, with what is personal masked or sealed away."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from financehub.banking.mirroring import is_older, item_fields
from financehub.banking.models import Item
from financehub.providers.pluggy.shapes import items as shapes
from financehub.providers.pluggy.shapes.base import decode_record

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
TOKEN = {"name": "token", "label": "Token", "type": "number"}


def snapshot(**fields: Any) -> shapes.Item:
    """A healthy Item as Pluggy sends it."""
    body = {
        "id": "11111111-1111-4111-8111-111111111111",
        "status": "UPDATED",
        "executionStatus": "SUCCESS",
        "updatedAt": "2026-11-25T11:59:00.000Z",
        "lastUpdatedAt": "2026-11-25T11:58:00.000Z",
        **fields,
    }
    return decode_record(shapes.Item, msgspec.json.encode(body))


def waiting(**fields: Any) -> shapes.Item:
    return snapshot(status="WAITING_USER_INPUT", executionStatus="WAITING_USER_INPUT", **fields)


def test_a_healthy_item_has_no_error_and_no_question() -> None:
    fields = item_fields(snapshot(products=["ACCOUNTS"]), at=AT)
    assert (fields["status"], fields["execution_status"], fields["products"]) == (
        "UPDATED",
        "SUCCESS",
        ["ACCOUNTS"],
    )
    assert (fields["error_code"], fields["parameter"], fields["user_action"]) == ("", None, None)
    assert fields["last_updated_at"] == datetime(2026, 11, 25, 11, 58, tzinfo=UTC)


def test_the_banks_own_text_is_kept_without_documents_and_never_too_long() -> None:
    error = {
        "code": "INVALID_CREDENTIALS",
        "message": "x" * 900,
        "providerMessage": "CPF 390.533.447-05 sem acesso",
    }
    fields = item_fields(snapshot(status="LOGIN_ERROR", error=error), at=AT)
    assert fields["error_code"] == "INVALID_CREDENTIALS"
    assert fields["error_message"] == "x" * 400
    assert fields["error_provider_message"] == "CPF *** sem acesso"


def test_the_question_ends_when_the_vendor_says() -> None:
    asked = waiting(parameter={**TOKEN, "expiresAt": "2026-11-25T12:05:00.000Z"})
    assert item_fields(asked, at=AT)["action_expires_at"] == AT + timedelta(minutes=5)


def test_without_a_word_from_the_vendor_the_question_lasts_120_seconds() -> None:
    asked = item_fields(waiting(parameter=TOKEN), at=AT)["action_expires_at"]
    assert asked == datetime(2026, 11, 25, 12, 1, tzinfo=UTC)
    assert item_fields(waiting(updatedAt=None), at=AT)["action_expires_at"] == AT + timedelta(seconds=120)


def test_a_question_that_was_answered_leaves_nothing_behind() -> None:
    fields = item_fields(snapshot(), at=AT)
    assert (fields["parameter"], fields["user_action"], fields["action_expires_at"]) == (None, None, None)


def test_details_of_products_become_plain_json() -> None:
    detail = {"creditCards": {"isUpdated": False, "lastUpdatedAt": "2026-11-01T00:00:00Z"}, "loans": None}
    plain = item_fields(snapshot(statusDetail=detail), at=AT)["status_detail"]
    assert isinstance(plain, dict)
    assert plain["creditCards"]["isUpdated"] is False
    assert plain["creditCards"]["lastUpdatedAt"] == "2026-11-01T00:00:00Z"
    assert plain["loans"] is None


@pytest.mark.parametrize(
    ("known", "seen", "older"),
    [
        ("2026-11-25T12:00:00Z", "2026-11-25T11:59:59Z", True),
        ("2026-11-25T12:00:00Z", "2026-11-25T12:00:00Z", False),
        ("2026-11-25T12:00:00Z", "2026-11-25T12:00:01Z", False),
        (None, "2026-11-25T12:00:00Z", False),
        ("2026-11-25T12:00:00Z", None, False),
    ],
)
def test_the_vendors_own_clock_tells_which_snapshot_is_older(
    known: str | None, seen: str | None, older: bool
) -> None:
    item = Item(vendor_updated_at=datetime.fromisoformat(known) if known else None)
    assert is_older(snapshot(updatedAt=seen), item) is older
