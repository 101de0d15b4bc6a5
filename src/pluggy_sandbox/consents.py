"""Open Finance consents: given with the first good login, ended by date or by the person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pluggy_sandbox.clock import optional_stamp, stamp
from pluggy_sandbox.shapes import Json

DAYS_PER_MONTH = 365 / 12
PERMISSIONS = {
    "IDENTITY": (
        "REGISTRATION_ALL", "REGISTRATION_IDENTIFICATIONS", "REGISTRATION_QUALIFICATIONS",
        "REGISTRATION_FINANCIAL_RELATIONS",
    ),
    "ACCOUNTS": ("ACCOUNTS_ALL", "ACCOUNTS_LIST", "ACCOUNTS_BALANCES", "ACCOUNTS_LIMITS"),
    "TRANSACTIONS": ("ACCOUNTS_TRANSACTIONS",),
    "CREDIT_CARDS": (
        "CREDIT_CARDS_ALL", "CREDIT_CARDS_LIST", "CREDIT_CARDS_LIMITS", "CREDIT_CARDS_TRANSACTIONS",
        "CREDIT_CARDS_BILLS",
    ),
    "INVESTMENTS": ("INVESTMENTS_ALL",),
    "LOANS": ("CREDIT_OPERATIONS_ALL",),
}  # fmt: skip


@dataclass
class Consent:
    """What a person allowed, until when, and whether it was taken back."""

    id: str
    item_id: str
    products: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def to_json(self) -> Json:
        return {
            "id": self.id,
            "itemId": self.item_id,
            "products": self.products,
            "openFinancePermissionsGranted": [
                permission for product in self.products for permission in PERMISSIONS.get(product, ())
            ],
            "createdAt": stamp(self.created_at),
            "expiresAt": optional_stamp(self.expires_at),
            "revokedAt": optional_stamp(self.revoked_at),
        }


def expiry(now: datetime, months: int | None) -> datetime | None:
    """When a consent given now ends; None never ends, which is the default since 2024."""
    return now + timedelta(days=round(months * DAYS_PER_MONTH)) if months else None
