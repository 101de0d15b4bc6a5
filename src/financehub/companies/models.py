"""A person, the companies that person belongs to, and the keys programs use."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from financehub.companies.permissions import BY_ROLE, BY_SCOPE, Permission, Role
from financehub.core.ids import new_id
from financehub.core.tenancy import TenantModel

__all__ = ["ApiKey", "Company", "Invitation", "Membership", "Role", "User"]


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is their name here."""

    def create_user(self, email: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str) -> "User":
        user = self.create_user(email, password)
        user.is_staff = user.is_superuser = True
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="pt-br")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"User {self.pk}"


class Company(models.Model):
    """Whoever owns the data: a firm, or one person by itself (`is_personal`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    is_personal = models.BooleanField(default=False)
    vendor_alias = models.UUIDField(
        unique=True, default=new_id, editable=False
    )  # Pluggy's clientUserId; never shown
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Company {self.pk}"


class Membership(TenantModel):
    """A person's place in a company."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "user"], name="one_membership_per_person")]

    def may(self, permission: Permission) -> bool:
        return permission in BY_ROLE[self.role]

    @property
    def may_write(self) -> bool:
        return self.may(Permission.WRITE)

    @property
    def may_administer(self) -> bool:
        return self.may(Permission.MANAGE_MEMBERS)

    @property
    def may_see_billing(self) -> bool:
        return self.may(Permission.SEE_BILLING)


class Invitation(TenantModel):
    """An invitation by e-mail; only the hash of its token is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=8, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_address",
            )
        ]

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and at < self.expires_at


class ApiKey(TenantModel):
    """A program's credential: shown once, kept as a hash, scoped, revocable."""

    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def may(self, permission: Permission) -> bool:
        return any(permission in BY_SCOPE[scope] for scope in self.scopes)

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
