"""The story of a dispute has the vendor's news, what people did, and the mails, in order."""

from uuid import uuid4

import pytest

from financehub.billing import evidence, story
from financehub.billing.models import Dispute, Payment, Subscription

pytestmark = pytest.mark.django_db


def test_of_a_dispute_and_of_its_subscription(shop):
    shop.buy()
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/dispute")
    shop.hear()
    row = Dispute.objects.of(shop.company).get()
    evidence.stage(dispute=row, evidence={"customer_name": "Ana"}, person=uuid4(), by=shop.by)
    shop.box.control(f"/disputes/{row.stripe_id}/lose")
    shop.hear()
    steps = story.of_dispute(row)
    whats = [step.what for step in steps]
    assert whats[-1] in ("mail", "billing.dispute_changed")
    assert [step.person for step in steps if step.what == "billing.evidence_staged"] == ["Ana"]
    assert [step.detail for step in steps if step.what == "mail"] == ["dispute_opened", "dispute_closed"]
    assert steps == sorted(steps, key=lambda step: step.at)
    whole = story.of_subscription(Subscription.objects.of(shop.company).get())
    assert {"billing.subscription_changed", "billing.dispute_changed"} <= {step.what for step in whole}
