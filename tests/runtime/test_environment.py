"""What the children are told: ours by default, the person's where set."""

from pathlib import Path

import pytest

from financehub.runtime import environment

PORTS = environment.Ports(web=8000, realtime=8001, simulator=8002)
KEYS = {
    "FINANCEHUB_KEYS": "first:k",
    "FINANCEHUB_SECRET_KEY": "s",
    "FINANCEHUB_VAPID_KEY": "v",
    "PLUGGY_WEBHOOK_SECRET": "w",
    "SIMULATOR_CLIENT_ID": "id",
    "SIMULATOR_CLIENT_SECRET": "secret",
    "STRIPE_SIMULATOR_KEY": "sk_test_s",
}
OURS = (
    "PLUGGY_CLIENT_ID",
    "PLUGGY_CLIENT_SECRET",
    "PLUGGY_BASE_URL",
    "PLUGGY_WEBHOOK_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "FINANCEHUB_PUBLIC_URL",
    "FINANCEHUB_EMAIL_BACKEND",
    "FINANCEHUB_MAIL_DIR",
    "SMTP_HOST",
)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OURS:
        monkeypatch.delenv(name, raising=False)


class TestWithNothingSet:
    def test_everything_is_on_this_machine(self) -> None:
        ours = environment.of_installation(Path("/data"), KEYS, PORTS, Path("/data/valkey.sock"))
        assert ours["DATABASE_URL"] == "sqlite:////data/finance-hub.sqlite3"
        assert ours["REDIS_URL"] == "unix:///data/valkey.sock?db=0"
        assert ours["CELERY_BROKER_URL"] == "redis+socket:///data/valkey.sock?virtual_host=0"
        assert ours["FINANCEHUB_PUBLIC_URL"] == "http://127.0.0.1:8000"
        assert ours["REALTIME_URL"] == "ws://127.0.0.1:8001/ws"

    def test_pluggy_is_its_simulator(self) -> None:
        ours = environment.of_installation(Path("/data"), KEYS, PORTS, None)
        assert environment.uses_simulator()
        assert (ours["PLUGGY_BASE_URL"], ours["PLUGGY_CLIENT_ID"]) == ("http://127.0.0.1:8002", "id")
        assert ours["PLUGGY_WEBHOOK_URL"] == "http://127.0.0.1:8000/api/webhooks/pluggy"

    def test_nothing_is_sold_unless_asked(self) -> None:
        ours = environment.of_installation(Path("/data"), KEYS, PORTS, None)
        assert not [name for name in ours if name.startswith("STRIPE")]

    def test_stripe_is_its_simulator_when_asked(self) -> None:
        selling = environment.Ports(web=8000, realtime=8001, simulator=8002, stripe=8003)
        ours = environment.of_installation(Path("/data"), KEYS, selling, None)
        assert {name: value for name, value in ours.items() if name.startswith("STRIPE")} == {
            "STRIPE_SECRET_KEY": "sk_test_s",
            "STRIPE_API_BASE": "http://127.0.0.1:8003",
            "STRIPE_FILES_BASE": "http://127.0.0.1:8003",
            "STRIPE_WEBHOOK_URL": "http://127.0.0.1:8000/api/webhooks/stripe",
        }

    def test_background_work_stays_in_memory_without_a_broker(self) -> None:
        ours = environment.of_installation(Path("/data"), KEYS, PORTS, None)
        assert ours["CELERY_BROKER_URL"] == "memory://"
        assert "REDIS_URL" not in ours

    def test_mails_become_files_until_a_server_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ours = environment.of_installation(Path("/data"), KEYS, PORTS, None)
        assert ours["FINANCEHUB_MAIL_DIR"] == "/data/mail"
        monkeypatch.setenv("SMTP_HOST", "mail.example.com")
        assert "FINANCEHUB_MAIL_DIR" not in environment.of_installation(Path("/data"), KEYS, PORTS, None)


class TestWhatAPersonSet:
    def test_is_not_replaced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://db/hub")
        ours = environment.of_installation(Path("/data"), KEYS, PORTS, None)
        assert "DATABASE_URL" not in ours
        assert environment.for_children(ours)["DATABASE_URL"] == "postgresql://db/hub"

    def test_turns_the_simulator_off_when_it_is_an_account_at_pluggy(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLUGGY_CLIENT_ID", "real")
        assert environment.uses_simulator()
        monkeypatch.setenv("PLUGGY_CLIENT_SECRET", "real")
        assert not environment.uses_simulator()
        assert "PLUGGY_BASE_URL" not in environment.of_installation(Path("/data"), KEYS, PORTS, None)

    def test_names_the_broker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REDIS_URL", "redis://queue")
        assert environment.names_broker()
        assert "CELERY_BROKER_URL" not in environment.of_installation(Path("/data"), KEYS, PORTS, None)
