"""Telling the owners of a company about money, each thing once, by e-mail."""

from django.conf import settings
from django.db import transaction

from financehub.billing.models import Notice
from financehub.companies import mailing
from financehub.companies.models import Company, Membership, Role
from financehub.core import clock

PAGE = "/assinatura"


def tell_once(company: Company, kind: str, *, about: str, words: dict[str, str] | None = None) -> bool:
    """Mail `billing/email/<kind>` to every owner, unless that was done before; whether it was now.

    The text links to our own page: an address of Stripe's lives in no mail, it would pay for anybody who has it.
    """
    with transaction.atomic():
        _, is_new = Notice.objects.of(company).get_or_create(
            kind=kind, subject=about, defaults={"company": company, "created_at": clock.now()}
        )
        if is_new:
            _mail(company, kind, words or {})
    return is_new


def _mail(company: Company, kind: str, words: dict[str, str]) -> None:
    owners = Membership.objects.of(company).filter(role=Role.OWNER).select_related("user")
    link = f"{settings.PUBLIC_URL}{PAGE}"
    for place in owners.order_by("created_at"):
        mailing.send_on_commit(
            f"billing/email/{kind}",
            to=place.user.email,
            language=place.user.language,
            words={"company": company.name, "link": link, **words},
        )
