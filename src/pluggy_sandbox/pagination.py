"""Pluggy's two ways to page: the v1 envelope and the v2 keyset cursor."""

import base64
import binascii
import re
from urllib.parse import urlencode

import msgspec

from pluggy_sandbox.errors import InvalidCursor
from pluggy_sandbox.ids import is_uuid
from pluggy_sandbox.shapes import Json

MAX_PAGE_SIZE = 500
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z")

Key = tuple[str, str]  # (date, id) of the last row of a page


def total_pages(total: int, page_size: int) -> int:
    return -(-total // page_size)


def envelope(results: list[Json], total: int, page: int = 1, page_size: int = MAX_PAGE_SIZE) -> Json:
    """One v1 page around results that are already cut."""
    return {"page": page, "total": total, "totalPages": total_pages(total, page_size), "results": results}


def single_page(results: list[Json]) -> Json:
    """The v1 envelope of lists that are never cut: one page holds everything."""
    return {"page": 1, "total": len(results), "totalPages": 1 if results else 0, "results": results}


def cut(rows: list[Json], page: int, page_size: int) -> Json:
    start = (page - 1) * page_size
    return envelope(rows[start : start + page_size], len(rows), page, page_size)


def encoded_page(rows: list[bytes], total: int, page: int, page_size: int) -> bytes:
    """A v1 page around rows that are JSON already; nothing is encoded twice."""
    head = {"page": page, "total": total, "totalPages": total_pages(total, page_size)}
    return msgspec.json.encode(head)[:-1] + b',"results":[' + b",".join(rows) + b"]}"


def encoded_cursor_page(rows: list[bytes], following: str | None) -> bytes:
    return b'{"results":[' + b",".join(rows) + b'],"next":' + msgspec.json.encode(following) + b"}"


def encode_cursor(key: Key) -> str:
    return base64.b64encode("|".join(key).encode()).decode()


def decode_cursor(text: str) -> Key:
    """The key inside an opaque cursor; raises InvalidCursor on anything else."""
    try:
        date, row_id = base64.b64decode(text, validate=True).decode().split("|")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise InvalidCursor from None
    if not (_DATE.fullmatch(date) and is_uuid(row_id)):
        raise InvalidCursor
    return date, row_id


def next_link(filters: dict[str, str], key: Key | None, prefix: str = "") -> str | None:
    """`?accountId=...&after=...`; `prefix` turns it into an absolute URL."""
    if key is None:
        return None
    return f"{prefix}?{urlencode({**filters, 'after': encode_cursor(key)})}"
