"""What every page knows without asking: the company it is about, the live socket, the area in the menu."""

from collections.abc import Callable
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest

from financehub.companies.models import Company, Membership
from financehub.core import redis_watch
from financehub.web.requests import company_or_none

AREAS = {
    "home": {"home"},
    "connections": {
        "connections",
        "connection",
        "syncs",
        "sync",
        "connect",
        "connect-progress",
        "connect-under-way",
        "account",
        "new-account",
        "synced-accounts",
    },
    "review": {"review", "review-decisions"},
    "cards": {"cards", "bill"},
    "notifications": {"notifications", "notification-preferences", "endpoints", "endpoint", "endpoint-add"},
    "transactions": {"transactions", "transaction", "transaction-rewrite", "new-transaction"},
}


class Page(TypedDict):
    """The names a template may use anywhere."""

    company: Company | None
    membership: Membership | None
    realtime_url: str
    area: str
    redis_is_away: Callable[[], bool]


def page(request: HttpRequest) -> Page:
    """Context processor for every template."""
    found = company_or_none(request)
    match = request.resolver_match
    name = match.url_name if match else None
    area = next((area for area, names in AREAS.items() if name in names), "company")
    return {
        "company": found[0] if found else None,
        "membership": found[1] if found else None,
        "realtime_url": settings.REALTIME_URL,
        "area": area,
        "redis_is_away": redis_watch.is_away,
    }
