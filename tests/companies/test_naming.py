"""A person's name: kept tidy, told in the trail without saying what it is."""

import pytest
from tests.builders import make_user

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.companies import naming
from financehub.core.errors import Invalid

pytestmark = pytest.mark.django_db


def test_a_person_gets_a_tidy_name_and_the_trail_says_so() -> None:
    user = make_user()
    naming.rename(user=user, name="  Ana   Souza ", by=Actor("user", user.pk))
    user.refresh_from_db()
    entry = AuditLog.objects.get(action="person.renamed")
    assert (user.name, entry.actor_id, entry.facts) == ("Ana Souza", user.pk, {})


def test_the_same_name_again_is_no_change() -> None:
    user = make_user(name="Ana")
    naming.rename(user=user, name="Ana", by=Actor("user", user.pk))
    assert not AuditLog.objects.filter(action="person.renamed").exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_no_name_and_one_too_long_are_refused(name: str) -> None:
    user = make_user(name="Ana")
    with pytest.raises(Invalid):
        naming.rename(user=user, name=name, by=Actor("user", user.pk))
    user.refresh_from_db()
    assert user.name == "Ana"
