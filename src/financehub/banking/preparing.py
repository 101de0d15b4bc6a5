"""An attempt begun in a chat and carried on in the browser of the same person.

The address that leads from one to the other is signed and short-lived, and opens nothing by itself: the browser must
be signed in as the very person, so that neither a forwarded nor a planted address connects a bank for somebody else.
"""

import secrets
from uuid import UUID

from django.core import signing
from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking import connecting
from financehub.banking.models import ConnectAttempt, Connector
from financehub.banking.models.connecting import ATTEMPT_LIFETIME
from financehub.companies.models import Company, User
from financehub.core import clock
from financehub.core.errors import Conflict, Denied

SALT = "banking.preparing"


class PreparedClosed(Conflict):
    """The address is not ours, or is out of date."""

    code = "prepared_closed"


class PreparedForAnother(Denied):
    """The address was made for another person than the one who is signed in."""

    code = "prepared_for_another"


def prepare_connection(
    *, company: Company, user: User, connector: Connector, document: str = "", by: Actor
) -> str:
    """Open an attempt for this person at this institution; the token of its address. Raises LimitReached."""
    connecting.require_room(company)
    at = clock.now()
    with transaction.atomic():
        attempt = ConnectAttempt.objects.create(
            company=company,
            user=user,
            connector=connector,
            document=document or None,
            nonce=secrets.token_urlsafe(32),
            created_at=at,
            expires_at=at + ATTEMPT_LIFETIME,
        )
        target = Target("connect_attempt", attempt.pk, {"connector_id": connector.pk})
        record("open_finance.connection_prepared", by=by, on=target, company_id=company.pk)
    return signing.dumps(attempt.pk.hex, salt=SALT)


def open_prepared(token: str, *, user: User) -> ConnectAttempt:
    """The attempt behind a token, for the person who is signed in. Raises PreparedClosed, PreparedForAnother."""
    try:
        key = UUID(str(signing.loads(token, salt=SALT, max_age=ATTEMPT_LIFETIME)))
    except (signing.BadSignature, ValueError):
        raise PreparedClosed from None
    attempts = ConnectAttempt.objects.across_companies().select_related("company", "connector")
    attempt = attempts.filter(pk=key, expires_at__gt=clock.now()).first()
    if attempt is None:
        raise PreparedClosed
    if attempt.user_id != user.pk:
        raise PreparedForAnother
    return attempt


def take_document(attempt: ConnectAttempt) -> str:
    """The document for the form, once: it is not kept any longer than it is needed."""
    document = attempt.document or ""
    ConnectAttempt.objects.of(attempt.company_id).filter(pk=attempt.pk).update(document=None)
    return document


def forget_documents() -> int:
    """Those of attempts that nobody opened in time; how many."""
    over = ConnectAttempt.objects.across_companies().filter(expires_at__lte=clock.now())
    return over.exclude(document=None).update(document=None)
