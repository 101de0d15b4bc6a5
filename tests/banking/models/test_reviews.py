"""Cases: one open one per subject, and states that move only where they may."""

import pytest
from django.db import IntegrityError, transaction

from financehub.banking.models import ReviewCase
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.states import InvalidTransition

pytestmark = pytest.mark.django_db


def case_of(company: Company, **fields: object) -> ReviewCase:
    values = {"kind": "rekeyed", "subject": "row", "opened_at": clock.now(), **fields}
    return ReviewCase.objects.create(company=company, **values)


def test_only_open_ones_wait(bakery: Company) -> None:
    waiting = case_of(bakery)
    case_of(bakery, status="REJECTED", subject="another")
    assert list(ReviewCase.objects.of(bakery).open()) == [waiting]


def test_a_subject_is_asked_about_once_at_a_time(bakery: Company) -> None:
    case_of(bakery).move_to("REJECTED")
    case_of(bakery)
    with pytest.raises(IntegrityError), transaction.atomic():
        case_of(bakery)


def test_what_answered_itself_is_not_opened_again(bakery: Company) -> None:
    case = case_of(bakery)
    case.move_to("CLOSED")
    with pytest.raises(InvalidTransition):
        case.move_to("OPEN")
