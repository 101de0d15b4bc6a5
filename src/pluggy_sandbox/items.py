"""One connection: its state, its hidden memory, and how it reads in JSON."""

from dataclasses import dataclass, field
from datetime import datetime

from pluggy_sandbox import statuses
from pluggy_sandbox.clock import optional_stamp, stamp
from pluggy_sandbox.outcomes import Remark
from pluggy_sandbox.portfolio.model import Portfolio
from pluggy_sandbox.shapes import Json

RUNNING = frozenset({statuses.UPDATING, statuses.MERGING})
WAITING = frozenset({statuses.WAITING_USER_INPUT, statuses.WAITING_USER_ACTION})


@dataclass(frozen=True)
class Plan:
    """How coming executions end, whatever the credentials say."""

    error: str | None = None
    provider_message: str | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(kw_only=True)
class Item:
    """What Pluggy tells of a connection, and what only the simulator remembers."""

    id: str
    connector: Json
    parameters: dict[str, str]
    products: list[str]
    created_at: datetime
    updated_at: datetime
    client_user_id: str | None = None
    webhook_url: str | None = None
    oauth_redirect_uri: str | None = None
    status: str = statuses.UPDATING
    execution_status: str = statuses.CREATED
    error: Json | None = None
    parameter: Json | None = None
    user_action: Json | None = None
    status_detail: Json | None = None
    last_updated_at: datetime | None = None
    next_auto_sync_at: datetime | None = None
    auto_sync_disabled_at: datetime | None = None
    consecutive_failed_login_attempts: int = 0
    consent_expires_at: datetime | None = None
    resources_collected_at: datetime | None = None
    has_resources_pending_authorization: bool | None = None

    portfolio: Portfolio | None = None
    collected_at: dict[str, datetime] = field(default_factory=dict)  # product -> last good collection
    quotas_spent_at: dict[str, datetime] = field(default_factory=dict)
    consecutive_errors: int = 0
    ended_at: datetime | None = None  # of the last execution
    touched_at: datetime | None = None  # last request of the client, for the 30-day purge
    executions: int = 0  # how many runs have begun
    consent_id: str | None = None
    hides_data: bool = False  # after a revocation data endpoints answer empty lists
    succeeded_once: bool = False
    trusted: bool = False  # a device or a second approver has said yes; later runs do not ask again
    last_token: str | None = None  # the 1-step MFA value of the previous run
    planned: Plan | None = None  # what the control plane wants of coming executions
    mutations: list[Json] = field(default_factory=list)  # what the bank will have done by the next collection

    @property
    def connector_id(self) -> int:
        return int(str(self.connector["id"]))

    @property
    def is_open_finance(self) -> bool:
        return bool(self.connector.get("isOpenFinance"))

    @property
    def is_sandbox(self) -> bool:
        return bool(self.connector.get("isSandbox"))

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def visible_portfolio(self) -> Portfolio | None:
        """What data endpoints may show: nothing before the first collection or after a revocation."""
        return None if self.hides_data else self.portfolio

    def to_json(self) -> Json:
        """The item exactly as the API shows it."""
        return {
            "id": self.id,
            "connector": self.connector,
            "products": self.products,
            "createdAt": stamp(self.created_at),
            "updatedAt": stamp(self.updated_at),
            "status": self.status,
            "executionStatus": self.execution_status,
            "lastUpdatedAt": optional_stamp(self.last_updated_at),
            "webhookUrl": self.webhook_url,
            "error": self.error,
            "clientUserId": self.client_user_id,
            "consecutiveFailedLoginAttempts": self.consecutive_failed_login_attempts,
            "statusDetail": self.status_detail,
            "parameter": self.parameter,
            "userAction": self.user_action,
            "nextAutoSyncAt": optional_stamp(self.next_auto_sync_at),
            "autoSyncDisabledAt": optional_stamp(self.auto_sync_disabled_at),
            "consentExpiresAt": optional_stamp(self.consent_expires_at),
            "resourcesCollectedAt": optional_stamp(self.resources_collected_at),
            "hasResourcesPendingAuthorization": self.has_resources_pending_authorization,
            "oauthRedirectUri": self.oauth_redirect_uri,
        }
