"""The page of a deed that the plan does not allow: how much there is, how much may be, which plan would allow it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from financehub.core.errors import LimitReached
from financehub.web.limits import texts


def page(request: HttpRequest, error: LimitReached) -> HttpResponse:
    """403, in the person's language; the facts are those that the API answers."""
    plan = texts.PLANS.get(str(error.details.get("suggested_plan")))
    context = {
        "said": said(error),
        "suggested": str(texts.SUGGESTED).format(plan=plan) if plan else "",
        "current": error.details.get("current"),
        "limit": error.details.get("limit"),
    }
    return render(request, "web/billing/limit.html", context, status=403)


def said(error: LimitReached) -> str:
    """One sentence: what the plan does not allow."""
    facts = {"current": error.details.get("current"), "limit": error.details.get("limit")}
    counted = str(error.details.get("deed"))
    words = texts.REFUSED.get(counted, texts.NO_PLAN)
    if facts["limit"] == 0 and counted in {"bank_account", "member", "api_key"}:
        words = texts.NO_PLAN
    return str(words).format(**facts)
