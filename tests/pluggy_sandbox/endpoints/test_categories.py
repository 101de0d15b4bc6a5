"""The tree of categories and the application's rules."""

from tests.pluggy_sandbox.box import Box

UNKNOWN = "11111111-1111-4111-8111-111111111111"


def test_the_tree_has_130_entries_and_children_by_parent(box: Box) -> None:
    assert box.get("/categories").json()["total"] == 130
    children = box.get("/categories", parentId="01000000").json()["results"]
    assert "01010000" in [row["id"] for row in children]
    assert {row["parentId"] for row in children} == {"01000000"}


def test_a_category_is_read_alone(box: Box) -> None:
    assert box.get("/categories/01010000").json()["description"] == "Salary"
    assert box.get("/categories/1").json()["codeDescription"] == "CATEGORY_NOT_FOUND"


def test_a_rule_lives_until_it_is_deleted(box: Box) -> None:
    rule = box.post("/categories/rules", {"description": "Padaria", "categoryId": "10000000"}).json()
    assert (rule["matchType"], rule["category"]) == ("exact", "Groceries")
    assert box.get("/categories/rules").json()["results"] == [rule]
    assert box.delete(f"/categories/rules/{rule['id']}").status_code == 204
    assert (
        box.delete(f"/categories/rules/{rule['id']}").json()["codeDescription"] == "CATEGORY_RULE_NOT_FOUND"
    )


def test_a_wrong_rule_is_refused(box: Box) -> None:
    assert box.post("/categories/rules", {"description": "x"}).status_code == 400
    unknown = box.post("/categories/rules", {"description": "x", "categoryId": "1"})
    assert unknown.json()["codeDescription"] == "CATEGORY_NOT_FOUND"
    wrong = {"description": "x", "categoryId": "10000000", "matchType": "regex"}
    assert box.post("/categories/rules", wrong).status_code == 400
