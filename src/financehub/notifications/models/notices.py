"""One thing told to one person, or to the programs of a company."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from financehub.companies.models import Membership, User
from financehub.core.tenancy import TenantModel, TenantQuerySet


class NotificationQuerySet(TenantQuerySet["Notification"]):
    """Sets of notifications."""

    def for_person(self, person: User) -> Self:
        """What this person may read: in every company where the person has a place today."""
        places = Membership.objects.across_companies().filter(user=person)
        return self.across_companies().filter(person=person, company__in=places.values("company_id"))

    def on_tray(self) -> Self:
        return self.filter(is_on_tray=True)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notification(TenantModel):
    """Told once per `key`; without a person it is for the company's own programs (outgoing webhooks)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    kind = models.CharField(max_length=40)  # a name in kinds.KINDS
    key = models.CharField(max_length=200)
    severity = models.CharField(max_length=8)
    words = models.JSONField(default=dict)  # what the texts fill in; never a secret, it is not sealed
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    is_on_tray = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "person", "kind", "key"],
                condition=Q(person__isnull=False),
                name="told_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["company", "kind", "key"],
                condition=Q(person__isnull=True),
                name="told_once_per_company",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notifications_of_person"),
            models.Index(
                fields=["person"],
                condition=Q(read_at__isnull=True, is_on_tray=True),
                name="notifications_unread",
            ),
            models.Index(fields=["company", "-created_at"], name="notifications_of_company"),
        ]

    def __str__(self) -> str:
        return f"Notification {self.pk} {self.kind}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
