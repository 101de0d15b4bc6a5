"""The rules of POST and PATCH /items: who may connect or refresh what, and when."""

from dataclasses import dataclass
from datetime import timedelta

from pluggy_sandbox import credentials, errors, statuses
from pluggy_sandbox.clock import optional_stamp, stamp
from pluggy_sandbox.items import Item
from pluggy_sandbox.lifecycle import Executions
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.state import State

MEU_PLUGGY = 200
MAX_LOGIN_FAILURES, BACK_OFF = 2, timedelta(minutes=15)
MAX_ERRORS_IN_A_ROW = 5


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a client asks when it creates or updates an item; None leaves a thing as it is."""

    parameters: dict[str, str] | str | None = None
    products: list[str] | None = None
    client_user_id: str | None = None
    webhook_url: str | None = None
    oauth_redirect_uri: str | None = None
    avoid_duplicates: bool = False


def create(state: State, executions: Executions, connector_id: int, wish: Wish, triggered_by: str) -> Item:
    """A new item with its first execution begun; raises the errors of POST /items."""
    connector = state.connector(connector_id)
    _check_room(state, connector)
    parameters = _checked_parameters(connector, wish.parameters)
    if wish.avoid_duplicates:
        _check_unique(state, connector_id, parameters)
    item = Item(
        id=state.ids.uuid(),
        connector=connector,
        parameters=parameters,
        products=credentials.supported(connector, wish.products),
        created_at=state.now(),
        updated_at=state.now(),
        touched_at=state.now(),
        client_user_id=wish.client_user_id,
        webhook_url=wish.webhook_url,
        oauth_redirect_uri=wish.oauth_redirect_uri,
    )
    state.items[item.id] = item
    _remember_token(item)
    executions.start(item, triggered_by, renews=True)
    return item


def _check_room(state: State, connector: Json) -> None:
    health = connector.get("health")
    if isinstance(health, dict) and health.get("status") == "OFFLINE":
        raise errors.ConnectorOffline
    limit = state.switches.item_limit
    if limit is not None and len(state.items) >= limit:
        raise errors.ItemCreationLimitExceeded(data={"itemsLimit": limit})


def _checked_parameters(connector: Json, given: dict[str, str] | str | None) -> dict[str, str]:
    if given is None and connector.get("credentials"):
        raise errors.ParametersNotProvided
    parameters = credentials.decrypted(connector) if isinstance(given, str) else given or {}
    details = credentials.problems(connector, parameters)
    if details:
        raise errors.ConnectorValidationError(details=details, errors=details)
    return parameters


def _check_unique(state: State, connector_id: int, parameters: dict[str, str]) -> None:
    twins = [
        item.id
        for item in state.items.values()
        if item.connector_id == connector_id
        and item.parameters == parameters
        and item.status != statuses.LOGIN_ERROR
    ]
    if twins:
        raise errors.ItemUserAlreadyExists(items=twins)


def update(state: State, executions: Executions, item: Item, wish: Wish, triggered_by: str) -> Item:
    """A refresh or a repair of an item; raises the errors of PATCH /items/{id}."""
    if item.connector_id == MEU_PLUGGY:
        raise errors.MeuPluggyCannotUpdate(errorId=state.ids.uuid())
    if item.is_running:
        raise errors.ItemIsAlreadyUpdating
    _check_patience(state, item, wish)
    if triggered_by == "CLIENT":
        _check_frequency(state, item)
    _check_one_step(item, wish)
    _apply(state, item, wish)
    executions.start(item, triggered_by, renews=wish.parameters is not None)
    return item


def _check_patience(state: State, item: Item, wish: Wish) -> None:
    """Login back-off, then too many errors, then the need for new credentials."""
    now = state.now()
    if item.consecutive_failed_login_attempts >= MAX_LOGIN_FAILURES and item.ended_at:
        retry_at = item.ended_at + BACK_OFF
        if now < retry_at:
            raise errors.TooManyConsecutiveLoginFailures(
                data={
                    "readableBackoffTime": "15 minutes",
                    "maxConsecutiveFailedLoginAttempts": MAX_LOGIN_FAILURES,
                    "lastExecutionEndedAt": stamp(item.ended_at),
                    "canRetryAfterDate": stamp(retry_at),
                }
            )
    if wish.parameters is None and item.consecutive_errors > MAX_ERRORS_IN_A_ROW:
        raise errors.TooManyConsecutiveErrors
    if wish.parameters is None and item.status == statuses.LOGIN_ERROR and not item.is_open_finance:
        raise errors.LastExecutionHadLoginError


def _check_frequency(state: State, item: Item) -> None:
    hours = state.switches.update_frequency_hours
    if not hours or item.last_updated_at is None:
        return
    if state.now() - item.last_updated_at < timedelta(hours=hours):
        raise errors.UpdatingBeforeAllowedFrequency(
            data={
                "minUpdateFrequencyAllowedInHours": hours,
                "lastUpdatedAt": optional_stamp(item.last_updated_at),
            }
        )


def _check_one_step(item: Item, wish: Wish) -> None:
    """A 1-step bank wants a fresh token with every run."""
    field = credentials.one_step_field(item.connector)
    if field is None or isinstance(wish.parameters, str):
        return
    value = (wish.parameters or {}).get(field)
    if not value:
        raise errors.RequiredParameterMissing(data={"parameter": field})
    if value == item.last_token:
        raise errors.MfaParameterAlreadyUsed


def _apply(state: State, item: Item, wish: Wish) -> None:
    if wish.parameters is not None:
        given = wish.parameters
        merged = given if isinstance(given, str) else {**item.parameters, **given}
        item.parameters = _checked_parameters(item.connector, merged)
        _remember_token(item)
    if wish.products is not None:
        item.products = credentials.supported(item.connector, wish.products)
    item.client_user_id = wish.client_user_id or item.client_user_id
    item.webhook_url = wish.webhook_url or item.webhook_url
    item.oauth_redirect_uri = wish.oauth_redirect_uri or item.oauth_redirect_uri
    item.auto_sync_disabled_at = None
    item.touched_at = state.now()


def _remember_token(item: Item) -> None:
    field = credentials.one_step_field(item.connector)
    item.last_token = item.parameters.get(field) if field else None
