"""Who may do what: one table of roles, one of an API key's scopes."""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """What a member may do, from most to least."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"


class Scope(models.TextChoices):
    """What a program may do with an API key."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class Permission(StrEnum):
    """One kind of deed inside a company."""

    READ = "read"
    WRITE = "write"
    CONNECT = "connect"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_KEYS = "manage_keys"
    MANAGE_COMPANY = "manage_company"
    READ_AUDIT = "read_audit"
    MANAGE_OWNERS = "manage_owners"
    MANAGE_BILLING = "manage_billing"
    SEE_BILLING = "see_billing"  # the page of plan, invoices and card: an owner's
    SEE_PAYLOADS = "see_payloads"  # what a vendor's event said, masked: an owner's, in person


_READ = frozenset({Permission.READ})
_WRITE = _READ | {Permission.WRITE, Permission.CONNECT}
_ADMINISTER = _WRITE | {
    Permission.MANAGE_MEMBERS,
    Permission.MANAGE_KEYS,
    Permission.MANAGE_COMPANY,
    Permission.READ_AUDIT,
    Permission.MANAGE_BILLING,
}

BY_ROLE: dict[str, frozenset[Permission]] = {
    Role.VIEWER: _READ,
    Role.MEMBER: _WRITE,
    Role.ADMIN: _ADMINISTER,
    Role.OWNER: _ADMINISTER | {Permission.MANAGE_OWNERS, Permission.SEE_BILLING, Permission.SEE_PAYLOADS},
}

# A key never makes keys or people: a leaked one must not be able to outlive its own revocation.
BY_SCOPE: dict[str, frozenset[Permission]] = {
    Scope.READ: _READ,
    Scope.WRITE: _WRITE,
    Scope.ADMIN: _ADMINISTER - {Permission.MANAGE_KEYS, Permission.MANAGE_MEMBERS},
}
