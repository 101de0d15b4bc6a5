"""Rows that the bank shows again: an id that comes back beside its successor, a candidate that had gone."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from financehub.audit.recording import SYSTEM, Target, record
from financehub.banking.identity import rebinding, reviewing
from financehub.banking.identity.clues import clue_of
from financehub.banking.identity.likeness import compare
from financehub.banking.identity.matching import FLOOR, Match
from financehub.banking.models import Account, FormerId, Rejection, ReviewCase, ReviewRow, Transaction


def take_back(account: Account) -> set[UUID]:
    """Undo what was wrong: both ids of a row are at the bank, so they are two rows. The ids that came back.

    Where a person said that they are one, or has moved on since, the id that came back is a row of its own.
    """
    came_back = Transaction.objects.of(account.company_id).filter(pluggy_id=OuterRef("pluggy_id"))
    held = FormerId.objects.of(account.company_id).filter(transaction__account=account)
    taken: set[UUID] = set()
    for former in held.filter(Exists(came_back.filter(withdrawn_at__isnull=True))):
        row = (
            Transaction.objects.of(account.company_id)
            .select_for_update(no_key=True)
            .get(pk=former.transaction_id)
        )
        shown = (
            Transaction.objects.of(account.company_id)
            .select_for_update(no_key=True)
            .get(pluggy_id=former.pluggy_id)
        )
        if row.withdrawn_at is not None:
            continue  # its present id has gone: settling knows it by the id that came back
        is_ours = former.decided_by == FormerId.DecidedBy.RULE and row.pluggy_id == former.replaced_by
        if is_ours and not shown.is_edited:
            rebinding.give_back(row, shown, former)
            taken.add(former.pluggy_id)
            target = Target("transaction", row.pk, {"by": "rule"})
            record("open_finance.rebinding_undone", by=SYSTEM, on=target, company_id=account.company_id)
        else:
            former.delete()
    return taken


def offer_again(account: Account, *, at: datetime) -> None:
    """Rows that changed or came back since the last comparison join the open questions they may answer."""
    if account.settled_at is None:
        return
    known = ReviewRow.objects.of(account.company_id).filter(
        role=ReviewRow.Role.KNOWN,
        case__account=account,
        case__status=ReviewCase.Status.OPEN,
        case__kind=ReviewCase.Kind.REKEYED,
    )
    olds = {row.transaction_id: row.transaction for row in known.select_related("transaction")}
    if not olds:
        return
    rows = Transaction.objects.of(account.company_id).filter(account=account, withdrawn_at__isnull=True)
    again = rows.filter(changed_at__gt=account.settled_at, created_at__lte=account.settled_at)
    refused = set(Rejection.objects.of(account.company_id).values_list("left", "right"))
    news = {row.pk: row for row in again if not row.is_edited}
    for row in (*olds.values(), *news.values()):
        row.account = account
    questions = [
        reviewing.Question([old], offers)
        for old in olds
        if (offers := _offers(olds[old], [row for key, row in news.items() if (old, key) not in refused]))
    ]
    reviewing.ask(account, questions, rows=olds | news, at=at)


def _offers(old: Transaction, news: list[Transaction]) -> list[Match]:
    clue = clue_of(old)
    found = [(row.pk, compare(clue, clue_of(row))) for row in news]
    return [
        Match(old.pk, key, it.score, it.reasons) for key, it in found if it is not None and it.score > FLOOR
    ]
