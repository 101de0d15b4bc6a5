"""An API key opens one company, for its scopes, until it is revoked."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.builders import make_member

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.companies import api_keys
from financehub.companies.api_keys import AlreadyRevoked, InvalidApiKey, IssuedKey
from financehub.companies.models import ApiKey, Company, Role, User
from financehub.companies.permissions import Permission
from financehub.core import clock
from financehub.core.errors import Denied, Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(bakery: Company, ana: User, by_ana: Actor) -> IssuedKey:
    return api_keys.issue(company=bakery, name="ERP", scopes=["read", "write"], creator=ana, by=by_ana)


class TestIssue:
    def test_shows_a_secret_that_is_not_kept(self, issued: IssuedKey) -> None:
        assert issued.secret.startswith("fh_")
        assert len(issued.secret) == 51
        stored = ApiKey.objects.across_companies().get()
        assert issued.secret not in str(vars(stored))
        assert issued.secret.startswith(stored.prefix)

    def test_says_in_the_trail_what_the_key_may_do(self, issued: IssuedKey, bakery: Company) -> None:
        row = AuditLog.objects.get(action="company.api_key_issued")
        assert (row.object_id, row.company_id) == (str(issued.key.id), bakery.id)
        assert row.facts == {"scopes": "read,write"}

    @pytest.mark.parametrize(
        ("name", "scopes"), [("", ["read"]), ("x" * 81, ["read"]), ("ERP", []), ("ERP", ["read", "fly"])]
    )
    def test_needs_a_name_and_known_scopes(
        self, bakery: Company, ana: User, by_ana: Actor, name: str, scopes: list[str]
    ) -> None:
        with pytest.raises(Invalid):
            api_keys.issue(company=bakery, name=name, scopes=scopes, creator=ana, by=by_ana)

    def test_is_for_owners_and_admins(self, bakery: Company, by_carla: Actor) -> None:
        member = make_member(company=bakery, role=Role.MEMBER).user
        for by in (Actor("user", member.id), by_carla):
            with pytest.raises(Denied):
                api_keys.issue(company=bakery, name="ERP", scopes=["read"], creator=member, by=by)

    def test_a_key_makes_no_keys(self, bakery: Company, ana: User, by_ana: Actor) -> None:
        admin = api_keys.issue(company=bakery, name="Admin", scopes=["admin"], creator=ana, by=by_ana)
        with pytest.raises(Denied):
            api_keys.issue(
                company=bakery,
                name="Child",
                scopes=["read"],
                creator=ana,
                by=Actor("api_key", admin.key.id),
            )


class TestAuthenticate:
    def test_finds_the_key_its_company_and_its_scopes(self, issued: IssuedKey, bakery: Company) -> None:
        key = api_keys.authenticate(issued.secret)
        assert (key.company, key.may(Permission.WRITE), key.may(Permission.READ_AUDIT)) == (
            bakery,
            True,
            False,
        )

    @pytest.mark.parametrize("secret", ["", "fh_", "fh_" + "0" * 48])
    def test_refuses_what_was_never_issued(self, secret: str) -> None:
        with pytest.raises(InvalidApiKey):
            api_keys.authenticate(secret)

    def test_refuses_a_revoked_key(self, issued: IssuedKey, by_ana: Actor) -> None:
        api_keys.revoke(key=issued.key, by=by_ana)
        with pytest.raises(InvalidApiKey):
            api_keys.authenticate(issued.secret)

    def test_refuses_the_key_of_a_person_who_was_deactivated(self, issued: IssuedKey, ana: User) -> None:
        ana.is_active = False
        ana.save()
        with pytest.raises(InvalidApiKey):
            api_keys.authenticate(issued.secret)

    def test_notes_the_use_at_most_once_a_minute(
        self, issued: IssuedKey, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        first = api_keys.authenticate(issued.secret).last_used_at
        with django_assert_num_queries(1):
            second = api_keys.authenticate(issued.secret).last_used_at
        assert first is not None
        assert second == first

    def test_notes_the_use_again_after_a_minute(self, issued: IssuedKey) -> None:
        long_ago = clock.now() - timedelta(minutes=2)
        ApiKey.objects.across_companies().update(last_used_at=long_ago)
        api_keys.authenticate(issued.secret)
        noted = ApiKey.objects.across_companies().get().last_used_at
        assert noted is not None
        assert noted > long_ago + timedelta(minutes=1)


class TestRevoke:
    def test_is_written_into_the_trail(self, issued: IssuedKey, by_ana: Actor) -> None:
        api_keys.revoke(key=issued.key, by=by_ana)
        assert AuditLog.objects.get(action="company.api_key_revoked").object_id == str(issued.key.id)

    def test_happens_once(self, issued: IssuedKey, by_ana: Actor) -> None:
        api_keys.revoke(key=issued.key, by=by_ana)
        with pytest.raises(AlreadyRevoked):
            api_keys.revoke(key=issued.key, by=by_ana)

    def test_a_viewer_or_a_stranger_may_not(
        self, issued: IssuedKey, by_bruno: Actor, by_carla: Actor
    ) -> None:
        for by in (by_bruno, by_carla):
            with pytest.raises(Denied):
                api_keys.revoke(key=issued.key, by=by)


def test_live_keys_are_listed_before_revoked_ones(
    bakery: Company, ana: User, by_ana: Actor, issued: IssuedKey
) -> None:
    newer = api_keys.issue(company=bakery, name="BI", scopes=["read"], creator=ana, by=by_ana)
    api_keys.revoke(key=newer.key, by=by_ana)
    assert [key.name for key in api_keys.keys_of(bakery)] == ["ERP", "BI"]
