"""Logos without the internet: a monogram on the institution's colour."""

from functools import cache
from html import escape

from pluggy_sandbox.catalogue.institutions import entries

_SMALL_WORDS = {"banco", "do", "da", "de", "e", "conta"}


class UnknownConnector(KeyError):
    """There is no connector with that id."""


@cache
def logo_svg(connector_id: int) -> str:
    """A 64 x 64 SVG for the connector. Raises UnknownConnector."""
    entry = next((entry for entry in entries() if entry.id == connector_id), None)
    if entry is None:
        raise UnknownConnector(connector_id)
    ink = "#fff" if _luminance(entry.color) < 150 else "#1a1a1a"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64" role="img">'
        f"<title>{escape(entry.name)}</title>"
        f'<rect width="64" height="64" rx="14" fill="#{entry.color}"/>'
        '<text x="32" y="33" text-anchor="middle" dominant-baseline="central" '
        'font-family="system-ui, sans-serif" font-weight="700" '
        f'font-size="{26 if len(monogram(entry.name)) < 2 else 22}" fill="{ink}">{escape(monogram(entry.name))}</text>'
        "</svg>"
    )


def monogram(name: str) -> str:
    """One or two capitals that stand for a name: `Banco do Brasil` is B, `Mercado Pago` is MP."""
    words = [word for word in name.split() if word.lower() not in _SMALL_WORDS] or name.split()
    return "".join(word[0] for word in words[:2]).upper()


def _luminance(color: str) -> float:
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue
