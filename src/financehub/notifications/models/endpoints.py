"""Where a company wants its programs to be told."""

from datetime import datetime

from django.db import models

from financehub.core.fields import SealedTextField
from financehub.core.tenancy import TenantModel

MOST_FORMERS = 3


class WebhookEndpoint(TenantModel):
    """An address that is told by signed POSTs (Standard Webhooks). `kinds` empty: everything."""

    url = models.URLField(max_length=500)
    description = models.CharField(max_length=120, blank=True)
    kinds = models.JSONField(default=list)
    secret = SealedTextField()  # whsec_…
    former_secret = SealedTextField(null=True)  # these sign too until `former_until`, the newest first
    former_until = models.DateTimeField(null=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    last_ok_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    disabled_at = models.DateTimeField(null=True)
    disabled_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "url"], name="one_endpoint_per_address")]

    @property
    def is_disabled(self) -> bool:
        return self.disabled_at is not None

    def secrets_at(self, at: datetime) -> list[str]:
        """Every secret that signs at `at`, the newest first."""
        still = self.former_until is not None and at < self.former_until
        return [self.secret, *(self.former_secret or "").split()] if still else [self.secret]

    def rotate(self, secret: str, *, until: datetime, at: datetime) -> None:
        """`secret` signs from now on, and until then what signed before: whoever rotates twice cuts nobody off."""
        formers = self.secrets_at(at)[:MOST_FORMERS]
        self.former_secret, self.former_until, self.secret = " ".join(formers), until, secret

    def wants(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds
