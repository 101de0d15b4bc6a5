"""Databases to measure in: migrated once, copied for each measurement, so that a fresh one costs nothing."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any
from uuid import uuid4

import psycopg

TEMPLATE = "migrated"


@dataclass(frozen=True)
class Database:
    """A place to measure in."""

    url: str

    def run(self, module: str, order: dict[str, str]) -> dict[str, Any]:
        """What a module prints last, as an object, when it is run with the order in this database."""
        answer = python("-m", module, json.dumps(order), database_url=self.url)
        return dict(json.loads(answer.splitlines()[-1]))


Fresh = Callable[[], AbstractContextManager[Database]]


def sqlite(directory: Path) -> Fresh:
    """Migrated files, one for each block."""
    template = migrated_file(directory)

    @contextmanager
    def fresh() -> Iterator[Database]:
        path = directory / f"{uuid4().hex}.sqlite3"
        copyfile(template, path)
        yield Database(f"sqlite:///{path}")
        for leftover in directory.glob(f"{path.name}*"):
            leftover.unlink()

    return fresh


def postgresql(server: str) -> Fresh:
    """Migrated databases of the server, one for each block."""

    @contextmanager
    def copied(template: str) -> Iterator[Database]:
        name = f"bench_{uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            yield Database(url_of(name))
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def url_of(name: str) -> str:
        return server.replace("/postgres?", f"/{name}?")

    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {TEMPLATE}")
    python("manage.py", "migrate", "-v0", database_url=url_of(TEMPLATE))
    return lambda: copied(TEMPLATE)


def migrated_file(directory: Path) -> Path:
    """A database with every table and no row, whole in one file."""
    template = directory / f"{TEMPLATE}.sqlite3"
    python("manage.py", "migrate", "-v0", database_url=f"sqlite:///{template}")
    with closing(sqlite3.connect(template)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return template


def python(*arguments: str, database_url: str) -> str:
    """What a Python process of the product prints, whose jobs wait in a queue that nobody reads."""
    chosen = {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "financehub.config.settings",
        "FINANCEHUB_SYNC_START_GAP_MS": "0",
        "CELERY_BROKER_URL": "memory://",
        "FINANCEHUB_LOG_LEVEL": "ERROR",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **chosen},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"bench: {arguments[:2]} failed:\n{done.stderr[-3000:]}")
    return done.stdout
