"""The check-up itself: each function looks at one thing and says what it found."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from financehub.core import crypto
from financehub.providers import probing
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.errors import PluggyAuthFailed, PluggyError
from financehub.providers.pluggy.settings import ClientSettings
from financehub.runtime import telegram_checks, webhook_checks
from financehub.runtime.findings import Finding, note, ok, problem
from financehub.timetable import health
from financehub.timetable.hearts import SILENT_AFTER

PATIENCE = 5.0  # seconds for each answer from outside
TOLERATED_SKEW = 30.0  # seconds; tokens and webhook signatures are refused at a few minutes
PATIENT_FOR = 900.0  # seconds that due work may wait before a person should know
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


def look() -> Iterator[Finding]:
    """Every check, in the order in which a person would mend what they find."""
    yield keys()
    yield secret()
    yield database()
    yield from background()
    yield from pluggy()
    yield webhooks()
    yield from webhook_checks.look()
    yield from telegram_checks.look()


def keys() -> Finding:
    """The encryption keys can be read and are not the ones in the source."""
    advice = "set FINANCEHUB_KEYS to id:key, or use `financehub up`, which makes one"
    try:
        crypto.ring()
    except ValueError as error:
        return problem("keys", str(error), advice)
    if settings.FINANCEHUB_KEYS.startswith("insecure:"):
        return problem(
            "keys", "FINANCEHUB_KEYS is not set: data would be encrypted with a public key", advice
        )
    count = len(settings.FINANCEHUB_KEYS.split(","))
    return ok("keys", f"{count} in the ring, the first one encrypts")


def secret() -> Finding:
    """Sessions are signed with a secret of this installation."""
    if settings.SECRET_KEY.startswith("insecure"):
        return problem(
            "sessions",
            "FINANCEHUB_SECRET_KEY is not set",
            "set it to a long random text, or use `financehub up`",
        )
    return ok("sessions", "signed with a secret of this installation")


def database() -> Finding:
    """The database answers and has every migration."""
    place = f"{connection.vendor} {connection.settings_dict['NAME']}"
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        return problem("database", f"{place}: {error}", "check DATABASE_URL and that the server runs")
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return problem("database", f"{place} lacks {len(missing)} migrations", "run: financehub migrate")
    return ok("database", f"{place}, all migrations applied")


def background() -> Iterator[Finding]:
    """Something takes background work, a worker does it, the clock asks for what is due, and nothing waits long."""
    state = health.look()
    yield _broker(state)
    if state.status == "no_worker":
        yield problem(
            "worker", "no worker has been heard of lately", "start `financehub up` or a Celery worker"
        )
    yield _beat(state)
    if state.oldest_age is not None and state.oldest_age > PATIENT_FOR:
        detail = f"{state.waiting} wait, the oldest ({state.oldest_kind}) for {state.oldest_age:.0f} s"
        yield problem("waiting", detail, "see that workers run; docs/runbooks/worker-down.md")


def _broker(state: health.Health) -> Finding:
    if not state.broker.kind:
        return note(
            "broker", "none: syncs run inside the request", "set REDIS_URL for work in the background"
        )
    if not state.broker.is_reachable:
        advice = "start `financehub up`, or check REDIS_URL and CELERY_BROKER_URL"
        return problem("broker", f"{state.broker.kind} does not answer", advice)
    if state.broker.kind == "memory":
        return note("broker", "in memory: background work lives in the web process")
    return ok(
        "broker", f"{state.broker.kind} answers, {state.workers} worker(s), {state.broker.depth} in the queue"
    )


def _beat(state: health.Health) -> Finding:
    advice = "start `financehub up`, or `celery -A financehub.config.celery beat`"
    if state.beat_age is None:
        return problem("beat", "the clock has never ticked: nothing runs by time", advice)
    if state.beat_age > SILENT_AFTER:
        return problem(
            "beat", f"the clock last ticked {state.beat_age:.0f} s ago: nothing runs by time", advice
        )
    return ok("beat", f"ticked {state.beat_age:.0f} s ago")


def pluggy() -> Iterator[Finding]:
    """Pluggy takes our credentials, lists its connectors, and its clock agrees with ours."""
    if not settings.PLUGGY_CLIENT_ID:
        yield note(
            "connectors", "Pluggy is off", "set PLUGGY_CLIENT_ID and PLUGGY_CLIENT_SECRET to connect banks"
        )
        return
    try:
        answer = probing.probe(settings.PLUGGY_BASE_URL, timeout=PATIENCE)
    except probing.Unreachable as failure:
        advice = "start `financehub up`" if _is_local(settings.PLUGGY_BASE_URL) else "check the network"
        yield problem("connectors", f"{settings.PLUGGY_BASE_URL} does not answer: {failure}", advice)
        return
    yield _clock(answer.clock_offset)
    yield _connectors()


def _connectors() -> Finding:
    try:
        with PluggyClient(
            client_id=settings.PLUGGY_CLIENT_ID,
            client_secret=settings.PLUGGY_CLIENT_SECRET,
            base_url=settings.PLUGGY_BASE_URL,
            settings=ClientSettings(attempts=1, timeout=PATIENCE),
        ) as client:
            connectors = client.list_connectors()
    except PluggyAuthFailed:
        advice = "copy both from the Pluggy dashboard again"
        return problem("connectors", "Pluggy refuses PLUGGY_CLIENT_ID with PLUGGY_CLIENT_SECRET", advice)
    except PluggyError as error:
        return problem("connectors", str(error), "look at Pluggy's status page and try again")
    if not connectors:
        return problem("connectors", "Pluggy offers none to this account", "ask Pluggy to enable connectors")
    return ok("connectors", f"{len(connectors)} banks offered by {settings.PLUGGY_BASE_URL}")


def _clock(offset: float | None) -> Finding:
    if offset is None:
        return note("clock", "Pluggy does not tell the time")
    if abs(offset) > TOLERATED_SKEW:
        detail = f"this machine is {abs(offset):.0f} s {'behind' if offset > 0 else 'ahead of'} Pluggy"
        return problem("clock", detail, "turn time synchronisation on (NTP)")
    return ok("clock", "agrees with Pluggy")


def webhooks() -> Finding:
    """Pluggy can reach the address we gave it."""
    url = settings.PLUGGY_WEBHOOK_URL
    if not url:
        return note("webhooks", "no PLUGGY_WEBHOOK_URL: news arrives by looking, every few hours")
    if urlsplit(url).scheme != "https" and not _is_local(settings.PLUGGY_BASE_URL):
        return problem(
            "webhooks", f"{url} is not https", "Pluggy delivers only to https: set PLUGGY_WEBHOOK_URL"
        )
    if not settings.PLUGGY_WEBHOOK_SECRET:
        return problem(
            "webhooks", "anybody could post to it", "set PLUGGY_WEBHOOK_SECRET to a long random text"
        )
    return _webhook_door(url)


def _webhook_door(url: str) -> Finding:
    try:
        answer = probing.probe(url, timeout=PATIENCE)
    except probing.Unreachable as failure:
        return problem(
            "webhooks", f"{url} does not answer: {failure}", "start the product, or correct the address"
        )
    if answer.status >= 500 or answer.status == 404:
        return problem("webhooks", f"{url} answers {answer.status}", "it must end in /api/webhooks/pluggy")
    return ok("webhooks", f"{url} answers")


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in LOCAL_HOSTS
