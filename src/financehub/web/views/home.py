"""The first page: what there is, where it went, what waits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from financehub.banking import overflow, pluggy, reports
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.web import charts, progress
from financehub.web.requests import PageRequest, signed_in


@require_safe
@signed_in
def home(request: PageRequest) -> HttpResponse:
    """Cash now with its age, twelve months, accounts and cards."""
    report = reports.home(request.company)
    bars = charts.bars(report.months)
    context = {
        "report": report,
        "bars": bars,
        "this_month": report.months[-1],
        "has_movement": any(bar.in_height or bar.out_height for bar in bars),
        "attention": [progress.panel(card) for card in report.attention],
        "overflow": overflow.of(request.company),
        "may_sync": entitlements.may(request.company, Deed.SYNC).is_allowed,
        "pluggy_is_on": pluggy.is_configured(),
    }
    return render(request, "web/home.html", context)
