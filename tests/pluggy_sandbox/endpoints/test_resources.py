"""Open Finance resources and SCR."""

from tests.pluggy_sandbox.box import Box


def test_resources_list_what_open_finance_shares(box: Box) -> None:
    item = box.consented(601)
    rows = box.get(f"/items/{item['id']}/resources").json()["results"]
    accounts = {row["id"] for row in box.accounts(item["id"])}
    assert accounts <= {row["resourceId"] for row in rows}
    assert {row["status"] for row in rows} == {"AVAILABLE"}
    assert box.get(f"/items/{item['id']}/resources", status="UNAVAILABLE").json()["total"] == 0


def test_direct_items_have_an_empty_page(box: Box) -> None:
    item = box.connected()
    assert box.get(f"/items/{item['id']}/resources").json()["results"] == []


def test_scr_is_a_feature_to_be_switched_on(box: Box) -> None:
    item = box.consented(600)
    assert box.get(f"/items/{item['id']}/scr").status_code == 403


def test_scr_defaults_to_four_base_dates_ending_two_months_back(box: Box) -> None:
    box.switch(scr=True)
    item = box.consented(600)
    report = box.get(f"/items/{item['id']}/scr").json()
    assert [row["dtb"] for row in report["lsDtb"]] == [202606, 202607, 202608, 202609]
    assert (report["cdCli"], report["tpCli"]) == ("76109277673", "1")
    assert box.get(f"/items/{item['id']}/scr").json() == report


def test_scr_refuses_a_window_that_is_too_long_or_turned_round(box: Box) -> None:
    box.switch(scr=True)
    item = box.consented(600)
    path = f"/items/{item['id']}/scr"
    spans = [("202001", "202609"), ("202609", "202601"), ("2026", "202609")]
    for start, end in spans:
        refused = box.get(path, **{"from": start, "to": end})
        assert (refused.status_code, refused.json()["codeDescription"]) == (400, "SCR_INVALID_REQUEST")


def test_scr_is_for_open_finance_items_only(box: Box) -> None:
    box.switch(scr=True)
    item = box.connected()
    assert box.get(f"/items/{item['id']}/scr").json()["codeDescription"] == "SCR_INVALID_REQUEST"
