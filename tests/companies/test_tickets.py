"""A ticket works once, for half a minute, and leaves nothing readable behind."""

from datetime import timedelta
from uuid import uuid4

import pytest

from financehub.companies import tickets
from financehub.core import clock
from financehub.core.models import Lease

pytestmark = pytest.mark.django_db


class TestATicket:
    def test_opens_its_company_once(self):
        company_id = uuid4()
        ticket = tickets.issue(company_id)

        assert tickets.redeem(ticket) == company_id
        assert tickets.redeem(ticket) is None

    def test_runs_out_after_thirty_seconds(self):
        ticket = tickets.issue(uuid4())
        Lease.objects.update(expires_at=clock.now() - timedelta(microseconds=1))

        assert tickets.redeem(ticket) is None

    def test_is_kept_as_a_hash_only(self):
        ticket = tickets.issue(uuid4())

        assert ticket not in Lease.objects.get().name
        assert Lease.objects.get().expires_at <= clock.now() + tickets.LIFETIME

    @pytest.mark.parametrize("text", ["", "x", "\ud800", "\x00"])
    def test_is_never_any_other_text(self, text):
        assert tickets.redeem(text) is None

    def test_sweeps_out_those_nobody_used(self):
        tickets.issue(uuid4())
        Lease.objects.update(expires_at=clock.now() - timedelta(seconds=1))

        tickets.issue(uuid4())

        assert Lease.objects.count() == 1
