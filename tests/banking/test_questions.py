"""What a bank asks is read defensively."""

import base64

import pytest

from financehub.banking import questions
from financehub.banking.models import Item

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n picture").decode()


def asking(**parameter: object) -> Item:
    return Item(status="WAITING_USER_INPUT", parameter={"name": "token", **parameter})


def acting(**attributes: object) -> Item:
    action = {"type": "qr", "instructions": "Leia", "attributes": attributes}
    return Item(status="WAITING_USER_ACTION", user_action=action)


class TestQuestionOf:
    @pytest.mark.parametrize(
        ("type_", "kind"),
        [
            ("number", "number"),
            ("password", "password"),
            ("string", "text"),
            ("hcaptcha", "text"),
            (None, "text"),
        ],
    )
    def test_knows_the_field_or_falls_back_to_text(self, type_: str | None, kind: str) -> None:
        found = questions.question_of(asking(type=type_, label="Token"))

        assert found is not None
        assert (found.kind, found.label) == (kind, "Token")

    def test_draws_a_picture_with_or_without_its_prefix(self) -> None:
        for data in (PNG, f"data:image/png;base64,{PNG}"):
            found = questions.question_of(asking(type="image", data=data))
            assert found is not None
            assert found.image == f"data:image/png;base64,{PNG}"

    @pytest.mark.parametrize("data", ["<svg onload=alert(1)>", "bm90IGEgcGljdHVyZQ==", "", 5])
    def test_draws_nothing_that_is_not_a_picture(self, data: object) -> None:
        found = questions.question_of(asking(type="image", data=data))

        assert found is not None
        assert found.image == ""

    def test_is_silent_when_nothing_is_asked(self) -> None:
        assert questions.question_of(Item(status="UPDATING", parameter={"name": "token"})) is None
        assert questions.question_of(Item(status="WAITING_USER_INPUT", parameter=None)) is None


class TestErrandOf:
    def test_finds_the_picture_and_the_address_whatever_they_are_called(self) -> None:
        found = questions.errand_of(acting(whatever=PNG, redirect="https://bank.example/ok"))

        assert found == questions.Errand(
            instructions="Leia", image=f"data:image/png;base64,{PNG}", url="https://bank.example/ok"
        )

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "//evil.example", "bank", "file:///etc/passwd"]
    )
    def test_opens_web_addresses_only(self, address: str) -> None:
        found = questions.errand_of(acting(url=address))

        assert found is not None
        assert found.url == ""

    def test_is_silent_when_nothing_is_to_be_done(self) -> None:
        assert questions.errand_of(Item(status="UPDATED", user_action=None)) is None
