"""A Sync's receipt by API."""

from tests.banking.stories import connect, sync


def test_a_finished_sync_shows_a_receipt_that_adds_up(simulator, bakery, program):
    done = sync(connect(simulator, bakery))
    answer = program.get(f"/api/banking/syncs/{done.pk}/").json()
    receipt = answer["receipt"]
    assert answer["status"] == "SUCCEEDED"
    assert receipt["read"] == receipt["new"] > 0
    assert (receipt["addsUp"], receipt["knownAddsUp"], receipt["knownBefore"]) == (True, True, 0)
    assert answer["requests"] == done.requests > answer["pages"] > 0
    assert (answer["windowFrom"], answer["againAt"]) == (done.window_from.isoformat(), None)
