"""Outgoing webhooks by API: made, shown, rotated, switched and replayed by whoever manages the company."""

import pytest
from tests.api.callers import with_key
from tests.receiver import receiving

from financehub.audit.models import AuditLog
from financehub.notifications.models import WebhookEndpoint
from financehub.notifications.telling import tell

ROOT = "/api/webhook-endpoints/"


@pytest.fixture
def admin(ana, bakery):
    return with_key(ana, bakery, "admin")


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as found:
        yield found


@pytest.fixture
def made(admin, receiver):
    return admin.post(
        ROOT, {"url": f"{receiver.url}/hook", "kinds": ["salary_in"], "description": "ERP"}
    ).json()


def test_the_secret_is_shown_once(admin, made):
    assert made["secret"].startswith("whsec_")
    listed = admin.get(ROOT)
    assert [one["kinds"] for one in listed.json()] == [["salary_in"]]
    assert made["secret"] not in listed.content.decode()
    assert AuditLog.objects.filter(action="company.webhook_added").count() == 1


@pytest.mark.parametrize("url", ["http://hub.example/x", "https://u:p@hub.example/", "ftp://x", ""])
def test_what_is_no_public_https_address_is_refused(admin, url, db):
    answer = admin.post(ROOT, {"url": url})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


def test_the_same_address_twice_and_an_unknown_kind_are_refused(admin, made, receiver):
    assert admin.post(ROOT, {"url": f"{receiver.url}/hook"}).status_code == 409
    assert admin.post(ROOT, {"url": f"{receiver.url}/b", "kinds": ["new_sign_in"]}).status_code == 422


def test_a_change_keeps_the_address(admin, made):
    path = f"{ROOT}{made['endpoint']['id']}/"
    changed = admin.call(
        "PUT", path, {"kinds": ["bill_due"], "description": "x", "url": "https://other.example"}
    ).json()
    assert (changed["kinds"], changed["url"]) == (["bill_due"], made["endpoint"]["url"])


def test_a_new_secret_leaves_the_former_one_a_day(admin, made):
    fresh = admin.post(f"{ROOT}{made['endpoint']['id']}/rotate-secret/").json()
    assert fresh["secret"] != made["secret"]
    kept = WebhookEndpoint.objects.across_companies().get()
    assert kept.former_secret == made["secret"]
    assert fresh["endpoint"]["formerUntil"] is not None


def test_what_was_missed_while_off_can_be_replayed(
    admin, made, receiver, bakery, django_capture_on_commit_callbacks
):
    path = f"{ROOT}{made['endpoint']['id']}/"
    assert admin.post(f"{path}disable/").json()["isDisabled"] is True
    with django_capture_on_commit_callbacks(execute=True):
        tell(bakery, "salary_in", key="1")
    (missed,) = admin.get(f"{path}deliveries/").json()
    assert (missed["status"], missed["reason"], receiver.requests) == ("skipped", "endpoint_disabled", [])
    assert admin.post(f"{path}enable/").json()["isDisabled"] is False
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(f"{path}replay/").json() == {"count": 1}
    assert admin.get(f"{path}deliveries/").json()[0]["status"] == "sent"
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(f"{path}deliveries/{missed['id']}/replay/").status_code == 200
    assert len({got.headers["webhook-id"] for got in receiver.requests}) == 1
    assert len(receiver.requests) == 2


def test_a_removed_one_is_gone(admin, made):
    path = f"{ROOT}{made['endpoint']['id']}/"
    assert admin.call("DELETE", path).json() == {"id": made["endpoint"]["id"]}
    assert admin.get(path).status_code == 404
