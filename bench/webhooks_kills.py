"""SIGKILL of web and database right after an answer: what was accepted must still be there."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from bench.webhooks_client import answer, request
from bench.webhooks_servers import PRODUCT, SECRET, Server, running

KILLS, POSTS = 5, 20


def kill_after_answers(
    environment: dict[str, str], stored: Callable[[list[str]], int], database: "Postmaster | None" = None
) -> dict[str, int]:
    """SIGKILL web and database the moment an answer was read; how many accepted events are gone afterwards."""
    accepted: list[str] = []
    for _ in range(KILLS):
        with running(PRODUCT, environment) as server:
            accepted += asyncio.run(_post_until_killed(server, database))
        if database:
            database.start_again()
    return {"kills": KILLS, "accepted": len(accepted), "lost": len(accepted) - stored(accepted)}


class Postmaster:
    """The PostgreSQL of the block, to be killed and started again on the same files."""

    def __init__(self, url: str) -> None:
        self._data, self._url = Path(url.partition("host=")[2]), url
        self._again: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        pid = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        place = Path(f"/proc/{pid}")
        self._again = None
        self._command = place.joinpath("cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        self._user = place.stat().st_uid
        os.killpg(os.getpgid(pid), signal.SIGKILL)
        os.waitpid(pid, 0)  # a zombie would still hold the lock file

    def start_again(self) -> None:
        deadline = time.monotonic() + 60
        while not self._answers():
            if self._again is None or self._again.poll() is not None:  # its children still hold the files
                self._again = self._start()
            if time.monotonic() > deadline:
                raise SystemExit("bench: PostgreSQL does not start again")
            time.sleep(0.2)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self._command,
            user=self._user if os.geteuid() == 0 else None,
            cwd=self._data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._url).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        if self._again:
            self._again.send_signal(signal.SIGINT)
            self._again.wait(timeout=20)


async def _post_until_killed(server: Server, database: "Postmaster | None") -> list[str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    taken = []
    for _ in range(POSTS):
        key, raw = request(SECRET)
        writer.write(raw)
        if await answer(reader) == 202:
            taken.append(key)
    if database:
        database.kill()
    server.kill()
    writer.close()
    return taken
