"""The hosted invoice: what it is for, how it stands, paying it, and its PDF."""

from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stripe_sandbox.engine.cards import APPROVE, AUTHENTICATE, VOUCHER
from stripe_sandbox.engine.collecting import collect
from stripe_sandbox.engine.intents import voucher_expiry
from stripe_sandbox.engine.invoicing import intent_of
from stripe_sandbox.errors import NoSuchObject
from stripe_sandbox.pages.cardform import (
    Form,
    FormWrong,
    boleto_fields,
    card_fields,
    read_method,
    read_typed,
    refusal_words,
    test_card_help,
)
from stripe_sandbox.pages.html import alert, filled, link_button, row, whole_page
from stripe_sandbox.pages.pdf import simple_pdf
from stripe_sandbox.pages.texts import say
from stripe_sandbox.pages.words import day, language_of, money
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

PAYABLE = ("open", "uncollectible")
NEXT_PAGES = {AUTHENTICATE: "3ds", VOUCHER: "boleto"}


def _invoice(request: Request) -> tuple[World, Json]:
    """Raises NoSuchObject for a wrong secret too."""
    world: World = request.app.state.world
    invoice = world.store.get("invoice", request.path_params["id"])
    if world.store.note(invoice["id"]).get("secret") != request.path_params["secret"]:
        raise NoSuchObject("invoice", request.path_params["id"])
    return world, invoice


async def show(request: Request) -> Response:
    world, invoice = _invoice(request)
    return _page(world, invoice, language_of(request), Form())


async def submit(request: Request) -> Response:
    """Pay it with a card, or get a boleto for it."""
    world, invoice = _invoice(request)
    language, typed = language_of(request), read_typed(await request.body())
    here = f"{invoice['hosted_invoice_url']}?lang={language}"
    if invoice["status"] not in PAYABLE:
        return RedirectResponse(here, 303)
    try:
        method = read_method(world, typed, language)
    except FormWrong as wrong:
        return _page(world, invoice, language, Form(typed, wrong.errors), 400)
    outcome = collect(world, invoice, method, present=True, automatic=False)
    intent = intent_of(world, invoice) or {}
    if outcome in NEXT_PAGES:
        return RedirectResponse(f"/{NEXT_PAGES[outcome]}/{intent['id']}?lang={language}", 303)
    if outcome != APPROVE:
        form = Form(typed, refusal=refusal_words(outcome, language))
        return _page(world, invoice, language, form, 402)
    return RedirectResponse(here, 303)


def _page(world: World, invoice: Json, language: str, form: Form, status: int = 200) -> Response:
    title = say(language, "invoice", number=invoice["number"])
    body = filled(
        "invoice",
        title=title,
        status=say(language, f"status_{invoice['status']}"),
        status_kind=str(invoice["status"]),
        amount=money(invoice["amount_due"], invoice["currency"], language),
        to=f"{say(language, 'to')}: {invoice['customer_name'] or invoice['customer_email'] or invoice['customer']}",
        issued=say(language, "issued", date=day(invoice["created"], language)),
        lines_html=_lines(invoice, language),
        alert_html=alert(form.refusal),
        pay_html=_pay_form(world, invoice, language, form) if invoice["status"] in PAYABLE else "",
        pdf_html=link_button(invoice["invoice_pdf"], say(language, "download_pdf"), "plain"),
    )
    return whole_page(language, title, body, status=status)


def _lines(invoice: Json, language: str) -> str:
    currency = invoice["currency"]
    rows = [
        row(one["description"] or "", money(one["amount"], currency, language))
        for one in invoice["lines"]["data"]
    ]
    off = sum(one["amount"] for one in invoice["total_discount_amounts"] or [])
    if off:
        rows.append(row(say(language, "discount"), money(-off, currency, language)))
    rows.append(row(say(language, "total"), money(invoice["total"], currency, language), "total"))
    rows.append(
        row(say(language, "amount_due"), money(invoice["amount_remaining"], currency, language), "strong")
    )
    return "".join(rows)


def _pay_form(world: World, invoice: Json, language: str, form: Form) -> str:
    intent = intent_of(world, invoice)
    voucher = ""
    if intent and voucher_expiry(intent) is not None:
        voucher = link_button(f"/boleto/{intent['id']}?lang={language}", say(language, "see_boleto"), "plain")
    boleto = world.switches.brazilian_account
    choices = "".join(
        f'<label class="choice"><input type="radio" name="method" value="{kind}" id="method-{kind}"'
        f"{' checked' if (form.value('method') or 'card') == kind else ''}> {escape(say(language, kind))}</label>"
        for kind in (("card", "boleto") if boleto else ("card",))
    )
    return filled(
        "invoice_pay",
        action=f"{invoice['hosted_invoice_url']}?lang={language}",
        legend=say(language, "method"),
        voucher_html=voucher,
        choices_html=choices,
        card_html=card_fields(language, form),
        boleto_html=boleto_fields(language, form) if boleto else "",
        button=say(language, "pay", amount=money(invoice["amount_remaining"], invoice["currency"], language)),
        help_html=test_card_help(language),
    )


async def pdf(request: Request) -> Response:
    """The invoice as a PDF, in Portuguese."""
    _, invoice = _invoice(request)
    currency = invoice["currency"]
    rows = [
        say("pt", "invoice", number=invoice["number"]),
        say("pt", f"status_{invoice['status']}"),
        f"{say('pt', 'to')}: {invoice['customer_name'] or invoice['customer_email'] or invoice['customer']}",
        say("pt", "issued", date=day(invoice["created"], "pt")),
        *(
            f"{one['description']}   {money(one['amount'], currency, 'pt')}"
            for one in invoice["lines"]["data"]
        ),
        f"{say('pt', 'total')}   {money(invoice['total'], currency, 'pt')}",
        f"{say('pt', 'sandbox')}. {say('pt', 'sandbox_note')}",
    ]
    return Response(simple_pdf(rows), media_type="application/pdf")
