"""One story of billing in its own process: `python -m bench.billing_run STORY`, settings in the environment."""

import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.conf import settings  # noqa: E402 - needs the app registry
from tests.billing.shop import Shop  # noqa: E402
from tests.builders import make_company, make_member  # noqa: E402
from tests.journeys.billing import books  # noqa: E402
from tests.journeys.billing.telling import Teller  # noqa: E402
from tests.stripe_simulator import StripeSimulator  # noqa: E402

from financehub.billing import cataloguing  # noqa: E402
from financehub.companies.models import Company  # noqa: E402

BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def main(name: str) -> None:
    """Tell it; print {"events", "differences", "unexpected"}."""
    company = make_company()
    Company.objects.filter(pk=company.pk).update(created_at=BEGIN)
    company.refresh_from_db()
    simulator = StripeSimulator(settings.STRIPE_API_BASE, settings.STRIPE_SECRET_KEY)
    cataloguing.set_up()
    teller = Teller(Shop(simulator, company, make_member(company=company).user), name)
    teller.tell()
    told, expected = teller.outcome(), teller.story["expect"]
    result = {
        "events": len(teller.shop.heard),
        "differences": books.differences(teller.shop),
        "unexpected": [part for part in expected if told[part] != expected[part]],
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
