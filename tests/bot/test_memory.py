"""What a conversation remembers, and for how long it stays confidential."""

from datetime import UTC, datetime, timedelta

import msgspec

from financehub.bot.memory import MOST_VIEWS, Memory, View, read

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
LATER = AT + timedelta(minutes=10)


def test_a_step_waits_until_its_time() -> None:
    memory = Memory().waiting("busca", until=LATER, text="x")
    assert (memory.step_at(AT), memory.facts) == ("busca", {"text": "x"})
    assert memory.step_at(LATER) == ""
    assert not memory.is_confidential(AT)


def test_what_was_abandoned_stays_confidential_and_what_was_answered_does_not() -> None:
    memory = Memory().waiting("senha", until=LATER, confidential_until=LATER)
    assert memory.abandoned().is_confidential(AT)
    assert memory.abandoned().step_at(AT) == ""
    assert not memory.idle().is_confidential(AT)


def test_another_question_does_not_shorten_confidence() -> None:
    memory = Memory().waiting("senha", until=LATER, confidential_until=LATER)
    assert memory.waiting("busca", until=AT).is_confidential(AT)
    shorter = memory.waiting("codigo", until=AT, confidential_until=AT)
    assert shorter.confidential_until == LATER


def test_only_the_newest_lists_are_kept() -> None:
    memory = Memory()
    for number in range(MOST_VIEWS + 5):
        memory = memory.with_view(str(number), View(text=str(number)))
    assert list(memory.views) == [str(number) for number in range(5, MOST_VIEWS + 5)]


def test_it_is_read_as_it_was_stored() -> None:
    memory = Memory().waiting("x", until=LATER, item="1").with_view("a", View(cursors=["", "c"]))
    assert read(msgspec.to_builtins(memory)) == memory
    assert read(None) == Memory()
    assert read({"step": 3}) == Memory()
