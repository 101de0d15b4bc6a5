"""Texts from outside cut to their columns: PostgreSQL refuses one that is too long, SQLite keeps it."""

from collections.abc import Mapping
from functools import cache

from django.db import models


def fitted(model: type[models.Model], fields: Mapping[str, object]) -> dict[str, object]:
    """The fields with texts cut to the length of their columns, so that one odd word cannot stop a whole sync."""
    longest = _longest(model)
    return {
        name: value[: longest[name]] if isinstance(value, str) and name in longest else value
        for name, value in fields.items()
    }


@cache
def _longest(model: type[models.Model]) -> dict[str, int]:
    columns = (field for field in model._meta.concrete_fields if isinstance(field, models.CharField))
    return {column.attname: column.max_length for column in columns if column.max_length is not None}
