"""The demo company: two banks by login, one by Open Finance, one that needs attention; run after the product is up."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")
django.setup()

from financehub.audit.recording import SYSTEM  # noqa: E402 - needs the app registry
from financehub.banking.models import Item  # noqa: E402
from financehub.banking.programs import personal_company  # noqa: E402
from financehub.companies import registering  # noqa: E402
from financehub.companies.models import Company, User  # noqa: E402
from financehub.runtime import headless  # noqa: E402

PASSWORD = "password-ok"  # noqa: S105 - the simulator's own, known to everybody
ITAU, BRADESCO, NUBANK = 201, 202, 206  # Pluggy's numbers of these banks
BANKS = (
    headless.Login(ITAU, {"user": "user-ok", "password": PASSWORD}),
    headless.Login(NUBANK, {"user": "user-ok-two-checking-accounts", "password": PASSWORD}),
)
BRASIL = 604  # by Open Finance, which gives a year
OPEN_FINANCE = headless.Login(BRASIL, {"cpf": "76109277673"})
MOCK_USER = {
    "email": "ralph.bragg@gmail.com",
    "password": "P@ssword01",
}  # of Open Finance Brasil's public mock bank
NEEDS_ATTENTION = headless.Login(BRADESCO, {"user": "user-locked", "password": PASSWORD})
PATIENCE = 90.0  # seconds for all banks together


def main(email: str, password: str) -> None:
    """Seed once; a second run gives the person the new password and connects only what is missing."""
    user, company = _person(email, password)
    known = set(Item.objects.of(company).values_list("connector_id", flat=True))
    for bank in (*BANKS, NEEDS_ATTENTION):
        if bank.connector_id not in known:
            headless.connect(user, company, bank)
    if OPEN_FINANCE.connector_id not in known:
        headless.authorise(headless.connect(user, company, OPEN_FINANCE), **MOCK_USER, seconds=PATIENCE)
    working = [bank.connector_id for bank in (*BANKS, OPEN_FINANCE)]
    items = list(Item.objects.of(company).filter(connector_id__in=working))
    headless.wait_for_first_syncs(items, seconds=PATIENCE)
    haul = headless.haul_of(company)
    print(f"{haul.accounts} accounts and {haul.transactions} transactions are there")


def _person(email: str, password: str) -> tuple[User, Company]:
    known = User.objects.filter(email=email).first()
    if known is None:
        return headless.sign_up(email, password, "Demo")
    registering.reset_password(user=known, password=password, by=SYSTEM)
    return known, personal_company(known)


if __name__ == "__main__":
    main(sys.argv[1], os.environ["FINANCEHUB_DEMO_PASSWORD"])
