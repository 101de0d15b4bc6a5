"""Where a request comes from, behind as many reverse proxies as the operator vouches for."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The caller's IP address, or None when the server sits on a socket that knows none.

    With TRUSTED_PROXIES = n the n-th address from the right of X-Forwarded-For counts; whatever stands
    further left was written by the caller.
    """
    claimed = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES > 0:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        claimed = forwarded[-min(settings.TRUSTED_PROXIES, len(forwarded))].strip() or claimed
    try:
        return str(ipaddress.ip_address(claimed))
    except ValueError:
        return None
