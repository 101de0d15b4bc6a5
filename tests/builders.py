"""One builder per kind of row: a plausible row with no arguments, any field by keyword."""

from itertools import count

from financehub.companies.models import Company, Membership, Role, User

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
