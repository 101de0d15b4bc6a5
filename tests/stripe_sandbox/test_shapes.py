from stripe_sandbox.shapes import blank, kinds, page, part, rendered


def test_a_blank_object_is_new_each_time_and_has_every_field() -> None:
    one, other = blank("subscription"), blank("subscription")
    one["metadata"]["a"] = "b"
    assert other["metadata"] == {}
    assert "current_period_end" not in one
    assert {"items", "latest_invoice", "status"} <= set(one)


def test_lists_inside_an_object_are_cut_after_ten_rows() -> None:
    invoice = {"lines": page([{"n": n} for n in range(12)], "/v1/x")}
    shown = rendered(invoice)["lines"]
    assert (len(shown["data"]), shown["has_more"]) == (10, True)
    assert len(invoice["lines"]["data"]) == 12


def test_kinds_and_parts() -> None:
    assert {"invoice", "checkout.session", "dispute"} <= kinds()
    assert part(None) == {}
    assert part({"a": 1}) == {"a": 1}
