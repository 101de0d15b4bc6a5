"""Pictures for MFA, drawn without any library: digits to read and a square that looks like a QR code."""

import base64
import random
import struct
import zlib

_GLYPHS = {
    "1": ("010", "110", "010", "010", "111"),
    "2": ("111", "001", "111", "100", "111"),
    "3": ("111", "001", "111", "001", "111"),
    "4": ("101", "101", "111", "001", "001"),
    "5": ("111", "100", "111", "001", "111"),
    "6": ("111", "100", "111", "101", "111"),
}
_QR_SIZE, _FINDER = 25, 7

Bitmap = list[list[bool]]  # rows of ink


def digits_image(digits: str) -> str:
    """Base64 of a PNG that shows `digits` (1 to 6), as a bank's picture captcha would."""
    rows: Bitmap = [[False] * (len(digits) * 4 + 1) for _ in range(7)]
    for index, digit in enumerate(digits):
        for y, line in enumerate(_GLYPHS[digit]):
            for x, ink in enumerate(line):
                rows[y + 1][index * 4 + x + 1] = ink == "1"
    return _png(rows, scale=8)


def qr_image(content: str) -> str:
    """Base64 of a PNG with the look of a QR code for `content`; no reader will decode it."""
    dice = random.Random(content)
    rows: Bitmap = [[dice.random() < 0.5 for _ in range(_QR_SIZE)] for _ in range(_QR_SIZE)]
    far = _QR_SIZE - _FINDER
    for top, left in ((0, 0), (0, far), (far, 0)):
        _draw_finder(rows, top, left)
    return _png([[False] * (_QR_SIZE + 4)] * 2 + [[False, False, *row, False, False] for row in rows]
                + [[False] * (_QR_SIZE + 4)] * 2, scale=6)  # fmt: skip


def _draw_finder(rows: Bitmap, top: int, left: int) -> None:
    for y in range(_FINDER):
        for x in range(_FINDER):
            ring = min(x, y, _FINDER - 1 - x, _FINDER - 1 - y)
            rows[top + y][left + x] = ring != 1


def _png(rows: Bitmap, *, scale: int) -> str:
    """An 8-bit grey PNG of the bitmap, each cell `scale` pixels wide."""
    lines = []
    for row in rows:
        pixels = b"".join((b"\x00" if ink else b"\xff") * scale for ink in row)
        lines += [b"\x00" + pixels] * scale
    header = struct.pack(">IIBBBBB", len(rows[0]) * scale, len(rows) * scale, 8, 0, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(lines))) + _chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
