"""A person's zone and hours are kept, and nothing that no clock knows."""

from datetime import time

import pytest

from financehub.core.errors import Invalid
from financehub.notifications import rhythm
from financehub.notifications.models import Rhythm

HOURS = {"quiet_from": time(22), "quiet_until": time(7), "digest_at": time(9)}


def test_without_a_choice_nothing_is_quiet_in_sao_paulo(ana):
    kept = rhythm.of(ana)
    assert (kept.time_zone, kept.quiet_from == kept.quiet_until) == ("America/Sao_Paulo", True)
    assert not Rhythm.objects.exists()


def test_a_choice_is_kept_and_changed(ana):
    rhythm.keep(person=ana, time_zone="Europe/Lisbon", **HOURS)
    rhythm.keep(person=ana, time_zone="America/Manaus", **HOURS)
    assert (rhythm.of(ana).time_zone, rhythm.of(ana).digest_at) == ("America/Manaus", time(9))


def test_a_zone_that_is_none_is_refused(ana):
    with pytest.raises(Invalid):
        rhythm.keep(person=ana, time_zone="Brazil/Nowhere", **HOURS)
