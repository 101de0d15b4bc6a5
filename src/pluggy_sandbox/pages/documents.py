"""The HTML files of the simulator, with the headers that keep each page to itself."""

from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse, Response

HERE = Path(__file__).parent
STATIC = HERE / "static"
_TEMPLATES = HERE / "templates"
_OWN_FILES_ONLY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


def embeddable(name: str) -> Response:
    """A page that any site may show in a frame, as the widget does."""
    return _page(name, _OWN_FILES_ONLY, {})


def top_level(name: str, **values: str) -> Response:
    """A page that no site may show in a frame: a person decides something on it.

    `values` fill the `${name}` marks of the file, escaped.
    """
    return _page(name, f"{_OWN_FILES_ONLY}; frame-ancestors 'none'", values)


def _page(name: str, policy: str, values: dict[str, str]) -> Response:
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    text = (_TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
    filled = Template(text).substitute({key: escape(value) for key, value in values.items()})
    return HTMLResponse(filled, headers=headers)
