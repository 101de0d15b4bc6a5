"""A person's notifications by API: the caller's own, in the caller's company."""

import pytest
from tests.api.callers import in_browser
from tests.builders import make_company, make_member

from financehub.audit.recording import Target
from financehub.notifications.models import Notification, Preference, Rhythm
from financehub.notifications.telling import tell

WORDS = {"amount": "R$ 5.000,00", "description": "Salário", "account": "Conta", "day": "05/11/2026"}


@pytest.fixture
def told(bakery, ana, bruno):
    tell(bakery, "salary_in", key="1", words=WORDS, about=Target("transaction", "01a2"))
    return Notification.objects.of(bakery).get(person=ana)


def test_lists_what_the_caller_was_told_in_words(program, told, bakery):
    (one,) = program.get("/api/notifications/").json()["results"]
    assert (one["id"], one["title"]) == (str(told.pk), "Salário na conta: R$ 5.000,00")
    assert (one["objectKind"], one["objectId"], one["words"]) == ("transaction", "01a2", WORDS)
    assert one["link"].endswith(f"/transacoes/01a2?empresa={bakery.pk.hex}")
    assert one["readAt"] is None


def test_goes_on_page_by_page(program, bakery, ana):
    for number in range(3):
        tell(bakery, "salary_in", key=str(number), words=WORDS)
    first = program.get("/api/notifications/", limit=2).json()
    rest = program.get("/api/notifications/", limit=2, after=first["next"]).json()
    assert [len(page["results"]) for page in (first, rest)] == [2, 1]
    assert rest["next"] is None


def test_reading_one_takes_it_off_the_count(program, told):
    assert program.get("/api/notifications/count/").json() == {"unread": 1}
    assert program.post(f"/api/notifications/{told.pk}/read/").json()["readAt"] is not None
    assert program.get("/api/notifications/count/").json() == {"unread": 0}
    assert program.get("/api/notifications/", unread="true").json()["results"] == []


def test_nobody_reads_what_another_was_told(viewer, told, ana):
    assert len(viewer.get("/api/notifications/").json()["results"]) == 1  # Bruno's own
    assert viewer.get("/api/notifications/").json()["results"][0]["id"] != str(told.pk)
    member = in_browser(make_member(company=told.company, role="member").user)
    assert member.post(f"/api/notifications/{told.pk}/read/").status_code == 404


def test_a_key_sees_its_own_company_only(program, told, ana):
    other = make_company(name="Outra")
    make_member(company=other, user=ana)
    tell(other, "salary_in", key="2", words=WORDS)
    assert [one["id"] for one in program.get("/api/notifications/").json()["results"]] == [str(told.pk)]
    assert program.post("/api/notifications/read-all/").json() == {"unread": 0}
    assert Notification.objects.of(other).filter(read_at=None).exists()


def test_a_choice_is_kept_and_shown(program, ana):
    choice = {"kind": "salary_in", "channel": "push", "isOn": False}
    table = program.call("PUT", "/api/notifications/preferences/", choice).json()
    shown = {one["kind"]: one for one in table}
    assert shown["salary_in"]["channels"] == ["tray", "telegram"]
    assert shown["new_sign_in"]["always"] == ["tray", "email"]
    assert Preference.objects.get(person=ana).is_on is False


def test_what_may_not_be_off_is_refused(program):
    choice = {"kind": "new_sign_in", "channel": "email", "isOn": False}
    answer = program.call("PUT", "/api/notifications/preferences/", choice)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


def test_hours_are_kept(program, ana):
    hours = {
        "timeZone": "Europe/Lisbon",
        "quietFrom": "22:00:00",
        "quietUntil": "07:00:00",
        "digestAt": "09:30:00",
    }
    assert program.call("PUT", "/api/notifications/rhythm/", hours).json() == hours
    assert program.get("/api/notifications/rhythm/").json() == hours
    assert Rhythm.objects.get(person=ana).time_zone == "Europe/Lisbon"
    assert program.call("PUT", "/api/notifications/rhythm/", {**hours, "timeZone": "x"}).status_code == 422
