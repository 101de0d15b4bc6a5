"""A task asks for what its kind needs."""

import pytest

from financehub.billing import deciding, tasking
from financehub.billing.models import FraudWarning, Payment, StaffTask

pytestmark = pytest.mark.django_db


def test_a_warning_needs_an_answer_and_is_decided_once(shop):
    shop.buy("enterprise", "yearly")
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/warn")
    shop.hear()
    task = StaffTask.objects.get()
    with pytest.raises(deciding.AnswerNeeded):
        deciding.decide(task=task, by=shop.by)
    assert deciding.decide(task=task, by=shop.by, gives_back=False).outcome == "closed"
    assert FraudWarning.objects.of(shop.company).get().outcome == "closed"
    task.refresh_from_db()
    with pytest.raises(tasking.TaskClosed):
        deciding.decide(task=task, by=shop.by, gives_back=True)
