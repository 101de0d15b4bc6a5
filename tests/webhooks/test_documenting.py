"""The document says what the tables say."""

from financehub.webhooks.documenting import document


def test_a_row_says_event_effect_truth_and_test():
    row = next(line for line in document().splitlines() if line.startswith("| `item/deleted`"))
    assert row.count("|") == 5
    assert "its history stays" in row
    assert "GET /items/{id}" in row
    assert "`TestAnItemEvent`" in row


def test_older_names_lead_to_what_they_are_handled_as():
    assert "| `consent/revoked` | `item/updated` |" in document()
