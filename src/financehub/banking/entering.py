"""Connecting with credentials that a person gave us: they go to the vendor once and are kept nowhere."""

from collections.abc import Mapping

from financehub.audit.recording import Actor
from financehub.banking import connecting, observing, pluggy
from financehub.banking.models import Item
from financehub.companies.models import Company, User
from financehub.core.errors import Conflict, Invalid
from financehub.providers.pluggy.errors import ConnectorOffline, PluggyRejected
from financehub.providers.pluggy.shapes.items import NewItem


class CredentialsRefused(Invalid):
    """The connector does not accept these values; details: vendor_code, fields."""

    code = "credentials_refused"


class BankOffline(Conflict):
    """The institution is down at the vendor."""

    code = "connector_offline"


def create_item(
    *, company: Company, user: User, connector_id: int, credentials: Mapping[str, str], by: Actor
) -> Item:
    """Start the connection. Raises LimitReached, CredentialsRefused, BankOffline."""
    connecting.require_room(company)
    wanted = NewItem(
        connector_id=connector_id, parameters=dict(credentials), client_user_id=str(company.vendor_alias)
    )
    try:
        snapshot = pluggy.client().create_item(wanted)
    except ConnectorOffline as refusal:
        raise BankOffline from refusal
    except PluggyRejected as refusal:
        fields = [detail.parameter for detail in refusal.details]
        raise CredentialsRefused(vendor_code=refusal.code, fields=fields) from refusal
    item = connecting.link(company=company, user=user, snapshot=snapshot, by=by)
    observing.watch(item.pk)
    return item
