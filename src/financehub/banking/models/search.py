"""The words of a transaction, beside it: PostgreSQL's full text, SQLite's FTS5, one lookup for both."""

from typing import Any

from django.db import models
from django.db.models import Lookup

FTS_TABLE = "banking_words"


class WordsField(models.TextField):  # type: ignore[type-arg]  # generic for the checker only
    """Words set apart by spaces, of small ASCII letters, digits and `_`; looked up by `__say`."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: object, compiler: Any, connection: Any) -> str:  # noqa: ARG002  Django's names
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"


@WordsField.register_lookup
class Say(Lookup):
    """Every one of these words, the last letters of each left open; a word with `_` is meant whole."""

    lookup_name = "say"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[object]]:
        column, params = self.process_lhs(compiler, connection)
        wanted = " & ".join(word if "_" in word else f"{word}:*" for word in self.rhs.split())
        return f"{column} @@ %s::tsquery", [*params, wanted]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[object]]:
        column, params = self.process_lhs(compiler, connection)
        row = column.rpartition(".")[0]
        wanted = " AND ".join(f'"{word}"' if "_" in word else f'"{word}"*' for word in self.rhs.split())
        found = f"SELECT rowid FROM {FTS_TABLE} WHERE {FTS_TABLE} MATCH %s"
        return f'{row}."id" IN ({found})', [*params, wanted]


class SearchedRow(models.Model):
    """The words of one transaction, made by `searching.catch_up`; one of them names its company."""

    id = models.BigAutoField(primary_key=True)  # what FTS5 knows the row by
    transaction = models.OneToOneField(
        "banking.Transaction", on_delete=models.CASCADE, related_name="searched"
    )
    words = WordsField()

    def __str__(self) -> str:
        return f"SearchedRow {self.pk}"
