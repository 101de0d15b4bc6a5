"""The real programs: `financehub up` with a bot's token starts the bot, which answers, and stops with the others."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.runtime.test_up import Up
from tests.telegram_stand_in import TOKEN, running


def wait_until(holds: Callable[[], bool], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.slow
def test_the_bot_is_one_more_child_that_comes_back_when_it_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as telegram:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("TELEGRAM_API_BASE", telegram.url)
        up = Up(tmp_path)
        try:
            up.wait_for("Ctrl-C stops it", 300)
            ana = telegram.person("Ana", number=501)
            ana.says("/saldo")
            wait_until(lambda: bool(ana.heard))
            assert "não está vinculado" in ana.last.text
            os.kill(up.child_pid("hub-bot"), signal.SIGKILL)
            ana.says("/ajuda")
            wait_until(lambda: len(ana.heard) == 2)
        finally:
            assert up.stop() == 0
        assert TOKEN not in up.said
        assert "Traceback" not in up.said
