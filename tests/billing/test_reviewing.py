"""A review of Radar is a task until somebody has looked."""

import pytest

from financehub.billing import reviewing
from financehub.billing.models import Payment, Review, StaffTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(shop):
    shop.buy()
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/review")
    shop.hear()
    return Review.objects.of(shop.company).get()


def test_opened_is_a_task_and_approved_here_ends_both(review, shop):
    task = StaffTask.objects.get()
    assert (task.kind, task.about, task.closed_at) == ("review", review.stripe_id, None)
    done = reviewing.approve(review=review, by=shop.by)
    assert (done.is_open, done.closed_reason) == (False, "approved")
    assert shop.api.reviews.retrieve(review.stripe_id).open is False
    task.refresh_from_db()
    assert (task.outcome, task.closed_by) == ("approved", shop.user.pk)
    with pytest.raises(reviewing.ReviewOver):
        reviewing.approve(review=review, by=shop.by)


def test_approved_at_stripe_ends_the_task(review, shop):
    shop.api.reviews.approve(review.stripe_id)
    shop.hear()
    task = StaffTask.objects.get()
    assert (task.outcome, task.closed_by) == ("approved", None)


def test_nobodys_review_is_nothing(shop):
    assert reviewing.mirror_review("prv_of_nobody") is None
