"""There are words for everything that a receipt, a consent or a finding may say."""

import pytest
from django.utils import translation

from financehub.banking import counting, problems
from financehub.banking.models import ConsentRenewal, MonthFinding, Sync
from financehub.web.syncs import texts


class TestWords:
    def test_exist_for_every_state_of_ours(self) -> None:
        assert set(texts.STATUSES) == {*Sync.Status.values, "RETRYING"} == set(texts.STATUS_TONES)
        assert set(texts.RENEWALS) == set(ConsentRenewal.Outcome.values)
        assert set(texts.REASONS) == set(MonthFinding.Reason.values)
        assert set(texts.ACTIONS) == {action.value for action in problems.Action}
        assert set(texts.SCHEDULES) == {schedule.value for schedule in problems.Schedule}
        assert set(texts.CONSENTS) == {"none", "endless", "dated", "expiring", "expired", "revoked"}


class TestProduct:
    @pytest.mark.parametrize("name", ["CREDIT_CARDS", "creditCards"])
    def test_is_named_in_either_spelling(self, name: str) -> None:
        assert texts.product(name) == "Cartões"
        with translation.override("en"):
            assert texts.product(name) == "Cards"

    @pytest.mark.parametrize("name", counting.PRODUCTS.values())
    def test_is_named_when_we_count_it(self, name: str) -> None:
        assert texts.product(name) != name

    def test_stays_as_it_is_when_unknown(self) -> None:
        assert texts.product("BRAND_NEW") == "BRAND_NEW"


class TestStatus:
    def test_tells_a_first_wait_from_one_after_a_failure(self) -> None:
        assert texts.status("PENDING", is_retry=False) == "PENDING"
        assert texts.status("PENDING", is_retry=True) == "RETRYING"
        assert texts.status("FAILED", is_retry=True) == "FAILED"
