"""From a mail to the page that takes the money, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from financehub.billing import paying_links


@never_cache
@require_safe
def pay_by_link(_request: HttpRequest, token: str) -> HttpResponse:
    """To Stripe's page of what is owed; where nothing is, or the link is broken, to the page of the plan."""
    return redirect(paying_links.hosted_page(token) or "plan")
