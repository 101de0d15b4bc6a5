"""Coroutines from plain code."""

import asyncio
import threading

import pytest

from financehub.providers.telegram.edge import Loop


async def where() -> str:
    await asyncio.sleep(0)
    return threading.current_thread().name


async def broken() -> None:
    raise ZeroDivisionError


def test_calls_run_in_one_thread_and_raise_here() -> None:
    loop = Loop()
    assert loop.run(where()) == "telegram"
    with pytest.raises(ZeroDivisionError):
        loop.run(broken())
    loop.stop()


def test_no_thread_before_the_first_call_and_a_fresh_one_after_the_end() -> None:
    before = threading.active_count()
    loop = Loop()
    assert threading.active_count() == before
    loop.run(where())
    loop.stop()
    assert loop.run(where()) == "telegram"
    loop.stop()
