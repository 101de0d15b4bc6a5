"""A connection that needs somebody, fails for long, or is back: told when that changes, once for each trouble."""

from datetime import datetime, timedelta

from django.db.models import Q

from financehub.audit.recording import Target
from financehub.banking import problems
from financehub.banking.models import ConnectAttempt, ConsentRenewal, Item, Sync
from financehub.banking.problems import Action, Problem
from financehub.core.clock import SAO_PAULO
from financehub.notifications import operators, telling
from financehub.notifications.models import Notification

ASKS, FAILING, RECOVERED = "connection_asks", "connection_failing", "connection_recovered"
OPERATOR = "operator_must_look"
AT_IT = timedelta(minutes=10)  # longer than any bank waits for its answer
PATIENCE = timedelta(hours=2)  # most banks that do not answer do so again before
CONSENT_KINDS = {"consent_ended", "consent_ending"}
LAST_DAY = timedelta(days=1)


def tell_change(item: Item, before: Problem | None, *, failed_since: datetime | None, at: datetime) -> None:
    """Call it in the transaction that mirrored the Item; `before` and `failed_since` are of the state it replaced."""
    problem = problems.problem_of(item, at=at)
    kind = problem.notification if problem else ""
    if kind == FAILING:
        _tell_failing(item, at)
    elif problem and kind and (before is None or before.code != problem.code):
        _tell_trouble(item, problem, at)
    elif problem is None and failed_since is not None and item.is_healthy:
        _tell_recovered(item, failed_since)


def tell_ended(item: Item) -> None:
    """The vendor no longer has it. Inside the caller's transaction."""
    _tell(item, "connection_ended", f"{item.pk}:ended")


def tell_consent_ending(item: Item, attempt: ConsentRenewal, *, at: datetime) -> None:
    """Only the person can renew it: said when that is known, and once more on its last day."""
    day = attempt.expires_at.astimezone(SAO_PAULO).strftime("%d/%m/%Y")
    is_last = attempt.expires_at - at <= LAST_DAY
    key = f"{item.pk}:{attempt.expires_at.date()}{':last' if is_last else ''}"
    _tell(item, "consent_ending", key, day=day)


def tell_sync_failed(sync: Sync, code: str, *, at: datetime) -> None:
    """A Sync was given up. What the vendor refuses to this whole installation goes to its operator."""
    problem = problems.problem_of_code(code)
    if problem.notification == OPERATOR:
        _tell_operator(code, at)
    elif problem.action in {Action.RETRY_WITH_BACKOFF, Action.WAIT}:
        since = sync.requested_at.astimezone(SAO_PAULO).strftime("%d/%m/%Y %H:%M")
        _tell(sync.item, FAILING, f"{sync.item_id}:{at.astimezone(SAO_PAULO).date()}", since=since)


def _tell_trouble(item: Item, problem: Problem, at: datetime) -> None:
    """A question that whoever connects is reading just now wakes nobody else up."""
    words = {"institution": item.connector.name, "code": problem.code}
    tell = telling.show if problem.notification == ASKS and _somebody_is_at_it(item, at) else telling.tell
    about = Target("item", item.pk)
    tell(item.company, problem.notification, key=_key(item, problem, at), about=about, words=words)


def _tell_failing(item: Item, at: datetime) -> None:
    since = item.failing_since
    if since is not None and at - since >= PATIENCE:
        shown = since.astimezone(SAO_PAULO).strftime("%d/%m/%Y %H:%M")
        _tell(item, FAILING, _episode(item, since), since=shown)


def _tell_recovered(item: Item, failed_since: datetime) -> None:
    """Only where its failing was told."""
    key = _episode(item, failed_since)
    if Notification.objects.of(item.company_id).filter(kind=FAILING, key=key).exists():
        _tell(item, RECOVERED, key)


def _tell_operator(code: str, at: datetime) -> None:
    """Once a day."""
    operators.tell(OPERATOR, key=f"{code}:{at.astimezone(SAO_PAULO).date()}", words={"code": code})


def _key(item: Item, problem: Problem, at: datetime) -> str:
    """A consent's end has one date; a bank's question is one execution; a refusal is said once a day."""
    if problem.notification in CONSENT_KINDS and item.consent_expires_at is not None:
        return f"{item.pk}:{item.consent_expires_at.date()}"
    if problem.notification == ASKS:
        return f"{item.pk}:{(item.vendor_updated_at or at).isoformat()}"
    return f"{item.pk}:{problem.code}:{at.astimezone(SAO_PAULO).date()}"


def _episode(item: Item, since: datetime) -> str:
    return f"{item.pk}:{since.isoformat()}"


def _somebody_is_at_it(item: Item, at: datetime) -> bool:
    """A person connects it just now, by Connect or in a chat, and has the bank's question before them."""
    since = at - AT_IT
    if item.created_by_id is not None and item.created_at >= since:
        return True
    used = Q(used_at__gte=since) | Q(used_at__isnull=True, created_at__gte=since)
    its = Q(item=item) | Q(item_pluggy_id=item.pluggy_id)
    return ConnectAttempt.objects.of(item.company_id).filter(its, used).exists()


def _tell(item: Item, kind: str, key: str, **words: str) -> None:
    about = Target("item", item.pk)
    told = {"institution": item.connector.name, **words}
    telling.tell(item.company, kind, key=key, about=about, words=told)
