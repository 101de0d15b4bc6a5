"""Where a connection stands, and the button that helps."""

import pytest
from tests.builders import make_item

from financehub.banking import reports
from financehub.banking.models import Sync
from financehub.companies.models import Company
from financehub.core import clock
from financehub.web import progress

pytestmark = pytest.mark.django_db


def card(company: Company, **fields: object) -> reports.ConnectionCard:
    return reports.connection(company, make_item(company=company, **fields))


def states(found: reports.ConnectionCard) -> list[str]:
    return [step.state for step in progress.steps(found)]


class TestSteps:
    @pytest.mark.parametrize(
        ("stage", "place"),
        [
            ("CREATED", 0),
            ("LOGIN_IN_PROGRESS", 0),
            ("LOGIN_MFA_IN_PROGRESS", 0),
            ("ACCOUNTS_IN_PROGRESS", 1),
            ("CREDITCARDS_IN_PROGRESS", 2),
            ("TRANSACTIONS_IN_PROGRESS", 3),
            ("INVESTMENTS_TRANSACTIONS_IN_PROGRESS", 4),
            ("LOANS_IN_PROGRESS", 4),
            ("MERGING", 5),
            ("A_NEW_STAGE", 0),
        ],
    )
    def test_move_with_the_stages_at_the_bank(self, bakery: Company, stage: str, place: int) -> None:
        found = states(card(bakery, status="UPDATING", execution_status=stage))

        assert found == ["done"] * place + ["now"] + [""] * (6 - place)

    def test_end_with_our_own_reading(self, bakery: Company) -> None:
        assert states(card(bakery)) == ["done"] * 6 + ["now"]

    def test_are_all_done_once_the_news_is_here(self, bakery: Company) -> None:
        now = clock.now()
        found = card(bakery, last_updated_at=now, read_up_to=now)

        assert states(found) == ["done"] * 7
        assert progress.is_complete(found)
        assert not progress.is_moving(found)

    def test_stop_where_it_failed(self, bakery: Company) -> None:
        assert states(card(bakery, status="OUTDATED", execution_status="SITE_NOT_AVAILABLE"))[0] == "stopped"


class TestPanel:
    @pytest.mark.parametrize(
        ("status", "execution", "step", "tone"),
        [
            ("UPDATED", "SUCCESS", "", "wait"),
            ("UPDATING", "LOGIN_IN_PROGRESS", "", "wait"),
            ("WAITING_USER_INPUT", "WAITING_USER_INPUT", "answer", "wait"),
            ("WAITING_USER_ACTION", "WAITING_USER_ACTION", "answer", "wait"),
            ("LOGIN_ERROR", "INVALID_CREDENTIALS", "reconnect", "bad"),
            ("LOGIN_ERROR", "ACCOUNT_LOCKED", "reconnect", "bad"),
            ("OUTDATED", "USER_AUTHORIZATION_REVOKED", "reconnect", "bad"),
            ("OUTDATED", "SITE_NOT_AVAILABLE", "refresh", "wait"),
            ("OUTDATED", "USER_INPUT_TIMEOUT", "refresh", "wait"),
            ("OUTDATED", "USER_AUTHORIZATION_PENDING", "refresh", ""),
            ("LOGIN_ERROR", "USER_NOT_SUPPORTED", "", "bad"),
        ],
    )
    def test_names_the_step_that_helps(
        self, bakery: Company, status: str, execution: str, step: str, tone: str
    ) -> None:
        panel = progress.panel(card(bakery, status=status, execution_status=execution))

        assert (panel.step, panel.tone) == (step, tone)

    def test_offers_to_read_again_after_our_own_failure(self, bakery: Company) -> None:
        item, now = make_item(company=bakery), clock.now()
        Sync.objects.create(
            company=bakery, item=item, status="FAILED", trigger="timer", due_at=now, requested_at=now
        )

        panel = progress.panel(reports.connection(bakery, item))

        assert panel.step == "sync"
        assert str(panel.advice.title) == "Não conseguimos trazer os dados."
