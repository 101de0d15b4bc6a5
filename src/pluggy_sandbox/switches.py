"""What the simulated Pluggy allows and enforces: a table the control plane may change."""

from typing import Annotated

import msgspec

from pluggy_sandbox.shapes import Json

Chance = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Switches(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """Every switch with its default; JSON names are camelCase."""

    rate_limits: bool = True
    update_frequency_hours: Count | None = None  # 24 on trial plans, 1 for new clients
    item_limit: Count | None = None  # 100 on development plans
    webhook_target_checks: bool = False  # https, public names, DNS
    v1_transactions_gone: bool = False  # 410 on GET /transactions
    absolute_next: bool = False  # `next` as a whole URL
    legacy_application: bool = False  # application made before 2026-06-02: v1 links in webhooks
    items_list: bool = False  # GET /v2/items, an opt-in of the vendor
    scr: bool = False  # GET /items/{id}/scr, a paid feature of the vendor
    client_disabled: bool = False  # POST /auth answers CLIENT_DISABLED
    ip_allowlist: list[str] | None = None  # other addresses get CLIENT_IP_NOT_ALLOWED
    sandbox_purge: bool = False  # sandbox items untouched for 30 days vanish
    mfa_seconds: Seconds = 120  # how long a person has to answer
    consent_months: Count | None = None  # None: consents do not expire
    webhook_duplicates: Count = 0  # each delivery is made this many extra times
    webhook_shuffle_seconds: Seconds = 0  # each delivery waits a random part of this
    webhook_delay_seconds: Seconds = 0
    webhook_loss: Chance = 0
    webhook_timeout_seconds: Seconds = 10
    webhook_signature_secret: str | None = (
        None  # adds an HMAC-SHA256 of the body; our guess, not the vendor's
    )
    webhook_signature_header: str = "X-Pluggy-Signature"
    webhook_disable_after: Count = 5  # given-up deliveries in a row; 0 = never

    def changed(self, changes: Json) -> "Switches":
        """A copy with `changes` (camelCase names); raises msgspec.ValidationError."""
        return msgspec.convert({**msgspec.to_builtins(self), **changes}, Switches)
