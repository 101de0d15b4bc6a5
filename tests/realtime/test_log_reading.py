"""The log read from threads."""

import asyncio
from uuid import uuid4

import pytest
from django.db import transaction

from financehub.companies import tickets
from financehub.core import events
from financehub.realtime import log_reading

pytestmark = pytest.mark.django_db(transaction=True)


class TestReading:
    def test_pages_through_a_companys_log(self):
        company_id = uuid4()
        with transaction.atomic():
            for _ in range(log_reading.PAGE + 1):
                events.publish(company_id, "item", "x")

        async def story():
            first = await log_reading.events_after(company_id, 0)
            rest = await log_reading.events_after(company_id, first[-1].number)
            return len(first), len(rest), await log_reading.last_number(company_id)

        assert asyncio.run(story()) == (200, 1, 201)

    def test_redeems_a_ticket_once(self):
        company_id = uuid4()
        ticket = tickets.issue(company_id)

        async def story():
            return [await log_reading.redeem(ticket) for _ in range(2)]

        assert asyncio.run(story()) == [company_id, None]

    def test_knows_whether_the_database_answers(self):
        assert asyncio.run(log_reading.is_reachable())
