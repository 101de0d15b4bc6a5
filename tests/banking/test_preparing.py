"""An attempt that begins in a chat goes on only in the browser of the same person."""

from datetime import timedelta

import pytest
from django.core import signing
from tests.builders import make_connector

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import preparing
from financehub.banking.models import ConnectAttempt
from financehub.companies.models import Company, User
from financehub.core import clock

pytestmark = pytest.mark.django_db
CPF = "76109277673"


@pytest.fixture
def token(bakery: Company, ana: User) -> str:
    connector = make_connector(id=601, name="Itau", is_open_finance=True)
    by = Actor("user", ana.pk, via="telegram")
    return preparing.prepare_connection(company=bakery, user=ana, connector=connector, document=CPF, by=by)


def test_it_opens_for_the_person_it_was_made_for(token: str, bakery: Company, ana: User) -> None:
    attempt = preparing.open_prepared(token, user=ana)
    assert (attempt.company, attempt.connector_id, attempt.used_at) == (bakery, 601, None)
    assert CPF not in token
    trail = AuditLog.objects.get(action="open_finance.connection_prepared")
    assert (trail.actor_id, trail.facts["via"], trail.company_id) == (ana.pk, "telegram", bakery.pk)


def test_it_opens_for_nobody_else(token: str, bruno: User, carla: User) -> None:
    for person in (bruno, carla):
        with pytest.raises(preparing.PreparedForAnother):
            preparing.open_prepared(token, user=person)


def test_it_closes_after_half_an_hour(token: str, ana: User) -> None:
    ConnectAttempt.objects.across_companies().update(expires_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(preparing.PreparedClosed):
        preparing.open_prepared(token, user=ana)


@pytest.mark.parametrize(
    "forged",
    ["", "x", signing.dumps("0" * 32, salt="other"), signing.dumps(3, salt=preparing.SALT)],
    ids=["empty", "short", "signed for something else", "not an id"],
)
def test_a_forged_one_opens_nothing(forged: str, token: str, ana: User) -> None:
    with pytest.raises(preparing.PreparedClosed):
        preparing.open_prepared(forged, user=ana)


def test_the_document_is_given_out_once_and_is_sealed_until_then(token: str, ana: User) -> None:
    attempt = preparing.open_prepared(token, user=ana)
    assert preparing.take_document(attempt) == CPF
    assert preparing.take_document(preparing.open_prepared(token, user=ana)) == ""


def test_a_document_that_nobody_used_is_forgotten(token: str) -> None:
    attempts = ConnectAttempt.objects.across_companies()
    assert preparing.forget_documents() == 0
    attempts.update(expires_at=clock.now())
    assert preparing.forget_documents() == 1
    assert attempts.get().document is None
