"""N copies of some rows, never held: their ids are counted, their bodies are spliced from one base row."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from pluggy_sandbox.portfolio.ledger import LAST, Key, Row, earliest, latest

# The last 12 hex digits of an id are the copy's number; the first 24 characters are the base row's own.
# A base row's id therefore ends in twelve zeros.
HEAD = len("xxxxxxxx-xxxx-4xxx-8xxx-")
_ID = len('{"id":"')
_DESCRIPTION = len('","description":"')


class Piece(NamedTuple):
    """A base row cut where its copies differ: after the id's head, and at the end of its description."""

    date: str
    head: str
    created: str
    bill_id: str | None
    before: bytes
    between: bytes
    after: bytes

    def body(self, copy: int) -> bytes:
        """The JSON of one copy; copy 0 is the base row itself."""
        mark = b" #%d" % (copy + 1) if copy else b""
        return b"%s%012x%s%s%s" % (self.before, copy, self.between, mark, self.after)

    def row(self, copy: int) -> Row:
        """One copy with its index fields."""
        return Row(self.date, f"{self.head}{copy:012x}", self.created, self.body(copy), self.bill_id)


def cut(row: Row) -> Piece:
    """The piece of a base row."""
    start, end = _ID + HEAD, _ID + 36
    quote = end + _DESCRIPTION
    while row.body[quote : quote + 1] != b'"' or row.body[quote - 1 : quote] == b"\\":
        quote += 1
    parts = row.body[:start], row.body[end:quote], row.body[quote:]
    return Piece(row.date, row.id[:HEAD], row.created, row.bill_id, *parts)


def copy_number(transaction_id: str) -> int | None:
    """Which copy an id names; None when it is no id of ours."""
    try:
        return int(transaction_id[HEAD:], 16)
    except ValueError:
        return None


class Copies:
    """Every copy in ascending key order by position: copy `r` of piece `i` stands at `i * copies + r`."""

    def __init__(self, pieces: Iterable[Piece], copies: int) -> None:
        self.copies = copies
        self._pieces = sorted(pieces)
        self._keys = [(piece.date, piece.head) for piece in self._pieces]
        self._place = {piece.head: place for place, piece in enumerate(self._pieces)}

    def __len__(self) -> int:
        return len(self._pieces) * self.copies

    def firsts(self) -> Iterator[Row]:
        """The first copy of each piece, oldest first."""
        return (piece.row(0) for piece in self._pieces)

    def with_piece(self, piece: Piece) -> "Copies":
        """The same copies with one piece new or in place of the one with its head."""
        kept = [other for other in self._pieces if other.head != piece.head]
        return Copies([*kept, piece], self.copies)

    def without_piece(self, head: str) -> "Copies":
        """The same copies without those of one piece."""
        return Copies([other for other in self._pieces if other.head != head], self.copies)

    def only(self, created_from: str | None, bill_id: str | None) -> "Copies":
        """The copies created since an instant, or on a bill; itself when that leaves out nothing."""
        if created_from is None and bill_id is None:
            return self
        since = earliest(created_from) if created_from else ""
        kept = [
            piece for piece in self._pieces if piece.created >= since and bill_id in {None, piece.bill_id}
        ]
        return self if len(kept) == len(self._pieces) else Copies(kept, self.copies)

    def span(self, date_from: str | None, date_to: str | None) -> tuple[int, int]:
        """The positions that days (or instants) include: from the first, below the second."""
        low = bisect_left(self._keys, (earliest(date_from), "")) if date_from else 0
        high = bisect_right(self._keys, (latest(date_to), LAST)) if date_to else len(self._keys)
        return low * self.copies, max(low, high) * self.copies

    def position(self, key: Key) -> int:
        """How many copies sort before that key."""
        date, name = key
        place = bisect_left(self._keys, (date, name[:HEAD]))
        copy = copy_number(name)
        is_ours = place < len(self._keys) and self._keys[place] == (date, name[:HEAD])
        return place * self.copies + (min(copy, self.copies) if is_ours and copy is not None else 0)

    def key(self, position: int) -> Key:
        """The key of the copy at a position."""
        place, copy = divmod(position, self.copies)
        date, head = self._keys[place]
        return date, f"{head}{copy:012x}"

    def find(self, transaction_id: str) -> Row | None:
        """The copy with that id."""
        place, copy = self._place.get(transaction_id[:HEAD]), copy_number(transaction_id)
        if place is None or copy is None or not 0 <= copy < self.copies:
            return None
        return self._pieces[place].row(copy)

    def bodies(self, low: int, high: int) -> list[bytes]:
        """The JSON of the copies from just below `high` down to `low`."""
        made: list[bytes] = []
        while high > low:
            place, last = divmod(high - 1, self.copies)
            first = max(0, last - (high - 1 - low))
            _, _, _, _, before, between, after = self._pieces[place]
            numbered = range(last, max(first, 1) - 1, -1)
            made += [b"%s%012x%s #%d%s" % (before, n, between, n + 1, after) for n in numbered]
            if first == 0:
                made.append(self._pieces[place].body(0))
            high -= last - first + 1
        return made

    def items(self, low: int, high: int, gone: Collection[str]) -> Iterator[tuple[Key, bytes]]:
        """The same with keys, without the ids in `gone`, one by one."""
        for position in range(high - 1, low - 1, -1):
            key = self.key(position)
            if key[1] not in gone:
                yield key, self._pieces[position // self.copies].body(position % self.copies)
