"""Pictures that browsers can show."""

import base64
import struct

import pytest

from pluggy_sandbox.images import digits_image, qr_image


@pytest.mark.parametrize("picture", [digits_image("123456"), qr_image("x")])
def test_a_picture_is_a_png(picture: str) -> None:
    raw = base64.b64decode(picture)
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    assert raw.endswith(b"IEND\xaeB`\x82")


def test_a_code_is_a_square() -> None:
    width, height = struct.unpack(">II", base64.b64decode(qr_image("x"))[16:24])
    assert width == height == 29 * 6


def test_different_contents_look_different() -> None:
    assert qr_image("a") != qr_image("b")
    assert digits_image("12") != digits_image("21")
