"""One builder per kind of row: a plausible row with no arguments, any field by keyword."""

from itertools import count
from uuid import uuid4

from financehub.banking.models import Account, Connector, Item, Transaction
from financehub.companies.models import Company, Membership, Role, User
from financehub.core import clock

_numbers = count(1)

PASSWORD = "uma senha bem longa"


def make_user(**fields: object) -> User:
    """A person with an address of their own and PASSWORD."""
    values: dict[str, object] = {"email": f"pessoa{next(_numbers)}@example.com", **fields}
    password = values.pop("password", PASSWORD)
    user = User(**values)
    user.set_password(str(password))
    user.save()
    return user


def make_company(**fields: object) -> Company:
    """A company without members."""
    return Company.objects.create(**{"name": f"Empresa {next(_numbers)}", **fields})


def make_member(**fields: object) -> Membership:
    """A person's place in a company, both fresh unless given; an owner unless `role` says else."""
    values = {"role": Role.OWNER, **fields}
    values.setdefault("company", None)
    values["company"] = values["company"] or make_company()
    values["user"] = values.get("user") or make_user()
    return Membership.objects.create(**values)


def make_connector(**fields: object) -> Connector:
    """Pluggy's sandbox bank unless told else."""
    values = {
        "id": 2,
        "name": "Pluggy Bank",
        "type": "PERSONAL_BANK",
        "country": "BR",
        "is_sandbox": True,
        **fields,
    }
    key = values.pop("id")
    values.setdefault("mirrored_at", clock.now())
    return Connector.objects.update_or_create(id=key, defaults=values)[0]


def make_item(**fields: object) -> Item:
    """A healthy connection; `company` is fresh unless given."""
    at = clock.now()
    values: dict[str, object] = {
        "pluggy_id": uuid4(),
        "status": "UPDATED",
        "execution_status": "SUCCESS",
        "last_updated_at": at,
        "observed_at": at,
        "created_at": at,
        **fields,
    }
    values["company"] = values.get("company") or make_company()
    values["connector"] = values.get("connector") or make_connector()
    return Item.objects.create(**values)


def make_account(**fields: object) -> Account:
    """A checking account of a connection (or of nobody's bank with `is_manual=True`)."""
    values: dict[str, object] = {
        "type": "BANK",
        "name": "Conta Corrente",
        "created_at": clock.now(),
        **fields,
    }
    if not values.get("is_manual"):
        values["item"] = values.get("item") or make_item(company=values.get("company"))
        values.setdefault("pluggy_id", uuid4())
        values.setdefault("sync_place", next(_numbers))
        values["company"] = values.get("company") or values["item"].company  # type: ignore[attr-defined]
    values["company"] = values.get("company") or make_company()
    return Account.objects.create(**values)


def make_transaction(**fields: object) -> Transaction:
    """A posted purchase of R$ 12,34 today; the sign of `amount_cents` decides its type."""
    values: dict[str, object] = {
        "amount_cents": -1234,
        "description": "Padaria",
        "date": clock.today(),
        **fields,
    }
    values["account"] = account = values.get("account") or make_account(company=values.get("company"))
    cents, day = values["amount_cents"], values["date"]
    defaults = {
        "company": account.company,  # type: ignore[attr-defined]
        "source": "vendor",
        "type": "DEBIT" if cents < 0 else "CREDIT",  # type: ignore[operator]
        "status": "POSTED",
        "currency": "BRL",
        "occurred_at": clock.start_of_day(day),  # type: ignore[arg-type]
        "created_at": clock.now(),
    }
    if values.get("source", "vendor") == "vendor":
        defaults["pluggy_id"] = uuid4()
        defaults["content_hash"] = b"\0" * 16
    return Transaction.objects.create(**{**defaults, **values})
