"""Open Finance limits by API."""

from tests.banking.quotas.items import execution, open_finance, this_month
from tests.builders import make_item

from financehub.banking.quotas import spending


class TestQuotas:
    def test_show_what_is_used_and_left_this_month(self, program, bakery):
        item = execution(open_finance(company=bakery), this_month(1))
        spending.count_execution(item)
        results = program.get(f"/api/banking/items/{item.pk}/quotas/").json()["results"]
        line = next(result for result in results if result["name"] == "accounts_balance")
        assert (line["used"], line["left"], line["perMonth"], line["endsOn"]) == (1, 419, 420, None)
        assert line["returnsOn"].endswith("-01")

    def test_are_none_outside_open_finance(self, program, bakery):
        answer = program.get(f"/api/banking/items/{make_item(company=bakery).pk}/quotas/")
        assert answer.json() == {"results": []}
