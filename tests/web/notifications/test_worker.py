"""The service worker stands at the root, so that it may serve every page, and is asked for again each time."""

from django.test import Client


def test_is_a_script_at_the_root_that_no_cache_keeps() -> None:
    answer = Client().get("/service-worker.js")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "showNotification" in answer.content.decode()
