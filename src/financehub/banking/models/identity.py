"""Who the bank says the person is; sealed whole."""

from django.db import models

from financehub.core.fields import SealedJSONField
from financehub.core.tenancy import TenantModel


class Identity(TenantModel):
    """Pluggy's IdentityResponse of an Item."""

    item = models.OneToOneField("banking.Item", on_delete=models.CASCADE, related_name="identity")
    pluggy_id = models.UUIDField()
    content = SealedJSONField()
    mirrored_at = models.DateTimeField()
