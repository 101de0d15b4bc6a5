"""Typed readers of environment variables; a bad value stops the boot with the variable's name."""

import os
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(RuntimeError):
    """An environment variable holds something this program cannot use."""


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE names (for secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text().strip()
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """true/false, yes/no, on/off, 1/0."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} must be true or false")


def integer(name: str, default: int) -> int:
    """A whole number."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise BadSetting(f"{name} must be a whole number") from None


def ahead(name: str, *, live_key: str) -> timedelta:
    """How far our clock runs ahead, for trials that live through months; never where real money moves."""
    seconds = integer(name, 0)
    if seconds and live_key.startswith(("sk_live_", "rk_live_")):
        raise BadSetting(f"{name} must be 0 with a live Stripe key")
    return timedelta(seconds=seconds)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def times(name: str, default: str, *, minute: int = 0) -> tuple[tuple[int, int], ...]:
    """Times of the day as (hour, minute): `6`, `0,12,18`, `*/4` (hours, at `minute`) or `06:30,18:00`."""
    found: set[tuple[int, int]] = set()
    try:
        for word in words(name, default):
            if word.startswith("*"):
                found |= {
                    (hour, minute)
                    for hour in range(0, 24, int(word.removeprefix("*/") if "/" in word else 1))
                }
            else:
                hour, has_minutes, past = word.partition(":")
                found.add((int(hour), int(past) if has_minutes else minute))
    except ValueError:
        found = set()
    if not found or not all(0 <= hour < 24 and 0 <= past < 60 for hour, past in found):
        raise BadSetting(f"{name} must be times of the day: 6 or 0,12,18 or */4 or 06:30,18:00")
    return tuple(sorted(found))


def choices(name: str, allowed: Collection[str]) -> list[str]:
    """A comma-separated list of words out of `allowed`."""
    found = words(name)
    if strange := [word for word in found if word not in allowed]:
        raise BadSetting(f"{name}: {', '.join(strange)} is none of {', '.join(allowed)}")
    return found


def secret(name: str, *, insecure: str, is_public: bool) -> str:
    """A secret; where others can reach this installation its well-known stand-in is refused."""
    value = text(name, insecure)
    if is_public and value == insecure:
        raise BadSetting(f"{name} must be set before others can reach this installation")
    return value


def redis_url() -> str:
    """REDIS_URL, refusing a Redis that speaks only REST."""
    url = text("REDIS_URL")
    if not url and text("UPSTASH_REDIS_REST_URL"):
        raise BadSetting(
            "UPSTASH_REDIS_REST_URL is a REST address: set REDIS_URL to the redis:// or rediss:// one"
        )
    if url.startswith("http"):
        raise BadSetting("REDIS_URL must start with redis://, rediss:// or unix://")
    return url


def mail_backend(*, host: str, folder: str) -> str:
    """FINANCEHUB_EMAIL_BACKEND, else SMTP where a host is named, files where a folder is, else the console."""
    default = "smtp" if host else "filebased" if folder else "console"
    return text("FINANCEHUB_EMAIL_BACKEND", f"django.core.mail.backends.{default}.EmailBackend")


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for `sqlite:////path/file` or `postgresql://user:password@host:port/name`.

    SQLite takes `?synchronous=FULL`, which outlives a power cut as well; NORMAL outlives a killed process.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        path, _, query = rest.partition("?")
        return _sqlite(path.removeprefix("/") or ":memory:", dict(parse_qsl(query)))
    if scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise BadSetting("DATABASE_URL must start with sqlite:// or postgresql://")


def _sqlite(path: str, query: dict[str, str]) -> dict[str, object]:
    synchronous = query.get("synchronous", "NORMAL").upper()
    if synchronous not in {"NORMAL", "FULL"}:
        raise BadSetting("DATABASE_URL: synchronous must be NORMAL or FULL")
    pragmas = (
        f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA busy_timeout=10000;"
        "PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=20000; PRAGMA temp_store=MEMORY;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,  # closing the last connection would checkpoint and sync the whole WAL
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": pragmas},
        "TEST": {"NAME": f"{path}.test"},
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or query.pop("host", "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }
