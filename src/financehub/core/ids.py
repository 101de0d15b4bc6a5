"""Keys of our own rows: UUIDv7, so that new rows sit together in an index."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh, time-ordered key."""
    return uuid7()
