"""How an attempt can end."""

from datetime import timedelta

from financehub.core import clock
from financehub.notifications.channels.outcomes import Refused, TargetRefused, TryAgain, after


def test_a_pause_that_was_asked_for_becomes_a_moment():
    moment = after(30)
    assert moment is not None
    assert timedelta(seconds=29) < moment - clock.now() <= timedelta(seconds=30)
    assert after(None) is None


def test_a_reason_fits_its_column():
    assert len(TryAgain("x" * 500).reason) == 200
    assert issubclass(TargetRefused, Refused)
