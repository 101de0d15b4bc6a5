"""Plan and payment: what one has, uses and owes; buying, changing and ending it."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from financehub.billing import buying, changing, paying_links, portal, redeeming, stripe_account, tax_ids
from financehub.billing.models import Checkout, Invoice
from financehub.companies.permissions import Permission
from financehub.core.errors import DomainError, NotFound
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.web.billing import sheets, texts
from financehub.web.requests import PageRequest, actor, signed_in

LOOK_AGAIN_SECONDS = 3
P = ParamSpec("P")
View = Callable[Concatenate[PageRequest, P], HttpResponse]


def pays(view: View[P], needs: Permission = Permission.SEE_BILLING) -> View[P]:
    """Only for who manages the company's money; a no of billing or of Stripe is said on the page."""

    @wraps(view)
    def decorated(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.membership.may(needs):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except NotFound:
            raise
        except DomainError as error:
            messages.error(request, texts.refusal(error.code))
        except StripeCallFailed:
            messages.error(request, texts.refusal("stripe"))
        return redirect("plan")

    return decorated


@require_safe
@signed_in
def plan(request: PageRequest) -> HttpResponse:
    """Plan, use, trial or debt, invoices, card, and the other plans."""
    if not request.membership.may(Permission.SEE_BILLING):
        raise PermissionDenied
    context = {"sheet": sheets.sheet(request.company), "is_on": stripe_account.is_configured()}
    return _page(request, "plan", context)


@require_POST
@signed_in
@pays
def buy(request: PageRequest) -> HttpResponse:
    """To Stripe's page with this plan."""
    session = buying.start_checkout(
        company=request.company,
        user=request.user,
        plan_id=request.POST.get("plan", ""),
        period=request.POST.get("period", ""),
        by=actor(request),
    )
    return leave(request, session.url or "")


@require_safe
@signed_in
@partial(pays, needs=Permission.MANAGE_BILLING)
def returned(request: PageRequest) -> HttpResponse:
    """Where Stripe sends the payer back: it shows what is known, and grants nothing by itself.

    An admin may buy, by the API, and comes back here too; the rest of the pages about money is the owners'.
    """
    if "checkout" not in request.GET:
        return redirect("plan")
    checkout = Checkout.objects.of(request.company).get_or_raise(request.GET["checkout"])
    is_settled = checkout.status in (Checkout.Status.COMPLETE, Checkout.Status.FAILED)
    if checkout.stripe_id and not is_settled and cache.add(f"look:{checkout.pk}", 1, LOOK_AGAIN_SECONDS):
        checkout = buying.mirror_checkout(checkout.stripe_id) or checkout
    return _page(request, "plan_return", {"checkout": checkout})


@require_safe
@signed_in
@pays
def confirm(request: PageRequest) -> HttpResponse:
    """What a change would cost and do, before it is done."""
    chosen, period = buying.offer_of(request.GET.get("plan", ""), request.GET.get("period", ""))
    found = sheets.confirmation(request.company, chosen, period)
    return _page(request, "plan_confirm", {"change": found})


@require_POST
@signed_in
@pays
def change(request: PageRequest) -> HttpResponse:
    """To another plan or period."""
    chosen, period = request.POST.get("plan", ""), request.POST.get("period", "")
    row = changing.change(company=request.company, plan_id=chosen, period=period, by=actor(request))
    is_now = (row.plan_id, row.period) == (chosen, period)
    messages.success(request, str(texts.SAID["changed" if is_now else "planned"]))
    return redirect("plan")


@require_POST
@signed_in
@pays
def cancel(request: PageRequest) -> HttpResponse:
    """End it with the period, or at once when the button said so."""
    changing.cancel(company=request.company, by=actor(request), now=request.POST.get("when") == "now")
    messages.success(request, str(texts.SAID["ending"]))
    return redirect("plan")


@require_POST
@signed_in
@pays
def keep(request: PageRequest) -> HttpResponse:
    """Take a planned end or change back."""
    changing.keep(company=request.company, by=actor(request))
    messages.success(request, str(texts.SAID["kept"]))
    return redirect("plan")


@require_POST
@signed_in
@pays
def open_portal(request: PageRequest) -> HttpResponse:
    """To Stripe's portal; `flow` card goes straight to changing it."""
    flow = "payment_method_update" if request.POST.get("flow") == "card" else ""
    return leave(request, portal.open_portal(company=request.company, by=actor(request), flow=flow))


@require_POST
@signed_in
@pays
def pay(request: PageRequest) -> HttpResponse:
    """To the hosted page of the oldest unpaid invoice."""
    unpaid = Invoice.objects.of(request.company).filter(status__in=paying_links.OWED)
    invoice = unpaid.order_by("created_at").first()
    if invoice is None or not invoice.page_url:
        return redirect("plan")
    return leave(request, invoice.page_url)


@require_POST
@signed_in
@pays
def set_tax_id(request: PageRequest) -> HttpResponse:
    """Put a CPF or CNPJ on the invoices to come."""
    document = request.POST.get("document", "")
    tax_ids.set_tax_id(company=request.company, user=request.user, document=document, by=actor(request))
    messages.success(request, str(texts.SAID["tax_id"]))
    return redirect("plan")


@require_POST
@signed_in
@pays
def use_code(request: PageRequest) -> HttpResponse:
    """Put a promotion code on the subscription that runs."""
    redeeming.use_code(company=request.company, word=request.POST.get("code", ""), by=actor(request))
    messages.success(request, str(texts.SAID["code"]))
    return redirect("plan")


def leave(request: PageRequest, address: str) -> HttpResponse:
    """A page that goes on to Stripe by itself: the policy forbids forms that lead elsewhere."""
    response = _page(request, "leaving", {"address": address})
    response.headers["Refresh"] = f"0; url={address}"
    return response


def _page(request: PageRequest, name: str, context: dict[str, object]) -> HttpResponse:
    return render(request, f"web/billing/{name}.html", {"t": texts.page_words(), **context})
