"""Finding transactions by words: accents and capitals do not matter, and the end of a word may be left open.

Database triggers note each row whose words were written, in the transaction that writes them and whichever way it
does. `catch_up` makes the words of what was noted: a task every few seconds, and everybody who searches before looking.
So nothing that is there is missed, and a sync pays for a note a row instead of for an index.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from operator import and_
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from financehub.banking.models import SearchedRow, Transaction
from financehub.core import money
from financehub.core.documents import mask_documents

NOTED = "banking_unsearched"
AT_ONCE = 500
MOST_WORDS = 12
COLUMNS = ("description", "own_description", "own_note", "counterparty_name", "merchant_name")
NOT_A_WORD = re.compile(r"[^0-9a-z]+")
CENTS = re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d+),\d{2}$|^\d+\.\d{2}$")
REAIS = re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d{1,9})$")
NOTHING = Q(pk__in=[])


def says(text: str, company_id: UUID) -> Q:
    """Rows that say every word of `text`. A word that is an amount also finds it, in either direction: `49,90` to
    the cent, `49` whatever the cents."""
    catch_up()
    plain, conditions = [], []
    for word in text.split()[:MOST_WORDS]:
        amounts, said = _amounts(word), words_of([word])
        if amounts:
            conditions.append(amounts | _match(said, company_id))
        else:
            plain += said
    if plain:
        conditions.append(_match(plain, company_id))
    return reduce(and_, conditions, Q()) if conditions else NOTHING


def catch_up() -> int:
    """Make the words of every row that was noted; how many there were. Two at once share the work."""
    done = 0
    while _is_behind():
        with transaction.atomic():
            done += _index(_take_notes())
    return done


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of the texts, each once: small, without accents, letters of other alphabets by their numbers."""
    folded = unicodedata.normalize("NFKD", mask_documents(" ".join(texts)).casefold())
    return list(dict.fromkeys(word for word in NOT_A_WORD.split(_in_ascii(folded)) if word))


def _in_ascii(text: str) -> str:
    if text.isascii():
        return text
    return "".join(letter if letter.isascii() else _number(letter) for letter in text)


def _number(letter: str) -> str:
    if unicodedata.combining(letter):
        return ""  # an accent, set apart from its letter
    return f"u{ord(letter):x}" if letter.isalnum() else " "


def _match(words: list[str], company_id: UUID) -> Q:
    if not words:
        return NOTHING
    said = SearchedRow.objects.filter(words__say=" ".join([_company_word(company_id), *words]))
    return Q(pk__in=said.values("transaction_id"))


def _company_word(company_id: UUID) -> str:
    return f"_{company_id.hex}"  # nobody can type it: `_` sets words apart


def _amounts(word: str) -> Q | None:
    if CENTS.match(word):
        plain = word.replace(".", "").replace(",", ".") if "," in word else word
        cents = money.to_cents(Decimal(plain))
        return Q(amount_cents__in=[cents, -cents])
    if REAIS.match(word):
        cents = int(word.replace(".", "")) * 100
        return Q(amount_cents__range=(cents, cents + 99)) | Q(amount_cents__range=(-cents - 99, -cents))
    return None


def _is_behind() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {NOTED} LIMIT 1")
        return cursor.fetchone() is not None


def _take_notes() -> set[UUID]:
    """Some of the notes, which are gone with it. Who comes second waits, and finds them gone."""
    if connection.vendor == "postgresql":
        some = f"ctid = ANY(ARRAY(SELECT ctid FROM {NOTED} LIMIT %s FOR UPDATE))"
    else:
        some = f"rowid IN (SELECT rowid FROM {NOTED} ORDER BY rowid LIMIT %s)"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {NOTED} WHERE {some} RETURNING transaction_id", [AT_ONCE])
        return {key if isinstance(key, UUID) else UUID(key) for (key,) in cursor.fetchall()}


def _index(keys: set[UUID]) -> int:
    rows = Transaction.objects.across_companies().filter(pk__in=keys)
    found = [
        SearchedRow(
            transaction_id=key, words=" ".join([_company_word(company_id), *words_of(filter(None, said))])
        )
        for key, company_id, *said in rows.values_list("pk", "company_id", *COLUMNS)
    ]
    SearchedRow.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["transaction"], update_fields=["words"]
    )
    return len(keys)
