"""Every event Pluggy can send is known here: handled, or ignored on purpose, and documented."""

import re

from tests.architecture.sources import ROOT

from financehub.webhooks.handlers.pluggy import HANDLERS, IGNORED
from pluggy_sandbox.webhooks import EVENTS

DOCUMENT = ROOT / "docs/events.md"


def documented() -> set[str]:
    return set(re.findall(r"^\| `([a-z_]+/[a-z_]+)`", DOCUMENT.read_text(), re.MULTILINE))


def test_the_dispatch_table_holds_every_event_of_the_vendor() -> None:
    assert set(HANDLERS) == EVENTS - {"all"}


def test_what_is_ignored_is_ignored_by_name() -> None:
    without_effect = {name for name, handler in HANDLERS.items() if handler.__name__ == "payment_event"}
    assert without_effect == set(IGNORED)


def test_the_document_says_what_each_event_does() -> None:
    assert documented() == set(HANDLERS)
