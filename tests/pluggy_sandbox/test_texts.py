"""The Portuguese words a bank shows."""

from tests.pluggy_sandbox.box import Box

from pluggy_sandbox import texts


def test_every_choice_has_words() -> None:
    for options in (texts.SELECT_OPTIONS, texts.PHONE_OPTIONS, texts.COMPANY_OPTIONS):
        assert len(options) == 2
        assert all(options.values())


def test_a_person_reads_them_in_the_item(box: Box) -> None:
    item = box.create(2, {"user": "user-ok-phone", "password": "password-ok"})
    box.advance(1)
    assert box.item(item["id"])["parameter"]["label"] == texts.PHONE_LABEL
