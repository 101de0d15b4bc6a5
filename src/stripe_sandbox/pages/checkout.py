"""The Checkout page: what is bought, how it is paid, and every way out of it."""

from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stripe_sandbox.engine import checkout
from stripe_sandbox.errors import CardDeclined, StripeError
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
from stripe_sandbox.pages.html import alert, field, filled, message, row, safe_address, whole_page
from stripe_sandbox.pages.texts import say
from stripe_sandbox.pages.words import language_of, money, price_words, rhythm
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World


async def show(request: Request) -> Response:
    world, session = _session(request)
    language = language_of(request, session["locale"])
    if session["status"] != "open":
        return _closed(session, language)
    failed = request.query_params.get("error")
    return _page(world, session, language, Form(refusal=refusal_words(failed, language) if failed else ""))


async def submit(request: Request) -> Response:
    """Pay, or apply a promotion code."""
    world, session = _session(request)
    language = language_of(request, session["locale"])
    if session["status"] != "open":
        return _closed(session, language)
    typed = read_typed(await request.body())
    if "apply" in typed:
        return _apply(world, session, language, typed)
    try:
        return _pay(world, session, language, typed)
    except FormWrong as wrong:
        return _page(world, session, language, Form(typed, wrong.errors), 400)
    except CardDeclined as error:
        outcome = str(error.more.get("decline_code") or error.code)
        form = Form(typed, refusal=refusal_words(outcome, language))
        return _page(world, session, language, form, 402)


def _session(request: Request) -> tuple[World, Json]:
    world: World = request.app.state.world
    return world, world.store.get("checkout.session", request.path_params["id"])


def _pay(world: World, session: Json, language: str, typed: dict[str, str]) -> Response:
    details: Json = {"email": typed.get("email") or None, "name": typed.get("name") or typed.get("payer")}
    if not session["customer"] and not session["customer_email"] and not details["email"]:
        raise FormWrong({"email": say(language, "needed")})
    optional = session["payment_method_collection"] == "if_required" and not session["amount_total"]
    method = None if optional and not typed.get("number") else read_method(world, typed, language)
    outcome = checkout.pay(world, session, method, details)
    if outcome == "requires_action":
        return _go(f"/3ds/{checkout.waiting_for_authentication(world, session)}?lang={language}")
    if outcome != "complete":
        form = Form(typed, refusal=refusal_words(outcome, language))
        return _page(world, session, language, form, 402)
    if session["payment_status"] == "unpaid":
        return _go(f"/boleto/{checkout.waiting_for_authentication(world, session)}?lang={language}")
    return _go(checkout.success_url(session))


def _go(address: str) -> Response:
    return RedirectResponse(safe_address(address), 303)


def _apply(world: World, session: Json, language: str, typed: dict[str, str]) -> Response:
    wrong = Form(typed, {"promotion": say(language, "promotion_bad")})
    found = world.store.rows("promotion_code", code=typed.get("promotion", "").upper(), active=True)
    try:
        if not found or not session["allow_promotion_codes"]:
            return _page(world, session, language, wrong)
        checkout.apply_discount(world, session, {"promotion_code": found[0]["id"]})
    except StripeError:
        return _page(world, session, language, wrong)
    return _go(f"/pay/{session['id']}?lang={language}")


def _closed(session: Json, language: str) -> Response:
    if session["status"] == "complete":
        way_on = (checkout.success_url(session), say(language, "continue"))
        return message(language, say(language, "paid_title"), say(language, "paid_note"), way_on)
    back = (session["cancel_url"], say(language, "back")) if session["cancel_url"] else None
    return message(language, say(language, "closed"), say(language, "closed_note"), back)


def _page(world: World, session: Json, language: str, form: Form, status: int = 200) -> Response:
    title = _title(world, session, language)
    body = filled(
        "checkout",
        title=title,
        back_html=_back(session, language),
        amount=money(session["amount_total"] or 0, session["currency"] or "brl", language),
        summary_html=_summary(world, session, language) + _promotion(session, language, form),
        alert_html=alert(form.refusal),
        action=f"/pay/{session['id']}?lang={language}",
        contact_html=_contact(session, language, form),
        methods_html=_methods(session, language, form),
        agree=say(language, "agree"),
        button=_button(session, language),
        help_html=test_card_help(language),
        method=say(language, "method"),
    )
    return whole_page(language, title, body, status=status)


def _title(world: World, session: Json, language: str) -> str:
    lines = world.store.note(session["id"])["line_items"]
    if not lines:
        return say(language, "save_card_title")
    words = "subscribe_to" if session["mode"] == "subscription" else "pay_for"
    return say(language, words, name=lines[0]["description"])


def _back(session: Json, language: str) -> str:
    if not session["cancel_url"]:
        return ""
    address = escape(safe_address(session["cancel_url"]))
    return f'<a class="back" href="{address}">&larr; {escape(say(language, "back"))}</a>'


def _summary(world: World, session: Json, language: str) -> str:
    note, rows = world.store.note(session["id"]), []
    for line in note["line_items"]:
        rows.append(row(line["description"], price_words(line["price"], language), "strong"))
        days = note["subscription_data"].get("trial_period_days")
        if days:
            amount = money(line["amount_total"], line["currency"], language)
            words = say(
                language, "trial_days", days=days, amount=amount, rhythm=rhythm(line["price"], language)
            )
            rows.append(f'<p class="quiet">{escape(words)}</p>')
    if not rows:
        return ""
    currency, off = session["currency"], session["total_details"]["amount_discount"]
    rows.append(row(say(language, "subtotal"), money(session["amount_subtotal"], currency, language)))
    if off:
        rows.append(row(say(language, "discount"), money(-off, currency, language)))
    rows.append(
        row(say(language, "total_today"), money(session["amount_total"], currency, language), "total")
    )
    return "".join(rows)


def _promotion(session: Json, language: str, form: Form) -> str:
    if not session["allow_promotion_codes"]:
        return ""
    box = field(
        "promotion",
        say(language, "promotion"),
        error=form.error("promotion"),
        value=form.value("promotion"),
    )
    action = f"/pay/{session['id']}?lang={language}"
    button = f'<button class="button plain" name="apply" value="1">{escape(say(language, "apply"))}</button>'
    return f'<form class="promotion" method="post" action="{action}">{box}{button}</form>'


def _contact(session: Json, language: str, form: Form) -> str:
    if session["customer"]:
        return ""
    return field(
        "email",
        say(language, "email"),
        error=form.error("email"),
        value=form.value("email") or session["customer_email"] or "",
        hints='type="email" autocomplete="email"',
    )


def _methods(session: Json, language: str, form: Form) -> str:
    """Two ways to pay as two radio buttons; the style sheet shows the fields of the chosen one."""
    offers_boleto = "boleto" in session["payment_method_types"] and bool(session["amount_total"])
    cards = f'<div class="fields card-fields">{card_fields(language, form)}</div>'
    if not offers_boleto:
        return cards
    chosen = form.value("method") or "card"
    choices = "".join(
        f'<label class="choice"><input type="radio" name="method" value="{kind}" id="method-{kind}"'
        f"{' checked' if chosen == kind else ''}> {escape(say(language, kind))}</label>"
        for kind in ("card", "boleto")
    )
    slips = f'<div class="fields boleto-fields">{boleto_fields(language, form)}</div>'
    return f'<div class="choices">{choices}</div>{cards}{slips}'


def _button(session: Json, language: str) -> str:
    if session["mode"] == "setup":
        return say(language, "save")
    if session["mode"] == "subscription" and not session["amount_total"]:
        return say(language, "start_trial")
    amount = money(session["amount_total"], session["currency"], language)
    return say(language, "pay", amount=amount)
