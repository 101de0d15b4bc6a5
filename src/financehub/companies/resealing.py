"""The whole installation sealed again with the active key: the sealed columns, and the secrets of second factors."""

import base64
from binascii import Error as NotBase64
from collections.abc import Callable

from allauth.mfa.models import Authenticator

from financehub.audit.recording import Actor, Target, record
from financehub.core import crypto, resealing
from financehub.core.crypto import KeyRing, Undecipherable
from financehub.core.resealing import Tally

SECRETS = ("secret", "seed")  # of authenticator apps, and of recovery codes


def reseal(*, by: Actor, tell: Callable[[Tally], None], batch: int = resealing.BATCH) -> list[Tally]:
    """Everything; safe to stop, to repeat, and beside a working product."""
    ring = crypto.ring()
    tallies = [*resealing.reseal(ring, tell=tell, batch=batch), _second_factors(ring)]
    facts: dict[str, str | int | bool | None] = {
        "resealed": sum(tally.resealed for tally in tallies),
        "closed": sum(tally.closed for tally in tallies),
    }
    record("operations.resealed", by=by, on=Target("keys", "ring", facts), company_id=None)
    return tallies


def _second_factors(ring: KeyRing) -> Tally:
    resealed, closed = 0, 0
    for row in Authenticator.objects.all():
        for name in SECRETS:
            try:
                fresh = _fresh(row.data.get(name), ring)
            except Undecipherable:
                closed += 1
                continue
            if fresh is not None:
                was, row.data[name] = dict(row.data), fresh
                resealed += Authenticator.objects.filter(pk=row.pk, data=was).update(data=row.data)
    return Tally("mfa_authenticator.data", resealed, closed)


def _fresh(text: object, ring: KeyRing) -> str | None:
    """The value sealed anew; None when the active key sealed it, or it is none of ours. Raises Undecipherable."""
    try:
        sealed = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except NotBase64:
        return None
    if not sealed.startswith(crypto.VERSION) or sealed.startswith(ring.prefix):
        return None
    return base64.b64encode(ring.seal(ring.open(sealed))).decode()
