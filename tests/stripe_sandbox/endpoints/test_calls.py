from tests.stripe_sandbox.box import Box

from stripe_sandbox.endpoints.calls import Call, deleted, lists, merged_metadata, reads, updates


def test_an_object_is_read_listed_and_changed_by_its_kind(box: Box) -> None:
    box.post("/coupons", id="DEZ", percent_off=10)
    call = Call(box.world, {"name": "Dez", "metadata": {"a": "1"}}, ("DEZ",), "/v1/coupons/DEZ")
    assert reads("coupon")(call)["percent_off"] == 10.0
    assert updates("coupon", "coupon.updated", "name")(call)["name"] == "Dez"
    assert box.types()[-1] == "coupon.updated"
    listed = lists("coupon", "valid")(Call(box.world, {"valid": False}, (), "/v1/coupons"))
    assert listed["data"] == []


def test_filters_that_were_not_given_are_left_out(box: Box) -> None:
    call = Call(box.world, {"customer": None, "status": "open"})
    assert call.wanted("customer", "status", "type") == {"status": "open"}


def test_metadata_is_merged_emptied_or_left_alone() -> None:
    document = {"metadata": {"a": "1", "b": "2"}}
    assert merged_metadata(document, {}) == {}
    assert merged_metadata(document, {"metadata": None}) == {"metadata": {}}
    assert merged_metadata(document, {"metadata": {"a": "", "c": "3"}}) == {"metadata": {"b": "2", "c": "3"}}


def test_a_deleted_object_is_three_fields() -> None:
    assert deleted({"id": "x", "object": "coupon", "name": "y"}) == {
        "id": "x",
        "object": "coupon",
        "deleted": True,
    }
