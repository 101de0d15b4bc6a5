"""A kind of connection: one institution as Pluggy offers it."""

from django.db import models


class Connector(models.Model):
    """Pluggy's Connector, mirrored; shared by all companies."""

    id = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=40)
    country = models.CharField(max_length=8)
    image_url = models.CharField(max_length=400, blank=True)
    primary_color = models.CharField(max_length=16, blank=True)
    is_open_finance = models.BooleanField(default=False)
    is_sandbox = models.BooleanField(default=False)
    oauth = models.BooleanField(default=False)
    has_mfa = models.BooleanField(default=False)
    credentials = models.JSONField(default=list)
    products = models.JSONField(default=list)
    health_status = models.CharField(max_length=16, default="ONLINE")
    mirrored_at = models.DateTimeField()

    MEU_PLUGGY = 200  # a proxy to the person's own Pluggy account: it refuses PATCH

    def __str__(self) -> str:
        return f"Connector {self.pk}"

    def __getitem__(self, field: str) -> object:
        """`connector["name"]`, for programs that read Pluggy's JSON by key."""
        return {"id": self.id, "name": self.name, "type": self.type, "country": self.country}[field]

    @property
    def can_be_refreshed(self) -> bool:
        return self.id != self.MEU_PLUGGY

    @property
    def first_sync_days(self) -> int:
        """How far back the first sync reads: a year for Open Finance and sandbox, 90 days for direct connectors."""
        return 365 if self.is_open_finance or self.is_sandbox else 90
