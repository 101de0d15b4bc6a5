"""What every test stands on: a throwaway database, a fresh cache, no mail and no network but this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from tests import workers

pytest_plugins = ["tests.people", "tests.simulator", "tests.stripe_world"]

LOCAL_CACHE = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"}}


def pytest_addoption(parser: pytest.Parser) -> None:
    """How hard the property tests with histories of their own should look."""
    parser.addoption(
        "--seeds", type=int, default=0, help="random histories per property; 0 is each one's own"
    )


def pytest_configure() -> None:
    """Settings that only make tests fast and alone; everything else is as in production."""
    workers.take_own_broker()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = LOCAL_CACHE
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = None, True  # served from the source tree
    settings.CELERY_TASK_ALWAYS_EAGER = settings.CELERY_TASK_EAGER_PROPAGATES = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite tests live in a file of their own: threads must share it, and a run must not meet another."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _flush_may_clear_the_audit_trail() -> Iterator[None]:
    """A transactional test ends with a flush, which the append-only rule would refuse."""
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: TransactionTestCase) -> None:
        with audit_rule_lifted():
            original(case)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()


@contextmanager
def audit_rule_lifted() -> Iterator[None]:
    """Without the triggers on audit_logs for the block."""
    lift, restore = _postgresql_rule() if connection.vendor == "postgresql" else _sqlite_rule()
    with connection.cursor() as cursor:
        for statement in lift:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in restore:
            cursor.execute(statement)


def _postgresql_rule() -> tuple[list[str], list[str]]:
    alter = "ALTER TABLE audit_logs {} TRIGGER USER"
    return [alter.format("DISABLE")], [alter.format("ENABLE")]


def _sqlite_rule() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_logs'"
        )
        triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rate limits and log context of one test never reach the next."""
    cache.clear()
    structlog.contextvars.clear_contextvars()
    return


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine() -> Iterator[None]:
    """A connection to anywhere but the loopback fails the test that made it."""
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}")
        original(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
