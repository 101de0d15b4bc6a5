"""What did not reach a person lately, and why."""

from datetime import timedelta

from financehub.core import clock
from financehub.notifications import failures


def test_shows_the_person_what_failed_and_nothing_that_arrived(ana, bruno, make_delivery):
    make_delivery(status="sent")
    make_delivery(status="waiting")
    failed = make_delivery(status="failed", reason="smtp_550")
    tried = make_delivery(status="waiting", reason="smtp_451")
    make_delivery(status="failed", reason="x", person=bruno)
    make_delivery(status="failed", reason="x", created_at=clock.now() - timedelta(days=40))
    assert failures.of_person(ana) == [tried, failed]
