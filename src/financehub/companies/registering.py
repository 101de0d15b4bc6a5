"""A person arrives: the account, the company of their own, and further companies they open."""

from allauth.account.models import EmailAddress
from django.db import transaction

from financehub.audit.recording import SYSTEM, Actor, Target, record
from financehub.companies import access
from financehub.companies.models import Company, Membership, User
from financehub.companies.permissions import Permission, Role
from financehub.core.errors import Conflict, Invalid


class EmailTaken(Conflict):
    """Somebody already signs in with this e-mail address."""

    code = "email_taken"


@transaction.atomic
def register(*, email: str, password: str, name: str = "", by: Actor = SYSTEM) -> User:
    """A new person whose address is known to be theirs, with a personal company. Raises EmailTaken."""
    if User.objects.filter(email=email.strip().lower()).exists():
        raise EmailTaken
    user = User.objects.create_user(email.strip(), password)
    if name:
        user.name = name
        user.save(update_fields=["name"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("person.signed_up", by=by, on=Target("user", user.id), company_id=None)
    open_personal_company(user=user, by=by)
    return user


@transaction.atomic
def reset_password(*, user: User, password: str, by: Actor) -> None:
    """Give a person another password, which ends their sessions."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("person.password_changed", by=by, on=Target("user", user.id), company_id=None)


@transaction.atomic
def open_personal_company(*, user: User, by: Actor) -> Company:
    """The company every person has; the one that exists when it was opened before."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    owned = Membership.objects.across_companies().filter(
        user=user, company__is_personal=True, role=Role.OWNER
    )
    place = owned.select_related("company").first()
    if place is not None:
        return place.company
    return _open(user=user, name=user.name or user.email.partition("@")[0], is_personal=True, by=by)


@transaction.atomic
def open_company(*, user: User, name: str, by: Actor) -> Company:
    """A further company, owned by the person who opens it. Raises Invalid for an empty name."""
    return _open(user=user, name=_clean_name(name), is_personal=False, by=by)


@transaction.atomic
def rename_company(*, company: Company, name: str, by: Actor) -> Company:
    """Give the company another name. Raises Denied, Invalid."""
    access.require(by=by, company=company, permission=Permission.MANAGE_COMPANY)
    company.name = _clean_name(name)
    company.save(update_fields=["name"])
    record("company.renamed", by=by, on=Target("company", company.id), company_id=company.id)
    return company


def _open(*, user: User, name: str, is_personal: bool, by: Actor) -> Company:
    company = Company.objects.create(name=name[:120], is_personal=is_personal)
    Membership.objects.create(company=company, user=user, role=Role.OWNER)
    facts: dict[str, str | int | bool | None] = {"personal": is_personal}
    record("company.opened", by=by, on=Target("company", company.id, facts), company_id=company.id)
    return company


def _clean_name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 120:
        raise Invalid("A company's name has 1 to 120 characters", field="name")
    return cleaned
