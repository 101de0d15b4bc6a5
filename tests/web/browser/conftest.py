"""The pages in a real browser: the site and its live line on loopback ports, Ana and Bruno signed in."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.conf import settings as configured
from django.db import connection, connections
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser import NewPage, chromium, new_page  # noqa: F401 - fixtures
from tests.people import signed_in

from financehub.companies.models import User

PATIENCE_SECONDS = 60.0

Open = Callable[..., Page]


def database_url() -> str:
    """The database of this run, as another process names it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    address = f"{database['HOST']}:{database['PORT']}" if "/" not in database["HOST"] else ""
    query = f"?host={database['HOST']}&port={database['PORT']}" if not address else ""
    return f"postgresql://{database['USER']}:{database['PASSWORD']}@{address}/{database['NAME']}{query}"


@pytest.fixture(scope="session")
def live_line(django_db_setup: None, django_db_blocker: Any, live_server: LiveServer) -> Iterator[str]:
    """The realtime process on the database of the tests; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "FINANCEHUB_PUBLIC_URL": live_server.url,
        "REDIS_URL": configured.REDIS_URL,
    }
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers-kill-timeout",
        "5",
    ]
    process = subprocess.Popen(
        [*command, "financehub.config.asgi:application"], env=environment, stdout=subprocess.DEVNULL
    )
    _await_health(f"http://127.0.0.1:{port}/health")
    yield f"ws://127.0.0.1:{port}/ws"
    process.terminate()
    process.wait(timeout=10)


def _await_health(url: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if httpx.get(url, timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline, "the realtime process did not start"
        time.sleep(0.1)


@pytest.fixture
def open_as(
    new_page: NewPage,  # noqa: F811
    live_server: LiveServer,
    transactional_db: None,
    settings: Any,
) -> Iterator[Open]:
    """Opens a page of the site as a person: `open_as(ana, "/transacoes", width=360)`."""
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    settings.REALTIME_URL = "ws://127.0.0.1:9/ws"  # nobody listens there: pages look every five seconds

    def open_page(user: User, path: str, *, english: bool = False, **window: Any) -> Page:
        page = new_page(**window)
        session = signed_in(user).cookies[configured.SESSION_COOKIE_NAME].value
        cookies = {configured.SESSION_COOKIE_NAME: session}
        if english:
            cookies[configured.LANGUAGE_COOKIE_NAME] = "en"
        page.context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        page.goto(live_server.url + path)
        return page

    yield open_page
    connections.close_all()  # under Playwright's event loop the test had a connection of its own


@pytest.fixture
def open_live(open_as: Open, live_line: str, settings: Any) -> Open:
    """The same with the live line up."""
    settings.REALTIME_URL = live_line
    return open_as
