"""The bank's question (3-D Secure) and the boleto: pages where a simulated bank answers."""

import itertools

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stripe_sandbox.engine import checkout, collecting, setups
from stripe_sandbox.engine.invoicing import invoice_of
from stripe_sandbox.pages.cardform import read_typed
from stripe_sandbox.pages.html import filled, link_button, message, safe_address, whole_page
from stripe_sandbox.pages.pdf import simple_pdf
from stripe_sandbox.pages.texts import say
from stripe_sandbox.pages.words import day, language_of, money
from stripe_sandbox.shapes import Json, part
from stripe_sandbox.world import World


def _intent(request: Request) -> tuple[World, Json]:
    world: World = request.app.state.world
    intent_id = request.path_params["id"]
    kind = "setup_intent" if intent_id.startswith("seti_") else "payment_intent"
    return world, world.store.get(kind, intent_id)


def _way_back(world: World, intent: Json, language: str) -> str | None:
    """Where the person came from: the checkout's end (or its page again), the invoice's page, or nowhere."""
    session = world.store.find("checkout.session", world.store.note(intent["id"]).get("session"))
    if session is not None:
        again = f"/pay/{session['id']}?lang={language}&error=authentication_failed"
        return checkout.success_url(session) if session["status"] == "complete" else again
    invoice = invoice_of(world, intent) if intent["object"] == "payment_intent" else None
    return f"{invoice['hosted_invoice_url']}?lang={language}" if invoice else None


# -- 3-D Secure ------------------------------------------------------------------------------------


async def ask(request: Request) -> Response:
    world, intent = _intent(request)
    language = language_of(request)
    if intent["status"] != "requires_action":
        way = _way_back(world, intent, language)
        return message(
            language,
            say(language, "paid_title"),
            say(language, "paid_note"),
            (way, say(language, "continue")) if way else None,
        )
    amount = money(intent["amount"], intent["currency"], language) if "amount" in intent else ""
    body = filled(
        "secure",
        title=say(language, "secure_title"),
        note=say(language, "secure_note"),
        amount=amount,
        action=f"/3ds/{intent['id']}?lang={language}",
        authorize=say(language, "authorize"),
        refuse=say(language, "refuse"),
    )
    return whole_page(language, say(language, "secure_title"), body)


async def answer(request: Request) -> Response:
    """The person said yes or no to the bank."""
    world, intent = _intent(request)
    language = language_of(request)
    passed = read_typed(await request.body()).get("answer") == "yes"
    if intent["object"] == "setup_intent":
        setups.authenticate_setup(world, intent, passed=passed)
    else:
        collecting.authenticate(world, intent, passed=passed)
    checkout.finish_after_authentication(world, intent)
    way = _way_back(world, intent, language)
    if way:
        return RedirectResponse(safe_address(way), 303)
    return message(language, say(language, "paid_title" if passed else "error"), "")


# -- boleto ----------------------------------------------------------------------------------------


async def show_boleto(request: Request) -> Response:
    world, intent = _intent(request)
    language = language_of(request)
    details = part(part(intent["next_action"]).get("boleto_display_details"))
    way = _way_back(world, intent, language)
    if not details:
        title = say(language, "boleto_paid" if intent["status"] == "succeeded" else "boleto_gone")
        return message(language, title, "", (way, say(language, "continue")) if way else None)
    body = filled(
        "boleto",
        title=say(language, "boleto_title"),
        amount=money(intent["amount"], intent["currency"], language),
        until=say(language, "boleto_until", date=day(details["expires_at"], language)),
        line_label=say(language, "boleto_line"),
        line=_grouped(details["number"]),
        pdf_html=link_button(details["pdf"], say(language, "download_pdf"), "plain"),
        continue_html=link_button(way, say(language, "continue")) if way else "",
        simulate=say(language, "simulate"),
        action=f"/boleto/{intent['id']}?lang={language}",
        paid=say(language, "simulate_paid"),
        expired=say(language, "simulate_expired"),
    )
    return whole_page(language, say(language, "boleto_title"), body)


def _grouped(number: str) -> str:
    """The 47 digits of a boleto in the groups they are printed in."""
    ends = (0, 5, 10, 15, 21, 26, 32, 33, 47)
    pieces = [number[start:end] for start, end in itertools.pairwise(ends)]
    return "{}.{} {}.{} {}.{} {} {}".format(*pieces)


async def play_bank(request: Request) -> Response:
    """The boleto is paid, or its time runs out."""
    world, intent = _intent(request)
    if read_typed(await request.body()).get("answer") == "paid":
        collecting.pay_voucher(world, intent)
    else:
        collecting.expire_voucher(world, intent["id"])
    return RedirectResponse(f"/boleto/{intent['id']}?lang={language_of(request)}", 303)


async def boleto_pdf(request: Request) -> Response:
    _, intent = _intent(request)
    details = part(part(intent["next_action"]).get("boleto_display_details"))
    rows = [
        say("pt", "boleto"),
        money(intent["amount"], intent["currency"], "pt"),
        _grouped(details["number"]) if details else say("pt", "boleto_gone"),
        say("pt", "boleto_until", date=day(details["expires_at"], "pt")) if details else "",
        f"{say('pt', 'sandbox')}. {say('pt', 'sandbox_note')}",
    ]
    return Response(simple_pdf(rows), media_type="application/pdf")
