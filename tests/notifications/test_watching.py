"""What the audit trail shows is told once, whichever door it came through: sign-ins, keys, factors, invitations."""

from datetime import timedelta

import pytest
from tests.builders import make_member, make_user

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor, Target, record
from financehub.companies import api_keys, inviting
from financehub.companies.models import Role
from financehub.core import clock
from financehub.notifications import watching
from financehub.notifications.models import AuditMark, Notification

HOME, NEIGHBOUR, ABROAD = "200.160.2.3", "200.160.2.99", "8.8.8.8"


@pytest.fixture(autouse=True)
def _watched(db):
    watching.watch()  # the first look only sets the mark


def signs_in(person, address):
    return record(
        "person.signed_in",
        by=Actor("user", person.pk, address),
        on=Target("user", person.pk),
        company_id=None,
    )


def told(person):
    rows = Notification.objects.across_companies().filter(person=person).order_by("pk")
    return [row.kind for row in rows]


class TestSignIns:
    def test_the_first_one_ever_is_no_news(self, ana):
        signs_in(ana, HOME)
        watching.watch()
        assert told(ana) == []

    @pytest.mark.parametrize(("address", "kinds"), [(HOME, []), (NEIGHBOUR, []), (ABROAD, ["new_sign_in"])])
    def test_only_one_from_elsewhere_is(self, ana, address, kinds):
        signs_in(ana, HOME)
        signs_in(ana, address)
        watching.watch()
        assert told(ana) == kinds

    def test_is_told_once_however_often_the_trail_is_read(self, ana):
        signs_in(ana, HOME)
        signs_in(ana, ABROAD)
        watching.watch()
        watching.watch()
        assert told(ana) == ["new_sign_in"]
        assert Notification.objects.for_person(ana).get().words["address"] == ABROAD

    def test_an_address_is_known_from_then_on(self, ana):
        for address in (HOME, ABROAD, ABROAD):
            signs_in(ana, address)
        watching.watch()
        assert told(ana) == ["new_sign_in"]

    def test_what_was_there_before_the_first_look_is_not_told(self, ana):
        AuditMark.objects.all().delete()
        signs_in(ana, HOME)
        signs_in(ana, ABROAD)
        watching.watch()
        AuditMark.objects.update(reached_at=clock.now() + watching.AGAIN + timedelta(seconds=1))
        watching.watch()
        assert told(ana) == []


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("person.password_changed", "password_changed"),
        ("person.email_changed", "email_changed"),
        ("person.two_factor_activated", "second_factor_changed"),
        ("person.two_factor_deactivated", "second_factor_changed"),
    ],
)
def test_what_changes_the_account_is_told_to_its_person(ana, bruno, action, kind):
    record(action, by=Actor("user", ana.pk, HOME), on=Target("user", ana.pk), company_id=None)
    watching.watch()
    assert (told(ana), told(bruno)) == ([kind], [])


def test_a_key_is_told_to_all_who_manage_keys(bakery, ana, bruno, by_ana):
    admin = make_member(company=bakery, role=Role.ADMIN).user
    api_keys.issue(company=bakery, name="ERP", scopes=["read"], creator=ana, by=by_ana)
    watching.watch()
    assert [told(person) for person in (ana, admin, bruno)] == [["api_key_made"], ["api_key_made"], []]
    row = Notification.objects.for_person(admin).get()
    assert (row.words["person"], row.words["company"]) == ("Ana", bakery.name)


def test_an_invited_person_with_an_account_is_told_in_their_own_company(bakery, ana, carla, by_ana):
    invite(bakery, "carla@example.com", ana, by_ana)
    watching.watch()
    row = Notification.objects.for_person(carla).get()
    assert (row.kind, row.words) == ("invited", {"inviter": "Ana", "company": bakery.name})
    assert row.company != bakery


def test_nobody_is_told_of_an_invitation_to_a_stranger(bakery, ana, by_ana):
    invite(bakery, "nobody@example.com", ana, by_ana)
    watching.watch()
    assert not Notification.objects.across_companies().filter(kind="invited").exists()


def test_who_joins_is_told_to_the_others(bakery, ana, by_ana):
    dora = make_user(email="dora@example.com", name="Dora")
    token = invite(bakery, "dora@example.com", ana, by_ana)
    inviting.accept(token=token, user=dora, by=Actor("user", dora.pk))
    watching.watch()
    assert told(ana) == ["member_joined"]
    assert Notification.objects.for_person(ana).get().words == {
        "person": "Dora",
        "company": bakery.name,
        "role": "viewer",
    }
    assert "member_joined" not in told(dora)


def test_a_row_that_commits_late_is_still_heard(ana):
    signs_in(ana, HOME)
    row = signs_in(ana, ABROAD)
    assert row.created_at < clock.now()
    AuditMark.objects.update(reached_at=clock.now() + timedelta(minutes=5))
    watching.watch()
    assert told(ana) == ["new_sign_in"]
    assert AuditLog.objects.count() == 2


def test_somebody_who_has_left_every_company_is_told_and_holds_up_nobody(bakery, ana, by_ana):
    dora = make_user(email="dora@example.com", name="Dora")
    invite(bakery, "dora@example.com", ana, by_ana)
    signs_in(ana, HOME)
    signs_in(ana, ABROAD)
    watching.watch()
    assert (told(dora), told(ana)) == (["invited"], ["new_sign_in"])
    assert Notification.objects.for_person(dora).get().company.is_personal


def test_a_row_that_cannot_be_told_holds_up_nobody(bakery, ana, by_ana, caplog):
    record("company.invited", by=by_ana, on=Target("invitation", "no key"), company_id=bakery.pk)
    signs_in(ana, HOME)
    signs_in(ana, ABROAD)
    watching.watch()
    assert told(ana) == ["new_sign_in"]
    assert "audit_row_not_told" in caplog.text


def test_however_much_happens_in_a_short_time_all_of_it_is_told(ana, bruno, monkeypatch):
    monkeypatch.setattr(watching, "AT_ONCE", 3)
    for _ in range(7):
        signs_in(ana, HOME)
    signs_in(bruno, HOME)
    signs_in(bruno, ABROAD)
    for _ in range(3):
        watching.watch()
    assert told(bruno) == ["new_sign_in"]


def invite(company, email, inviter, by):
    kept = {}

    def link_to(token):
        kept["token"] = token
        return f"https://hub.example/{token}"

    inviting.invite(company=company, email=email, role=Role.VIEWER, inviter=inviter, by=by, link_to=link_to)
    return kept["token"]
