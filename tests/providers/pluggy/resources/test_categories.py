"""Categories, rules and merchants over HTTP."""

from tests.providers.pluggy.stub import Answer

from financehub.providers.pluggy.shapes.categories import NewCategoryRule

FOOD = {"id": "10000000", "description": "Groceries", "parentId": None}
RULE = {"id": "r1", "description": "MERCADO", "category": "Groceries", "categoryId": "10000000"}


class TestCategories:
    def test_are_read_as_a_list_and_one_by_one(self, stub, client):
        stub.on("GET /categories", Answer({"results": [FOOD], "total": 1}))
        stub.on("GET /categories/10000000", Answer(FOOD))
        assert client.fetch_categories("01")[0].id == "10000000"
        assert client.fetch_category("10000000").description == "Groceries"


class TestCategoryRules:
    def test_are_listed_created_and_deleted(self, stub, client):
        stub.on("GET /categories/rules", Answer({"results": [RULE]}))
        stub.on("POST /categories/rules", Answer(RULE))
        stub.on("DELETE /categories/rules/r1", Answer(status=204))
        rule = NewCategoryRule(description="MERCADO", category_id="10000000", match_type="contains")
        assert client.fetch_category_rules()[0].id == "r1"
        assert client.create_category_rule(rule).category == "Groceries"
        assert stub.calls("POST /categories/rules")[0].json() == {
            "description": "MERCADO",
            "categoryId": "10000000",
            "matchType": "contains",
        }
        client.delete_category_rule("r1")
        assert len(stub.calls("DELETE /categories/rules/r1")) == 1


class TestFetchMerchants:
    def test_tells_found_missing_and_invalid(self, stub, client):
        stub.on(
            "GET /merchants",
            Answer({"foundMerchants": [{"cnpj": "1"}], "notFoundMerchants": ["2"], "invalidCnpjs": ["x"]}),
        )
        merchants = client.fetch_merchants(["1", "2", "x"])
        assert merchants.found_merchants[0].cnpj == "1"
        assert (merchants.not_found_merchants, merchants.invalid_cnpjs) == (["2"], ["x"])
        assert stub.calls("GET /merchants")[0].query == {"cnpjs": ["1,2,x"]}
