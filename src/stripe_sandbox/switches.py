"""What the simulated Stripe account is set to: a table the control plane may change."""

from typing import Annotated, Literal

import msgspec

from stripe_sandbox.shapes import Json

Chance = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Distortion = Literal[
    "bad_signature",
    "stale",
    "future",
    "double_signed",
    "v0_only",
    "wrong_livemode",
    "other_account",
    "other_version",
    "unknown_type",
    "huge",
    "garbage",
]


class Switches(msgspec.Struct, forbid_unknown_fields=True):
    """Every switch with its default."""

    draft_seconds: Count = 3600  # a renewal's invoice stays a draft this long
    incomplete_hours: Count = 23  # then a first payment is given up
    retry_days: list[int] = []  # Stripe's own retries after a failed renewal; none: ours to retry
    after_retries: Literal["leave_past_due", "cancel", "mark_unpaid"] = "leave_past_due"
    upcoming_days: Count = 7  # invoice.upcoming comes this long before a renewal; 0 never
    brazilian_account: bool = True  # boleto can be used
    rate_limit_per_second: Count = 0  # 0 is unlimited
    webhook_duplicates: Count = 0  # each delivery is made this many extra times
    webhook_twins: Chance = 0  # a second event, with its own id, for the same change
    webhook_shuffle_seconds: Seconds = 0  # each delivery waits a random part of this
    webhook_delay_seconds: Seconds = 0
    webhook_loss: Chance = 0  # never sent and never retried
    webhook_distortion: Distortion | None = None  # what is wrong with a delivery's first attempt
    webhook_distortion_chance: Chance = 1
    webhook_timeout_seconds: Seconds = 20

    def changed(self, changes: Json) -> "Switches":
        """A copy with `changes`; raises msgspec.ValidationError."""
        return msgspec.convert({**msgspec.to_builtins(self), **changes}, Switches)
