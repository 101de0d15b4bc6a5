"""Raw updates in our words."""

import pytest
from tests.telegram_stand_in import StandIn

from financehub.providers.telegram.updates import Kind, Sender, Update, parse


def told(telegram: StandIn) -> Update:
    update = parse(telegram.pending[-1])
    assert update is not None
    return update


def test_words_in_a_private_chat(telegram: StandIn) -> None:
    ana = telegram.person("Ana", number=501, language="en")
    number = ana.says("/extrato mercado")
    assert told(telegram) == Update(
        id=number,
        kind=Kind.TEXT,
        chat_id=501,
        is_private=True,
        message_id=ana.screen[-1].message_id,
        text="/extrato mercado",
        sender=Sender(name="Ana", username="ana", language="en"),
    )


def test_a_group_is_no_private_chat(telegram: StandIn) -> None:
    ana = telegram.person("Ana", number=501)
    ana.group_id = -1001
    ana.says("/saldo")
    assert (told(telegram).chat_id, told(telegram).is_private) == (-1001, False)


def test_a_changed_message_a_picture_and_a_block(telegram: StandIn) -> None:
    ana = telegram.person("Ana", number=501)
    ana.says("senha")
    ana.edits(ana.screen[-1], "senha2")
    assert (told(telegram).kind, told(telegram).text) == (Kind.EDIT, "senha2")
    ana.sends_a_picture()
    assert (told(telegram).kind, told(telegram).text) == (Kind.OTHER, "")
    ana.blocks_the_bot()
    assert told(telegram).kind == Kind.BLOCKED
    ana.takes_the_bot_back()
    assert told(telegram).kind == Kind.TAKEN_BACK


def test_a_group_that_migrates() -> None:
    chat = {"id": -5, "type": "group", "title": "Casa"}
    message = {"message_id": 1, "date": 1, "chat": chat, "migrate_to_chat_id": -1005}
    update = parse({"update_id": 9, "message": message})
    assert update is not None
    assert (update.kind, update.new_chat_id) == (Kind.MIGRATED, -1005)


def test_what_was_not_asked_for_is_nothing() -> None:
    assert parse({"update_id": 9, "poll": {"id": "1"}}) is None


@pytest.mark.parametrize("raw", [{}, {"update_id": "9"}, {"update_id": True}, {"update_id": 9, "message": 3}])
def test_what_is_no_update_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not an update"):
        parse(raw)
