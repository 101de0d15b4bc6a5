"""Items, their Consents, resources and connect tokens: the link between a person and an institution."""

from enum import StrEnum

import msgspec

from financehub.providers.pluggy.shapes.base import Moment, Record, Shape, Text
from financehub.providers.pluggy.shapes.connectors import Connector, Credential


class ItemStatus(StrEnum):
    """The known words of `Item.status`; the field itself stays open."""

    UPDATING = "UPDATING"
    MERGING = "MERGING"
    WAITING_USER_INPUT = "WAITING_USER_INPUT"
    WAITING_USER_ACTION = "WAITING_USER_ACTION"
    UPDATED = "UPDATED"
    OUTDATED = "OUTDATED"
    LOGIN_ERROR = "LOGIN_ERROR"
    PARTIAL_SUCCESS = "PARTIAL_SUCCESS"


class ExecutionStatus(StrEnum):
    """The known words of `Item.execution_status`; the field itself stays open."""

    CREATING = "CREATING"
    CREATE_ERROR = "CREATE_ERROR"
    CREATED = "CREATED"
    LOGIN_IN_PROGRESS = "LOGIN_IN_PROGRESS"
    WAITING_USER_INPUT = "WAITING_USER_INPUT"
    WAITING_USER_ACTION = "WAITING_USER_ACTION"
    LOGIN_MFA_IN_PROGRESS = "LOGIN_MFA_IN_PROGRESS"
    ACCOUNTS_IN_PROGRESS = "ACCOUNTS_IN_PROGRESS"
    CREDITCARDS_IN_PROGRESS = "CREDITCARDS_IN_PROGRESS"
    TRANSACTIONS_IN_PROGRESS = "TRANSACTIONS_IN_PROGRESS"
    INVESTMENTS_IN_PROGRESS = "INVESTMENTS_IN_PROGRESS"
    INVESTMENTS_TRANSACTIONS_IN_PROGRESS = "INVESTMENTS_TRANSACTIONS_IN_PROGRESS"
    PAYMENT_DATA_IN_PROGRESS = "PAYMENT_DATA_IN_PROGRESS"
    IDENTITY_IN_PROGRESS = "IDENTITY_IN_PROGRESS"
    LOANS_IN_PROGRESS = "LOANS_IN_PROGRESS"
    ACCOUNT_STATEMENTS_IN_PROGRESS = "ACCOUNT_STATEMENTS_IN_PROGRESS"
    MERGING = "MERGING"
    SUCCESS = "SUCCESS"
    PARTIAL_SUCCESS = "PARTIAL_SUCCESS"
    INVALID_CREDENTIALS = "INVALID_CREDENTIALS"
    INVALID_CREDENTIALS_MFA = "INVALID_CREDENTIALS_MFA"
    ACCOUNT_LOCKED = "ACCOUNT_LOCKED"
    ACCOUNT_CREDENTIALS_RESET = "ACCOUNT_CREDENTIALS_RESET"
    USER_NOT_SUPPORTED = "USER_NOT_SUPPORTED"
    USER_AUTHORIZATION_NOT_GRANTED = "USER_AUTHORIZATION_NOT_GRANTED"
    USER_AUTHORIZATION_REVOKED = "USER_AUTHORIZATION_REVOKED"
    ALREADY_LOGGED_IN = "ALREADY_LOGGED_IN"
    ACCOUNT_NEEDS_ACTION = "ACCOUNT_NEEDS_ACTION"
    USER_AUTHORIZATION_PENDING = "USER_AUTHORIZATION_PENDING"
    USER_INPUT_TIMEOUT = "USER_INPUT_TIMEOUT"
    SITE_NOT_AVAILABLE = "SITE_NOT_AVAILABLE"
    CONNECTION_ERROR = "CONNECTION_ERROR"
    UNEXPECTED_ERROR = "UNEXPECTED_ERROR"
    ERROR = "ERROR"
    MERGE_ERROR = "MERGE_ERROR"


class ExecutionError(Shape, kw_only=True):
    """Why an execution ended badly. `provider_message` is the bank's own text."""

    code: Text = ""
    message: Text = ""
    provider_message: str | None = None
    attributes: dict[str, object] | None = None


class UserAction(Shape, kw_only=True):
    """Something only the person can do, outside: scan a QR code or authorise at the bank."""

    type: Text = ""
    instructions: Text = ""
    attributes: dict[str, object] | None = None
    expires_at: Moment | None = None


class ProductWarning(Shape, kw_only=True):
    code: Text = ""
    message: Text = ""
    provider_message: str | None = None


class ProductStatus(Shape, kw_only=True):
    """`is_updated` false with a date: stale since then; without one: never collected."""

    is_updated: bool | None = None
    last_updated_at: Moment | None = None
    warnings: list[ProductWarning] | None = None


class Item(Record, kw_only=True):
    id: str
    status: str
    execution_status: Text = ""
    connector: Connector | None = None
    error: ExecutionError | None = None
    parameter: Credential | None = None
    user_action: UserAction | None = None
    status_detail: dict[str, ProductStatus | None] | None = None
    products: list[str] | None = None
    client_user_id: str | None = None
    webhook_url: str | None = None
    oauth_redirect_uri: str | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    last_updated_at: Moment | None = None
    next_auto_sync_at: Moment | None = None
    auto_sync_disabled_at: Moment | None = None
    consecutive_failed_login_attempts: int | None = None
    consent_expires_at: Moment | None = None
    resources_collected_at: Moment | None = None
    has_resources_pending_authorization: bool | None = None


class ItemOptions(Shape, kw_only=True, omit_defaults=True):
    """What a connect token fixes for the Item it creates. Unset fields are not sent."""

    client_user_id: str | None = None
    webhook_url: str | None = None
    oauth_redirect_uri: str | None = None
    avoid_duplicates: bool | None = None
    products: list[str] | None = None
    connector_sort_alphabetically: bool | None = None


class NewItem(Shape, kw_only=True, omit_defaults=True):
    """`parameters` is a map, or one string encrypted with Pluggy's public key."""

    connector_id: int
    parameters: dict[str, str] | str
    webhook_url: str | None = None
    client_user_id: str | None = None
    oauth_redirect_uri: str | None = None
    products: list[str] | None = None
    avoid_duplicates: bool | None = None


class ItemChanges(Shape, kw_only=True, omit_defaults=True):
    """Empty: a plain new execution with the credentials Pluggy keeps."""

    parameters: dict[str, str] | str | None = None
    client_user_id: str | None = None
    webhook_url: str | None = None
    products: list[str] | None = None


class ItemResource(Record, kw_only=True):
    resource_id: str | None = None
    type: str | None = None
    status: str | None = None


class Consent(Record, kw_only=True):
    """`expires_at` null: it does not expire."""

    id: str
    item_id: str
    products: list[str] | None = None
    open_finance_permissions_granted: list[str] | None = None
    created_at: Moment | None = None
    expires_at: Moment | None = None
    revoked_at: Moment | None = None


class ConnectToken(Shape, kw_only=True):
    """A browser's credential for one widget session; `expires_at` is None when the token does not tell."""

    access_token: str
    expires_at: Moment | None = None

    def __repr__(self) -> str:
        return "<ConnectToken>"


class ScrValidationMessage(Shape, kw_only=True):
    code: str | None = msgspec.field(name="codigo", default=None)
    message: str | None = msgspec.field(name="mensagem", default=None)


class Scr(Record, kw_only=True):
    """The Central Bank's credit registry, forwarded word for word; the databases stay raw JSON."""

    dtb_consult: Text = ""
    cd_cli: Text = ""
    tp_cli: Text = ""
    ls_dtb: msgspec.Raw = msgspec.Raw(b"null")
    validation_messages: list[ScrValidationMessage] | None = msgspec.field(
        name="listaDeMensagensDeValidacao", default=None
    )
