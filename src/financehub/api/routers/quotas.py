"""What is left of a connection's Open Finance limits this month."""

from datetime import date

from ninja import Router

from financehub.api import lookups
from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.shapes import Out
from financehub.banking.quotas import ledger
from financehub.banking.quotas.ledger import Line
from financehub.companies.permissions import Permission

router = Router(tags=["items"])
READ = allowed(Permission.READ)


class QuotaOut(Out):
    """One limit. `endsOn`: the day its last call goes at this pace; null when it lasts the month or it is too early."""

    name: str
    product: str
    per_month: int
    used: int
    left: int
    ends_on: date | None
    returns_on: date


class QuotasOut(Out):
    """The scarcest first; empty for a connection that is not Open Finance, which has no such limits."""

    results: list[QuotaOut]


def _out(line: Line) -> QuotaOut:
    return QuotaOut(
        name=line.name,
        product=line.quota.product,
        per_month=line.per_month,
        used=line.used,
        left=line.left,
        ends_on=line.ends_on,
        returns_on=line.returns_on,
    )


@at(router, "GET", "/banking/items/{id}/quotas/", operation_id="list_quotas", auth=READ, response=QuotasOut)
def list_quotas(request: AuthedRequest, key: OurId) -> QuotasOut:
    """Counted per document and institution: connections of the same person at the same bank share them."""
    return QuotasOut(results=[_out(line) for line in ledger.lines(lookups.item(request, key))])
