"""The customer portal: the plan, the card and the invoices of one customer, and changing them."""

from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stripe_sandbox.engine import portal
from stripe_sandbox.engine.items import period_of
from stripe_sandbox.engine.methods import default_method
from stripe_sandbox.engine.schedules import schedule_of
from stripe_sandbox.errors import CardDeclined, NoSuchObject, StripeError
from stripe_sandbox.pages.cardform import Form, card_fields, read_typed, refusal_words, test_card_help
from stripe_sandbox.pages.html import alert, filled, link_button, message, whole_page
from stripe_sandbox.pages.texts import TEXTS, say
from stripe_sandbox.pages.words import day, language_of, money, price_words
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

LIVES = 3600
REASONS = ("too_expensive", "missing_features", "unused", "other")
FLOWS = {"payment_method_update": "card", "subscription_update": "plan", "subscription_cancel": "cancel"}


class Visit:
    """One request to a page of the portal: the session, the language, the addresses. Raises NoSuchObject."""

    def __init__(self, request: Request) -> None:
        self.world: World = request.app.state.world
        self.session = self.world.store.get("billing_portal.session", request.path_params["id"])
        note = self.world.store.note(self.session["id"])
        if note["secret"] != request.path_params["secret"] or note["expires_at"] + LIVES < self.world.now():
            raise NoSuchObject("portal session", request.path_params["id"])
        note["expires_at"] = self.world.now()
        self.language = language_of(request, self.session["locale"])
        self.home = str(self.session["url"])
        self.done = request.query_params.get("done", "")

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def to(self, place: str = "", **query: str) -> str:
        words = "".join(f"&{key}={value}" for key, value in query.items())
        return f"{self.home}{'/' + place if place else ''}?lang={self.language}{words}"

    def subscription(self) -> Json | None:
        return next(iter(portal.live_subscriptions(self.world, self.session["customer"])), None)

    def name(self, price: Json) -> str:
        return str(self.world.store.get("product", price["product"])["name"])

    def page(self, title: str, body: str, status: int = 200) -> Response:
        return whole_page(self.language, title, body, status=status)


async def show_home(request: Request) -> Response:
    visit = Visit(request)
    flow = (visit.session["flow"] or {}).get("type")
    if flow in FLOWS and "lang" not in request.query_params:
        return RedirectResponse(visit.to(FLOWS[flow]), 303)
    done = f"done_{visit.done}"
    back = visit.session["return_url"]
    body = filled(
        "portal",
        title=visit.say("portal_title"),
        alert_html=alert(visit.say(done) if done in TEXTS else "", "good"),
        back_html=link_button(back, visit.say("return_to"), "plain small") if back else "",
        plan_title=visit.say("current_plan"),
        plan_html=_plan(visit),
        method_title=visit.say("payment_method"),
        method_html=_method(visit),
        invoices_title=visit.say("invoices"),
        invoices_html=_invoices(visit),
    )
    return visit.page(visit.say("portal_title"), body)


def _plan(visit: Visit) -> str:
    subscription = visit.subscription()
    if subscription is None:
        return f'<p class="quiet">{escape(visit.say("no_plan"))}</p>'
    price = subscription["items"]["data"][0]["price"]
    buttons = []
    if portal.offered_prices(visit.world, visit.session):
        buttons.append(link_button(visit.to("plan"), visit.say("change_plan")))
    if subscription["cancel_at_period_end"]:
        buttons.append(_keep(visit, "keep_plan"))
    else:
        if schedule_of(visit.world, subscription):
            buttons.append(_keep(visit, "undo_change"))
        buttons.append(link_button(visit.to("cancel"), visit.say("cancel_plan"), "plain"))
    return (
        f'<p class="plan-name">{escape(visit.name(price))}</p><p>{escape(price_words(price, visit.language))}</p>'
        f'<p class="quiet">{escape(_what_comes(visit, subscription))}</p><div class="actions">{"".join(buttons)}</div>'
    )


def _keep(visit: Visit, words: str) -> str:
    button = f'<button class="button">{escape(visit.say(words))}</button>'
    return f'<form method="post" action="{escape(visit.to("keep"))}">{button}</form>'


def _what_comes(visit: Visit, subscription: Json) -> str:
    end = day(period_of(subscription)[1], visit.language)
    schedule = schedule_of(visit.world, subscription)
    if subscription["cancel_at_period_end"]:
        return visit.say("ends", date=end)
    if schedule and len(schedule["phases"]) > 1:
        price = visit.world.store.get("price", schedule["phases"][1]["items"][0]["price"])
        return visit.say(
            "changes_to", name=f"{visit.name(price)} ({price_words(price, visit.language)})", date=end
        )
    return visit.say("trial_until" if subscription["status"] == "trialing" else "renews", date=end)


def _method(visit: Visit) -> str:
    method = default_method(visit.world, visit.session["customer"], visit.subscription())
    if method and method["type"] == "card":
        card = method["card"]
        expiry = f"{card['exp_month']:02d}/{card['exp_year'] % 100:02d}"
        words = visit.say("ending_in", brand=card["brand"].title(), last4=card["last4"], expiry=expiry)
    else:
        words = visit.say("boleto") if method else visit.say("no_method")
    return f"<p>{escape(words)}</p>{link_button(visit.to('card'), visit.say('change_card'), 'plain')}"


def _invoices(visit: Visit) -> str:
    rows = [
        row
        for row in visit.world.store.rows("invoice", customer=visit.session["customer"])
        if row["status"] != "draft"
    ]
    if not rows:
        return f'<p class="quiet">{escape(visit.say("no_invoices"))}</p>'
    listed = "".join(
        f'<li><a href="{escape(row["hosted_invoice_url"])}">{escape(day(row["created"], visit.language))}</a>'
        f'<span class="badge {row["status"]}">{escape(visit.say("status_" + row["status"]))}</span>'
        f'<span class="figure">{escape(money(row["total"], row["currency"], visit.language))}</span></li>'
        for row in reversed(rows)
    )
    return f'<ul class="invoices">{listed}</ul>'


# -- the card --------------------------------------------------------------------------------------


async def show_card(request: Request) -> Response:
    return _card_page(Visit(request), Form())


def _card_page(visit: Visit, form: Form) -> Response:
    body = filled(
        "portal_form",
        title=visit.say("change_card"),
        alert_html=alert(form.refusal),
        note="",
        action=visit.to("card"),
        fields_html=card_fields(visit.language, form),
        button=visit.say("save"),
        button_kind="",
        back=visit.to(),
        back_words=visit.say("back"),
        help_html=test_card_help(visit.language),
    )
    return visit.page(visit.say("change_card"), body, 400 if form.errors or form.refusal else 200)


async def change_card(request: Request) -> Response:
    visit = Visit(request)
    typed = read_typed(await request.body())
    errors = {key: visit.say("needed") for key in ("number", "expiry", "cvc", "name") if not typed.get(key)}
    if errors:
        return _card_page(visit, Form(typed, errors))
    month, _, year = typed["expiry"].partition("/")
    card: Json = {"number": typed["number"], "exp_month": month, "exp_year": year}
    try:
        portal.change_card(visit.world, visit.session, card)
    except CardDeclined as error:
        words = refusal_words(str(error.more.get("decline_code") or error.code), visit.language)
        return _card_page(visit, Form(typed, refusal=words))
    except (StripeError, ValueError):
        return _card_page(visit, Form(typed, {"number": visit.say("incorrect_number")}))
    return RedirectResponse(visit.to(done="card"), 303)


# -- the plan --------------------------------------------------------------------------------------


async def show_plans(request: Request) -> Response:
    visit = Visit(request)
    subscription = visit.subscription()
    if subscription is None:
        return message(visit.language, visit.say("no_plan"), "", (visit.to(), visit.say("back")))
    now = subscription["items"]["data"][0]["price"]["id"]
    choices = "".join(
        _plan_choice(visit, price, chosen=price["id"] == now)
        for price in portal.offered_prices(visit.world, visit.session)
    )
    body = filled(
        "portal_form",
        title=visit.say("choose_plan"),
        alert_html="",
        note=visit.say("change_note"),
        action=visit.to("plan"),
        fields_html=f'<div class="plans">{choices}</div>',
        button=visit.say("confirm_change"),
        button_kind="",
        back=visit.to(),
        back_words=visit.say("back"),
        help_html="",
    )
    return visit.page(visit.say("choose_plan"), body)


def _plan_choice(visit: Visit, price: Json, *, chosen: bool) -> str:
    mark = f' <span class="badge">{escape(visit.say("current"))}</span>' if chosen else ""
    return (
        f'<label class="choice tall">'
        f'<input type="radio" name="price" value="{price["id"]}"{" checked" if chosen else ""}>'
        f"<span><strong>{escape(visit.name(price))}</strong>{mark}<br>"
        f"{escape(price_words(price, visit.language))}</span></label>"
    )


async def change_plan(request: Request) -> Response:
    visit = Visit(request)
    typed, subscription = read_typed(await request.body()), visit.subscription()
    if subscription is not None:
        portal.change_plan(visit.world, visit.session, subscription, typed.get("price", ""))
    return RedirectResponse(visit.to(done="plan"), 303)


async def show_cancel(request: Request) -> Response:
    visit = Visit(request)
    subscription = visit.subscription()
    if subscription is None:
        return message(visit.language, visit.say("no_plan"), "", (visit.to(), visit.say("back")))
    end = day(period_of(subscription)[1], visit.language)
    reasons = "".join(
        f'<label class="choice"><input type="radio" name="feedback" value="{one}"> {escape(visit.say(one))}</label>'
        for one in REASONS
    )
    body = filled(
        "portal_form",
        title=visit.say("cancel_title"),
        alert_html="",
        note=visit.say("cancel_at_end", date=end) if _keeps_access(visit) else visit.say("cancel_at_once"),
        action=visit.to("cancel"),
        fields_html=f"<fieldset><legend>{escape(visit.say('why'))}</legend>{reasons}</fieldset>",
        button=visit.say("confirm_cancel"),
        button_kind="bad",
        back=visit.to(),
        back_words=visit.say("back"),
        help_html="",
    )
    return visit.page(visit.say("cancel_title"), body)


def _keeps_access(visit: Visit) -> bool:
    configuration = visit.world.store.get("billing_portal.configuration", visit.session["configuration"])
    return bool(configuration["features"]["subscription_cancel"]["mode"] == "at_period_end")


async def cancel(request: Request) -> Response:
    visit = Visit(request)
    typed, subscription = read_typed(await request.body()), visit.subscription()
    if subscription is not None:
        portal.cancel_plan(visit.world, visit.session, subscription, typed.get("feedback"))
    return RedirectResponse(visit.to(done="cancel"), 303)


async def keep(request: Request) -> Response:
    visit = Visit(request)
    subscription = visit.subscription()
    if subscription is not None:
        portal.keep_plan(visit.world, subscription)
    return RedirectResponse(visit.to(done="keep"), 303)
