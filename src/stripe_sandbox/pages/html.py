"""Puts pages together: the shell around every page, and the few pieces they are made of."""

from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse, Response

from stripe_sandbox.pages.texts import say

HERE = Path(__file__).parent
STATIC = HERE / "static"
_TEMPLATES = HERE / "templates"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
)


def filled(template: str, **values: str) -> str:
    """A template file with its ${marks} filled; names ending in `_html` go in as they are, others escaped."""
    text = (_TEMPLATES / f"{template}.html").read_text(encoding="utf-8")
    ready = {key: value if key.endswith("_html") else escape(value) for key, value in values.items()}
    return Template(text).substitute(ready)


def whole_page(language: str, title: str, body_html: str, *, status: int = 200) -> Response:
    """The shell around `body_html`, with the headers that keep a page to itself."""
    other = "en" if language == "pt" else "pt"
    html = filled(
        "shell",
        lang="pt-BR" if language == "pt" else "en",
        other=other,
        title=title,
        sandbox=say(language, "sandbox"),
        sandbox_note=say(language, "sandbox_note"),
        language=say(language, "language"),
        body_html=body_html,
    )
    headers = {
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(html, status, headers=headers)


def message(language: str, title: str, note: str, link: tuple[str, str] | None = None) -> Response:
    """A page that says one thing, with at most one way on (address, words)."""
    way_on = link_button(*link) if link else ""
    return whole_page(language, title, filled("message", title=title, note=note, link_html=way_on))


def field(name: str, label: str, *, error: str = "", value: str = "", hints: str = "") -> str:
    """A labelled input; `hints` are further attributes, written as HTML."""
    wrong = f' aria-invalid="true" aria-describedby="{name}-error"' if error else ""
    note = f'<p class="field-error" id="{name}-error">{escape(error)}</p>' if error else ""
    return (
        f'<div class="field"><label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" value="{escape(value)}"{wrong} {hints}>{note}</div>'
    )


def alert(words: str, kind: str = "bad") -> str:
    return (
        f'<p class="alert {kind}" role="{"alert" if kind == "bad" else "status"}">{escape(words)}</p>'
        if words
        else ""
    )


def link_button(address: str, words: str, kind: str = "") -> str:
    return f'<a class="button {kind}" href="{escape(safe_address(address))}">{escape(words)}</a>'


def safe_address(address: str) -> str:
    """A script is never a link."""
    return "#" if address.strip().lower().startswith(("javascript:", "data:", "vbscript:")) else address


def row(left: str, right: str, kind: str = "") -> str:
    """One line of a summary: words and an amount."""
    return f'<div class="row {kind}"><span>{escape(left)}</span><span class="figure">{escape(right)}</span></div>'
