"""GET /metrics: figures for a scraper, and for nobody else."""

import pytest
from tests.webhooks.rows import make_event

from financehub.core import clock

pytestmark = pytest.mark.django_db


def test_shows_the_figures_in_the_text_format(client):
    make_event(status="handled", handled_at=clock.now())
    make_event(status="dead")

    answer = client.get("/metrics")

    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.content.decode().splitlines()
    assert 'financehub_webhook_received_total{source="pluggy"} 2' in lines
    assert 'financehub_webhook_events{source="pluggy",status="dead"} 1' in lines
    assert 'financehub_webhook_time_to_handle_seconds{quantile="0.5"} 0.000' in lines


def test_is_for_this_machine_only(client):
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 403
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 403


def test_is_for_the_bearer_of_the_token_where_there_is_one(client, settings):
    settings.METRICS_TOKEN = "tell-me"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer nothing").status_code == 403
    allowed = client.get("/metrics", HTTP_AUTHORIZATION="Bearer tell-me", REMOTE_ADDR="203.0.113.9")
    assert allowed.status_code == 200
