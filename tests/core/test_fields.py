"""A sealed column is plain in Python and unreadable in the database."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection

from financehub.core.fields import SealedJSONField, SealedTextField
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db


def test_a_text_comes_back_from_the_table_and_is_not_in_it() -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    event = WebhookEvent.objects.create(
        source="pluggy",
        external_id="1",
        type="item/updated",
        body="segredo",
        received_at=moment,
        due_at=moment,
    )
    assert WebhookEvent.objects.get(pk=event.pk).body == "segredo"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT body FROM {WebhookEvent._meta.db_table}")
        stored = bytes(cursor.fetchone()[0])
    assert b"segredo" not in stored


@pytest.mark.parametrize(
    ("value", "back"),
    [
        ({"name": "token", "options": [1, None, True]}, {"name": "token", "options": [1, None, True]}),
        ({"amount": Decimal("0.10")}, {"amount": "0.10"}),
        ([], []),
        (None, None),
    ],
)
def test_json_comes_back_with_decimals_exact_as_text(value: object, back: object) -> None:
    field = SealedJSONField()
    assert field.from_db_value(field.get_prep_value(value), None, connection) == back  # type: ignore[arg-type]


def test_nothing_stays_nothing() -> None:
    field = SealedTextField()
    assert field.get_prep_value(None) is None
    assert field.from_db_value(None, None, connection) is None  # type: ignore[arg-type]
