"""Model fields whose value is sealed at rest."""

from typing import Any

import msgspec
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from financehub.core import crypto


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]
    """A text that is encrypted in the database and plain in Python."""

    def get_prep_value(self, value: str | None) -> bytes | None:
        return None if value is None else crypto.seal(value.encode())

    def from_db_value(
        self, value: bytes | None, _expression: Expression, _connection: BaseDatabaseWrapper
    ) -> str | None:
        return None if value is None else crypto.unseal(value).decode()


class SealedJSONField(models.BinaryField):  # type: ignore[type-arg]
    """A JSON value that is encrypted in the database and plain in Python; decimals stay exact as text."""

    def get_prep_value(self, value: object) -> bytes | None:
        return None if value is None else crypto.seal(msgspec.json.encode(value))

    def from_db_value(
        self, value: bytes | None, _expression: Expression, _connection: BaseDatabaseWrapper
    ) -> Any:
        return None if value is None else msgspec.json.decode(crypto.unseal(value))
