"""Idempotency keys: the first answer to a key is the answer to it for a day."""

from hashlib import sha256

import msgspec

from stripe_sandbox.errors import InvalidRequest, KeyReused
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

KEPT_SECONDS, LONGEST_KEY = 86_400, 255
NEVER_KEPT = ("resource_missing", "parameter_unknown", "parameter_missing", "parameter_invalid_integer")


def fingerprint(method: str, path: str, params: Json) -> str:
    """What a key may be used for again."""
    readable = msgspec.json.encode([method, path, {key: str(value) for key, value in params.items()}])
    return sha256(readable).hexdigest()


def saved_answer(world: World, key: str, print_of_request: str) -> Json | None:
    """{"status", "body"} given before for this key. Raises KeyReused for other parameters."""
    if len(key) > LONGEST_KEY:
        raise InvalidRequest(f"Idempotency keys can have at most {LONGEST_KEY} characters.")
    saved = world.answers.get(key)
    if saved is None or saved["at"] + KEPT_SECONDS <= world.now():
        return None
    if saved["print"] != print_of_request:
        raise KeyReused(key)
    return saved


def save_answer(world: World, key: str, print_of_request: str, status: int, body: Json) -> None:
    """Keep an answer, unless the request was wrong before anything was done."""
    if body.get("error", {}).get("code") in NEVER_KEPT:
        return
    world.answers[key] = {"at": world.now(), "print": print_of_request, "status": status, "body": body}
