"""Lists as the vendor cuts them: newest first, cursors, at most a hundred."""

from stripe_sandbox.errors import InvalidRequest, NoSuchObject
from stripe_sandbox.shapes import Json, page

DEFAULT_ROWS, MOST_ROWS = 10, 100


def listed(rows: list[Json], params: Json, url: str) -> Json:
    """The asked page of `rows` (given oldest first). Raises InvalidRequest for a wrong limit or cursor."""
    limit = params.get("limit", DEFAULT_ROWS)
    if not 1 <= limit <= MOST_ROWS:
        raise InvalidRequest("Invalid limit: must be between 1 and 100", param="limit")
    newest_first = [row for row in reversed(rows) if made_within(row, params.get("created"))]
    if params.get("ending_before"):
        before = newest_first[: _position(newest_first, params["ending_before"])]
        return page(before[-limit:], url, has_more=len(before) > limit)
    start = _position(newest_first, params["starting_after"]) + 1 if params.get("starting_after") else 0
    rest = newest_first[start:]
    return page(rest[:limit], url, has_more=len(rest) > limit)


def _position(rows: list[Json], cursor: str) -> int:
    for n, row in enumerate(rows):
        if row["id"] == cursor:
            return n
    raise NoSuchObject("object", cursor, "starting_after", 400)


def made_within(row: Json, wanted: object, field: str = "created") -> bool:
    """Whether a moment field fits `123` or `{"gte": 1, "lt": 2}`; texts are fine."""
    if wanted is None:
        return True
    moment = row.get(field)
    if not isinstance(wanted, dict):
        return bool(moment == int(str(wanted)))
    tests = {"gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__}
    return isinstance(moment, int) and all(
        tests[word](moment, int(bound)) for word, bound in wanted.items() if word in tests
    )
