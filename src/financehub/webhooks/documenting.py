"""docs/events.md, written from the dispatch tables: every vendor event and what we do with it."""

from collections.abc import Iterator

from financehub.webhooks.desks import DESKS, Desk

TITLES = {"pluggy": "Pluggy", "stripe": "Stripe"}
TESTS = {
    "pluggy": "tests/webhooks/handlers/test_pluggy.py",
    "stripe": "tests/webhooks/handlers/test_stripe.py",
}
HEAD = """# Vendor events and what we do with them

Written by `financehub events --markdown` from the tables in `webhooks/handlers/`; a test keeps it current.
An event is a hint that something moved: the handler reads the object again and makes one domain call. The same
event twice is one row, events of one object go one after the other, and a type that is not listed is stored and
marked ignored (`unknown type`), to be run with `financehub retry_webhook` once it is understood.
"""


def document() -> str:
    """The whole document."""
    return "\n".join([HEAD, *(line for name, desk in DESKS.items() for line in _section(name, desk))]) + "\n"


def _section(name: str, desk: Desk) -> Iterator[str]:
    yield f"## {TITLES[name]}: {len(desk.answers)} events"
    yield ""
    yield f"Tests: `{TESTS[name]}`."
    yield ""
    yield "| event | what we do | source of truth | test |"
    yield "|---|---|---|---|"
    for event, answer in desk.answers.items():
        yield f"| `{event}` | {answer.effect} | {answer.truth} | `{answer.test}` |"
    yield ""
    if desk.older:
        yield "Names that older integrations send, and what they are handled as:"
        yield ""
        yield "| older name | handled as |"
        yield "|---|---|"
        yield from (f"| `{older}` | `{event}` |" for older, event in desk.older.items())
        yield ""
