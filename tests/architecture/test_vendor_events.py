"""Every event a vendor can send is known here, answered or ignored on purpose, and documented."""

from tests.architecture.sources import ROOT

from financehub.webhooks import documenting
from financehub.webhooks.handlers import pluggy, stripe
from pluggy_sandbox.webhooks import EVENTS

DOCUMENT = ROOT / "docs/events.md"


def test_the_dispatch_table_holds_every_event_of_pluggy() -> None:
    assert set(pluggy.ANSWERS) == EVENTS - {"all"}


def test_the_dispatch_table_holds_the_99_names_we_subscribe_at_stripe() -> None:
    assert len(stripe.ANSWERS) == 99
    assert [list(stripe.TIERS.values()).count(tier) for tier in "ABCD"] == [29, 37, 19, 14]


def test_nothing_of_pluggy_is_ignored_and_of_stripe_only_what_billing_has_not_built() -> None:
    assert [name for name, answer in pluggy.ANSWERS.items() if answer.is_ignored] == []
    ignored = {name for name, answer in stripe.ANSWERS.items() if answer.is_ignored}
    assert ignored == set(stripe.ANSWERS) - set(stripe.BILLING)


def test_the_document_is_what_the_tables_say() -> None:
    assert DOCUMENT.read_text() == documenting.document()


def test_the_document_has_a_row_for_every_event() -> None:
    text = DOCUMENT.read_text()
    every = [*pluggy.ANSWERS, *pluggy.OLDER_NAMES, *stripe.ANSWERS]
    assert [name for name in every if f"| `{name}` |" not in text] == []


def test_the_tests_that_the_tables_name_exist() -> None:
    for vendor, answers in (("pluggy", pluggy.ANSWERS), ("stripe", stripe.ANSWERS)):
        text = (ROOT / documenting.TESTS[vendor]).read_text()
        assert [a.test for a in answers.values() if f"class {a.test}:" not in text] == []
