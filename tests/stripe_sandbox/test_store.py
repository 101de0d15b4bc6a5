import pytest

from stripe_sandbox.errors import NoSuchObject
from stripe_sandbox.store import Store


def full() -> Store:
    store = Store()
    for number, active in ((1, True), (2, False), (3, True)):
        store.add({"object": "price", "id": f"price_{number}", "active": active})
    return store


def test_rows_are_filtered_and_in_the_order_they_were_made() -> None:
    assert [row["id"] for row in full().rows("price", active=True)] == ["price_1", "price_3"]
    assert full().rows("nothing") == []


def test_a_missing_object_is_404_in_a_path_and_400_in_a_parameter() -> None:
    with pytest.raises(NoSuchObject, match="No such price: 'price_9'") as in_path:
        full().get("price", "price_9")
    with pytest.raises(NoSuchObject) as in_parameter:
        full().get("price", "price_9", "items[0][price]")
    assert (in_path.value.status, in_parameter.value.status) == (404, 400)
    assert in_parameter.value.param == "items[0][price]"


def test_anything_is_found_by_its_id_until_removed() -> None:
    store = full()
    assert store.anything("price_2") == {"object": "price", "id": "price_2", "active": False}
    store.remove("price", "price_2")
    assert store.anything("price_2") is None
    assert store.counts() == {"price": 2}
    assert len(list(store.everything())) == 2


def test_notes_are_kept_by_object() -> None:
    store = full()
    store.note("price_1")["secret"] = "x"
    assert store.note("price_1") == {"secret": "x"}
    assert store.note("price_2") == {}
