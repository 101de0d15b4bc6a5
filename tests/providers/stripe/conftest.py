"""The shop of billing, where a call needs something to be about."""

from tests.billing.conftest import shop

__all__ = ["shop"]
