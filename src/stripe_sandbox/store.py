"""Everything one simulated Stripe account remembers: objects by kind, and private notes about them."""

from collections.abc import Iterator

from stripe_sandbox.errors import NoSuchObject
from stripe_sandbox.shapes import Json

SPOKEN = {
    "payment_method": "PaymentMethod",
    "checkout.session": "checkout.session",
    "billing_portal.configuration": "configuration",
    "test_helpers.test_clock": "test clock",
    "promotion_code": "promotion code",
}


class Store:
    """Tables of documents, in the order they were made."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, Json]] = {}
        self._notes: dict[str, Json] = {}

    def add(self, document: Json) -> Json:
        self._tables.setdefault(document["object"], {})[document["id"]] = document
        return document

    def find(self, kind: str, object_id: str | None) -> Json | None:
        return self._tables.get(kind, {}).get(object_id or "")

    def get(self, kind: str, object_id: object, param: str | None = None) -> Json:
        """The object; raises NoSuchObject: 404 for one named in the path, 400 for one in `param`."""
        found = self.find(kind, str(object_id))
        if found is None:
            raise NoSuchObject(
                SPOKEN.get(kind, kind), str(object_id), param, 400 if param is not None else 404
            )
        return found

    def anything(self, object_id: str) -> Json | None:
        """The object with that id, of whatever kind."""
        return next((table[object_id] for table in self._tables.values() if object_id in table), None)

    def rows(self, kind: str, **equal: object) -> list[Json]:
        """Objects of a kind whose fields equal what is asked, oldest first."""
        return [
            row
            for row in self._tables.get(kind, {}).values()
            if all(row.get(key) == value for key, value in equal.items())
        ]

    def remove(self, kind: str, object_id: str) -> None:
        self._tables.get(kind, {}).pop(object_id, None)

    def note(self, object_id: str) -> Json:
        """What only the simulator knows about an object: a card's number, a page's secret."""
        return self._notes.setdefault(object_id, {})

    def notes(self) -> dict[str, Json]:
        """All private notes by object id."""
        return self._notes

    def everything(self) -> Iterator[Json]:
        for table in self._tables.values():
            yield from table.values()

    def counts(self) -> dict[str, int]:
        return {kind: len(table) for kind, table in self._tables.items() if table}
