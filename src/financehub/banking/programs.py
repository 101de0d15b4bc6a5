"""The whole journey from Python, for programs that embed Finance Hub: list, connect, add up."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from financehub.audit.recording import Actor
from financehub.banking import entering, pluggy
from financehub.banking.entering import CredentialsRefused
from financehub.banking.models import Account, AccountType, Item
from financehub.companies import registering
from financehub.companies.models import Company, User
from financehub.core.errors import NotFound
from financehub.core.money import to_decimal
from financehub.providers.pluggy import client as providers

__all__ = ["BankConnector", "CredentialsRefused", "PluggyClient", "get_total_balance", "personal_company"]


class PluggyClient(providers.PluggyClient):
    """Pluggy with this installation's settings. Raises PluggyIsOff when it is not configured."""

    def __init__(self) -> None:
        if not pluggy.is_configured():
            raise pluggy.PluggyIsOff
        super().__init__(
            client_id=settings.PLUGGY_CLIENT_ID,
            client_secret=settings.PLUGGY_CLIENT_SECRET,
            base_url=settings.PLUGGY_BASE_URL,
            key_store=pluggy.SealedKeyStore(f"{settings.PLUGGY_BASE_URL} {settings.PLUGGY_CLIENT_ID}"),
            limiter=pluggy.PluggyLimits(),
            settings=pluggy.client_settings(),
        )


class BankConnector:
    """Connects banks for a person, into the company of their own."""

    def create_connection(
        self, *, user_id: UUID | str, connector_id: int, credentials: Mapping[str, str]
    ) -> dict[str, str | int]:
        """Start a connection with credentials, which go to the vendor and are kept nowhere.

        Returns `item_id` (ours), `pluggy_id`, `connector_id`, `connector_name`, `status`. Raises
        CredentialsRefused for values the connector does not take, LimitReached, NotFound for an unknown person.
        """
        user = _user(user_id)
        company = personal_company(user)
        item = entering.create_item(
            company=company,
            user=user,
            connector_id=connector_id,
            credentials=credentials,
            by=Actor("user", user.pk),
        )
        return _connection(item)


def get_total_balance(*, user_id: UUID | str) -> Decimal:
    """What a person has in bank accounts, in reais: the sum of BANK balances of their own company."""
    company = personal_company(_user(user_id))
    accounts = Account.objects.of(company).open().of_type(AccountType.BANK).filter(currency="BRL")
    return to_decimal(accounts.aggregate(total=Sum("balance_cents"))["total"] or 0)


def personal_company(user: User) -> Company:
    """The company every person has by themselves."""
    return registering.open_personal_company(user=user, by=Actor("user", user.pk))


def _user(user_id: UUID | str) -> User:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound("no such person")
    return user


def _connection(item: Item) -> dict[str, str | int]:
    return {
        "item_id": str(item.pk),
        "pluggy_id": str(item.pluggy_id),
        "connector_id": item.connector_id,
        "connector_name": item.connector.name,
        "status": item.status,
    }
