"""The life of an execution: the ladder from CREATED to its end, climbed on the virtual clock."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pluggy_sandbox import collection, mfa, outcomes, statuses
from pluggy_sandbox.consents import Consent, expiry
from pluggy_sandbox.credentials import Login, read_login
from pluggy_sandbox.errors import MfaAlreadyProvided, MfaExpired, MfaNotFound
from pluggy_sandbox.items import Item, Plan
from pluggy_sandbox.outcomes import Outcome
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.state import Action, Emit, State
from pluggy_sandbox.timers import Timer

LOGIN_STARTS, LOGIN_ENDS, MFA_CHECK = 0.2, 0.8, 0.5  # seconds of the virtual clock
# (status, seconds after the login, product that must be wanted)
COLLECTION = (
    ("ACCOUNTS_IN_PROGRESS", 0.0, "ACCOUNTS"),
    ("CREDITCARDS_IN_PROGRESS", 0.3, "CREDIT_CARDS"),
    ("TRANSACTIONS_IN_PROGRESS", 0.5, "TRANSACTIONS"),
    ("INVESTMENTS_IN_PROGRESS", 0.9, "INVESTMENTS"),
    ("INVESTMENTS_TRANSACTIONS_IN_PROGRESS", 1.1, "INVESTMENTS_TRANSACTIONS"),
    ("PAYMENT_DATA_IN_PROGRESS", 1.3, "PAYMENT_DATA"),
    ("IDENTITY_IN_PROGRESS", 1.5, "IDENTITY"),
    ("LOANS_IN_PROGRESS", 1.7, "LOANS"),
    ("ACCOUNT_STATEMENTS_IN_PROGRESS", 1.8, "ACCOUNT_STATEMENTS"),
    (statuses.MERGING, 2.0, None),
)
ENDS = 2.2
BETWEEN_ACCOUNTS = 1.0  # transactions/* events follow item/*, those of two accounts about a second apart
AUTO_SYNC, AUTO_RETRY, AUTO_RETRIES = timedelta(hours=24), timedelta(hours=1), 5


@dataclass
class Execution:
    """One run of one item. Only the newest run of an item may still act."""

    item: Item
    triggered_by: str
    login: Login
    asks_consent: bool
    challenge: mfa.Challenge | None = None
    approved: bool = False
    timers: list[Timer] = field(default_factory=list)


class Executions:
    """Starts, moves and ends executions, and tells subscribers on the way."""

    def __init__(self, state: State, emit: Emit) -> None:
        self._state, self._emit = state, emit
        self._open: dict[str, Execution] = {}
        self._auto: dict[str, Timer] = {}

    def start(self, item: Item, triggered_by: str, *, renews: bool = False) -> None:
        """Begin a run. `renews`: the person is there, so an Open Finance consent is asked again."""
        self.stop(item)
        item.executions += 1
        login = read_login(item.connector, item.parameters)
        if item.trusted:
            login = replace(login, outcome=outcomes.once_approved(login.outcome))
        if item.planned:
            login = replace(login, outcome=_planned(login.outcome, item.planned))
        run = Execution(item, triggered_by, login, asks_consent=renews or item.consent_id is None)
        self._open[item.id] = run
        item.error = item.parameter = item.user_action = None
        self._move(item, statuses.UPDATING, statuses.CREATED)
        self._later(
            run, LOGIN_STARTS, lambda: self._move(item, statuses.UPDATING, statuses.LOGIN_IN_PROGRESS)
        )
        self._later(run, LOGIN_ENDS, lambda: self._answer_of_bank(run))

    def resume(self, item: Item) -> None:
        """After a restart of the program: the interrupted run starts anew, a planned one is planned again."""
        if item.is_running or item.is_waiting:
            self.start(item, "CLIENT")
        elif item.next_auto_sync_at:
            self._schedule(item, item.next_auto_sync_at)

    def stop(self, item: Item) -> None:
        """Forget the open run and the next automatic one."""
        self._close(item)
        auto = self._auto.pop(item.id, None)
        if auto:
            auto.cancel()

    def _close(self, item: Item) -> None:
        run = self._open.pop(item.id, None)
        for timer in run.timers if run else ():
            timer.cancel()

    # -- the login -----------------------------------------------------------------------------

    def _answer_of_bank(self, run: Execution) -> None:
        outcome = run.login.outcome
        if outcome.error:
            self._fail(run, outcome.error, outcome.provider_message)
        elif run.item.is_open_finance:
            self._check_consent(run)
        elif outcome.mfa in ("qr-action", "device") and not run.item.trusted:
            self._wait_for_action(run, qr=outcome.mfa == "qr-action")
        elif outcome.mfa and outcome.mfa not in ("qr-action", "device"):
            self._wait_for_input(run, mfa.challenge_of(outcome.mfa))
        else:
            self._log_in(run)

    def _check_consent(self, run: Execution) -> None:
        consent = self._state.consents.get(run.item.consent_id or "")
        is_valid = consent is not None and consent.is_valid(self._state.now())
        if run.asks_consent or (run.triggered_by == "USER" and not is_valid):
            run.asks_consent = True
            self._wait_for_action(run, qr=False)
        elif is_valid:
            self._log_in(run)
        else:
            self._fail(run, statuses.USER_AUTHORIZATION_REVOKED)

    def _wait_for_input(self, run: Execution, challenge: mfa.Challenge) -> None:
        run.challenge = challenge
        run.item.parameter = challenge.parameter(self._deadline(run))
        self._move(run.item, statuses.WAITING_USER_INPUT, statuses.WAITING_USER_INPUT)
        self._tell(run, "item/waiting_user_input")

    def _wait_for_action(self, run: Execution, *, qr: bool) -> None:
        item, deadline = run.item, self._deadline(run)
        if qr:
            item.user_action = mfa.qr_user_action(item.id, deadline)
        else:
            url = f"{self._state.base_url}/bank/authorize?itemId={item.id}" if item.is_open_finance else None
            item.user_action = mfa.authorise_user_action(url, deadline)
        self._move(item, statuses.WAITING_USER_ACTION, statuses.WAITING_USER_ACTION)
        self._tell(run, "item/waiting_user_action")

    def _deadline(self, run: Execution) -> datetime:
        allowed = self._state.switches.mfa_seconds
        self._later(run, allowed, lambda: self._fail(run, statuses.USER_INPUT_TIMEOUT))
        return self._state.now() + timedelta(seconds=allowed)

    def answer(self, item: Item, body: Json) -> None:
        """The person's MFA value; raises the four MFA errors of POST /items/{id}/mfa."""
        run = self._open.get(item.id)
        if item.execution_status == statuses.USER_INPUT_TIMEOUT:
            raise MfaExpired
        if item.execution_status == statuses.LOGIN_MFA_IN_PROGRESS:
            raise MfaAlreadyProvided
        if run is None or run.challenge is None or item.status != statuses.WAITING_USER_INPUT:
            raise MfaNotFound
        value, challenge = run.challenge.answer_in(body), run.challenge
        self._resume(run)
        self._later(run, MFA_CHECK, lambda: self._check(run, value in challenge.accepted))

    def _check(self, run: Execution, accepted: object) -> None:
        if accepted:
            self._log_in(run)
        else:
            self._fail(run, statuses.INVALID_CREDENTIALS_MFA)

    def approve(self, item: Item) -> bool:
        """The person says yes at the bank (or the second approver does). False when nobody was asked."""
        run = self._open.get(item.id)
        if run is None and item.execution_status == statuses.USER_AUTHORIZATION_PENDING:
            self._resolve(item)
            return True
        if run is None or item.status != statuses.WAITING_USER_ACTION:
            return False
        self._resume(run)
        outcome = run.login.outcome
        if outcome.refused_at_bank:
            self._later(run, MFA_CHECK, lambda: self._fail(run, statuses.USER_AUTHORIZATION_NOT_GRANTED))
        elif outcome.needs_second_approval:
            self._grant_consent(item)
            self._later(run, MFA_CHECK, lambda: self._fail(run, statuses.USER_AUTHORIZATION_PENDING))
        else:
            item.trusted = not item.is_open_finance
            self._later(run, MFA_CHECK, lambda: self._log_in(run))
        return True

    def reject(self, item: Item) -> bool:
        """The person says no at the bank. False when nobody was asked."""
        run = self._open.get(item.id)
        if run is None or item.status != statuses.WAITING_USER_ACTION:
            return False
        self._fail(run, statuses.USER_AUTHORIZATION_NOT_GRANTED)
        return True

    def expire(self, item: Item) -> bool:
        """Let the deadline of a waiting item pass now. False when it does not wait."""
        run = self._open.get(item.id)
        if run is None or not item.is_waiting:
            return False
        self._fail(run, statuses.USER_INPUT_TIMEOUT)
        return True

    def _resume(self, run: Execution) -> None:
        for timer in run.timers:
            timer.cancel()
        run.timers.clear()
        run.item.parameter = run.item.user_action = None
        self._move(run.item, statuses.UPDATING, statuses.LOGIN_MFA_IN_PROGRESS)

    def _resolve(self, item: Item) -> None:
        """A pending authorisation comes through: a new run starts by itself."""
        if item.execution_status == statuses.USER_AUTHORIZATION_PENDING and item.id in self._state.items:
            item.trusted = True
            self.start(item, "INTERNAL")

    def _grant_consent(self, item: Item) -> None:
        now, old = self._state.now(), self._state.consents.get(item.consent_id or "")
        expires_at = expiry(now, self._state.switches.consent_months)
        if old is None or old.revoked_at:
            old = Consent(self._state.ids.uuid(), item.id, list(item.products), now, expires_at)
            self._state.consents[old.id] = old
        old.expires_at = item.consent_expires_at = expires_at
        item.consent_id, item.hides_data = old.id, False

    # -- the collection ------------------------------------------------------------------------

    def _log_in(self, run: Execution) -> None:
        item = run.item
        renewed = run.triggered_by == "CLIENT" and item.consent_expires_at is not None
        if item.is_open_finance and (run.asks_consent or renewed):
            self._grant_consent(item)
        item.consecutive_failed_login_attempts = 0
        self._tell(run, "item/login_succeeded")
        for status, delay, product in COLLECTION:
            if product is None or product in item.products:
                self._later(run, delay, self._climb(item, status))
        self._later(run, ENDS, lambda: self._succeed(run))

    def _climb(self, item: Item, status: str) -> Action:
        return lambda: self._move(item, statuses.UPDATING, status)

    def _succeed(self, run: Execution) -> None:
        item = run.item
        self._close(item)
        found = collection.collect(self._state, item, run.login)
        item.status_detail, item.consecutive_errors = found.status_detail, 0
        item.last_updated_at = item.ended_at = self._state.now()
        self._move(item, statuses.UPDATED, statuses.PARTIAL_SUCCESS if found.is_partial else statuses.SUCCESS)
        self._plan_auto_sync(item, run)
        self._tell(run, "item/updated" if item.succeeded_once else "item/created")
        item.succeeded_once = True
        self.tell_rows(item, found.news, run.triggered_by)

    def tell_rows(self, item: Item, news: dict[str, collection.RowNews], triggered_by: str) -> None:
        """One batch of transactions/* events per account, about a second apart."""
        for index, (account_id, rows) in enumerate(news.items()):
            self._state.after(
                (index + 1) * BETWEEN_ACCOUNTS, self._rows_told(item, account_id, rows, triggered_by)
            )

    def _rows_told(self, item: Item, account_id: str, rows: collection.RowNews, triggered_by: str) -> Action:
        def tell() -> None:
            if item.id not in self._state.items:
                return
            if rows.created:
                self._emit("transactions/created", item, accountId=account_id, triggeredBy=triggered_by,
                           transactionsCount=rows.created.count, transactionsMinDate=rows.created.min_date,
                           transactionsCreatedAtFrom=rows.created.created_from)  # fmt: skip
            if rows.updated:
                self._emit("transactions/updated", item, accountId=account_id, triggeredBy=triggered_by,
                           transactionIds=rows.updated, transactionsCount=len(rows.updated))  # fmt: skip
            if rows.deleted:
                self._emit("transactions/deleted", item, accountId=account_id,
                           transactionIds=rows.deleted, transactionsCount=len(rows.deleted))  # fmt: skip

        return tell

    # -- ends ----------------------------------------------------------------------------------

    def _fail(self, run: Execution, code: str, provider_message: str | None = None) -> None:
        item, asked = run.item, run.challenge
        self._close(item)
        item.parameter = item.user_action = None
        item.error = {"code": code, "message": outcomes.MESSAGES[code]}
        told = dict(item.error)
        if provider_message:
            item.error["providerMessage"] = provider_message
        if asked:
            told["parameter"] = asked.name
        item.ended_at = self._state.now()
        item.consecutive_errors += 1
        status = outcomes.final_status(code)
        item.consecutive_failed_login_attempts += status == statuses.LOGIN_ERROR
        self._move(item, status, code)
        self._plan_after_failure(item, run)
        self._tell(run, "item/error", error=told)

    def _plan_auto_sync(self, item: Item, run: Execution) -> None:
        """Production items without MFA are refreshed a day after their last good run."""
        item.next_auto_sync_at = None
        if _is_refreshed(item, run):
            self._schedule(item, self._state.now() + AUTO_SYNC)

    def _plan_after_failure(self, item: Item, run: Execution) -> None:
        item.next_auto_sync_at = None
        if run.login.outcome.resolves_after or run.login.outcome.needs_second_approval:
            delay = run.login.outcome.resolves_after or outcomes.APPROVAL_SECONDS
            self._state.after(delay, lambda: self._resolve(item))
        elif _is_refreshed(item, run) and _is_retried(item):
            self._schedule(item, self._state.now() + AUTO_RETRY)

    def _schedule(self, item: Item, moment: datetime) -> None:
        item.next_auto_sync_at = moment
        self._auto[item.id] = self._state.timers.at(moment, lambda: self.auto_sync(item))

    def auto_sync(self, item: Item) -> None:
        """Pluggy's own refresh; skipped while a run is open."""
        if item.id in self._state.items and not item.is_running and not item.is_waiting:
            self.start(item, "SYNC")

    # -- small moves ---------------------------------------------------------------------------

    def _move(self, item: Item, status: str, execution_status: str) -> None:
        item.status, item.execution_status = status, execution_status
        item.updated_at = self._state.now()

    def _later(self, run: Execution, delay: float, action: Action) -> None:
        run.timers.append(self._state.after(delay, action))

    def _tell(self, run: Execution, event: str, **fields: object) -> None:
        self._emit(event, run.item, triggeredBy=run.triggered_by, **fields)


def _planned(outcome: Outcome, plan: Plan) -> Outcome:
    """The outcome with what the control plane asked for laid over it."""
    return replace(
        outcome,
        error=plan.error or outcome.error,
        provider_message=plan.provider_message or outcome.provider_message,
        warnings=(*outcome.warnings, *plan.remarks),
    )


def _is_refreshed(item: Item, run: Execution) -> bool:
    """Whether Pluggy comes back to this item by itself: never for sandbox items or those that ask every time."""
    asks = run.challenge is not None or (bool(item.connector.get("hasMFA")) and not item.trusted)
    return not item.is_sandbox and not asks and item.auto_sync_disabled_at is None


def _is_retried(item: Item) -> bool:
    """Whether a failed refresh is tried again in an hour: a bank's trouble is, a person's is not."""
    if item.status == statuses.LOGIN_ERROR or item.execution_status == statuses.USER_INPUT_TIMEOUT:
        return False
    return item.consecutive_errors <= AUTO_RETRIES
