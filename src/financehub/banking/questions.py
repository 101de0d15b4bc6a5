"""What a bank asks of a person, read defensively: a field to fill, or something to do outside."""

import base64
import binascii
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from financehub.banking.models import Item

IMAGE_SIGNATURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
WEB_SCHEMES = {"https", "http"}


@dataclass(frozen=True)
class Option:
    """One choice of a select field."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """A field of the bank's making. `kind`: text, password, number, select or image; unknown words become text."""

    label: str
    kind: str
    hint: str = ""
    placeholder: str = ""
    image: str = ""
    options: list[Option] = field(default_factory=list)


@dataclass(frozen=True)
class Errand:
    """Something to do outside: instructions, a picture to scan, an address to open; each may be empty."""

    instructions: str
    image: str
    url: str


def question_of(item: Item) -> Question | None:
    """The field an Item waits for; None while the vendor has not said which (it may lag behind the status)."""
    parameter = item.parameter
    if not item.is_waiting_for_input or not parameter:
        return None
    kind = parameter.get("type") or "text"
    return Question(
        label=parameter.get("label") or parameter.get("name") or "",
        kind=kind if kind in {"text", "password", "number", "select", "image"} else "text",
        hint=parameter.get("assistiveText") or parameter.get("instructions") or "",
        placeholder=parameter.get("placeholder") or "",
        image=_picture(parameter.get("data")),
        options=[Option(entry["value"], entry["label"]) for entry in parameter.get("options") or []],
    )


def errand_of(item: Item) -> Errand | None:
    """What an Item waits for outside, if it does."""
    action = item.user_action
    if not item.is_waiting_for_action or not action:
        return None
    values = [value for value in (action.get("attributes") or {}).values() if isinstance(value, str)]
    return Errand(
        instructions=action.get("instructions") or "",
        image=next((picture for value in values if (picture := _picture(value))), ""),
        url=next((value for value in values if _is_web_address(value)), ""),
    )


def _picture(data: object) -> str:
    """A data address for a base64 picture, with or without its own prefix; nothing for anything else."""
    if not isinstance(data, str) or not data:
        return ""
    encoded = data.partition("base64,")[2] if data.startswith("data:image/") else data
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return ""
    kind = next((kind for start, kind in IMAGE_SIGNATURES.items() if content.startswith(start)), "")
    return f"data:image/{kind};base64,{encoded}" if kind else ""


def _is_web_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in WEB_SCHEMES and bool(parts.netloc)
