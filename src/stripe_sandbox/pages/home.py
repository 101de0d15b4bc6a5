"""The box's own page: what time it is in it, letting time pass, and the pages that wait for somebody."""

from html import escape
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stripe_sandbox.errors import InvalidRequest, NotPermitted
from stripe_sandbox.pages.cardform import read_typed
from stripe_sandbox.pages.html import filled, safe_address, whole_page
from stripe_sandbox.pages.texts import say
from stripe_sandbox.pages.words import day, language_of, money, price_words
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

STEPS = {"1": "home_day", "7": "home_week", "31": "home_month"}
DAY = 86_400
SHOWN = 15


async def show(request: Request) -> Response:
    world: World = request.app.state.world
    language = language_of(request)
    buttons = "".join(
        f'<button class="button plain" name="days" value="{days}">{escape(say(language, words))}</button>'
        for days, words in STEPS.items()
    )
    sections = {
        "home_sessions": _sessions(world, language),
        "home_subscriptions": _subscriptions(world, language),
        "home_events": [_entry(row["type"], day(row["created"], language)) for row in _last(world, "event")],
    }
    body = filled(
        "home",
        title=say(language, "home_title"),
        clock=f"{say(language, 'home_clock')}: {day(world.now(), language)}",
        action=f"/?lang={language}",
        buttons_html=buttons,
        sections_html="".join(_section(say(language, key), rows, language) for key, rows in sections.items()),
    )
    return whole_page(language, say(language, "home_title"), body)


async def advance(request: Request) -> Response:
    """Let days pass. Raises NotPermitted for other sites' pages, InvalidRequest for other steps."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotPermitted("This page is not for other sites")
    days = read_typed(await request.body()).get("days", "")
    if days not in STEPS:
        raise InvalidRequest("There are steps of 1, 7 and 31 days.", param="days")
    world: World = request.app.state.world
    await world.advance(world.now() + int(days) * DAY)
    return RedirectResponse(f"/?lang={language_of(request)}", 303)


def _last(world: World, kind: str, **equal: object) -> list[Json]:
    return world.store.rows(kind, **equal)[-SHOWN:][::-1]


def _sessions(world: World, language: str) -> list[str]:
    return [
        _entry(
            row["id"],
            money(row["amount_total"] or 0, row["currency"] or "brl", language),
            f"{row['url']}?lang={language}",
        )
        for row in _last(world, "checkout.session", status="open")
    ]


def _subscriptions(world: World, language: str) -> list[str]:
    rows = []
    for row in _last(world, "subscription"):
        price = price_words(row["items"]["data"][0]["price"], language)
        invoice = world.store.find("invoice", row["latest_invoice"])
        address = (invoice or {}).get("hosted_invoice_url") or ""
        rows.append(_entry(f"{row['id']} ({row['status']})", price, address))
    return rows


def _entry(name: str, words: str, address: str = "") -> str:
    shown = f'<a href="{escape(safe_address(address))}">{escape(name)}</a>' if address else escape(name)
    return (
        f'<li><span class="long">{shown}</span><span></span><span class="figure">{escape(words)}</span></li>'
    )


def _section(title: str, rows: list[str], language: str) -> str:
    nothing = f'<p class="quiet">{escape(say(language, "home_nothing"))}</p>'
    inside = f'<ul class="invoices">{"".join(rows)}</ul>' if rows else nothing
    return f'<section class="panel"><h2>{escape(title)}</h2>{inside}</section>'
