"""Descriptions made comparable: small letters without accents, numbers or marks."""

import re
import unicodedata

NOT_LETTERS = re.compile(r"[^a-z]+")


def plain(text: str) -> str:
    """`PIX Recebido 12/03 - MARIA` and `pix recebido maria` are the same words."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return NOT_LETTERS.sub(" ", bare.encode("ascii", "ignore").decode()).strip()
