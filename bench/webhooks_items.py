"""Connects Items of one company at the simulator of the environment, for the burst; prints their ids."""

import json
import os
import sys

import django
import httpx

django.setup()

from financehub.audit.recording import SYSTEM  # noqa: E402 - needs the app registry
from financehub.banking import connecting, pluggy  # noqa: E402
from financehub.companies.models import Company  # noqa: E402
from financehub.providers.pluggy.shapes.items import NewItem  # noqa: E402

LOGIN = {"user": "user-ok", "password": "password-ok"}


def main() -> None:
    """`COUNT`: so many Items, executed and linked."""
    base, client = os.environ["PLUGGY_BASE_URL"], pluggy.client()
    httpx.patch(f"{base}/_control/switches", json={"rateLimits": False}).raise_for_status()
    company = Company.objects.create(name="Bench")
    alias = str(company.vendor_alias)
    made = [
        client.create_item(NewItem(connector_id=2, parameters=LOGIN, client_user_id=alias))
        for _ in range(int(sys.argv[1]))
    ]
    httpx.post(f"{base}/_control/clock", json={"seconds": 20}, timeout=120).raise_for_status()
    for item in made:
        snapshot = client.fetch_item(item.id)
        connecting.link(company=company, user=None, snapshot=snapshot, by=SYSTEM)
    print(json.dumps([item.id for item in made]))


if __name__ == "__main__":
    main()
