"""Pluggy's category tree, our rules in it, and merchants by CNPJ."""

from collections.abc import Sequence

from financehub.providers.pluggy.calls import Call, Repeat
from financehub.providers.pluggy.paging import Endpoints
from financehub.providers.pluggy.shapes.categories import (
    Category,
    CategoryRule,
    Merchants,
    NewCategoryRule,
)


class CategoryEndpoints(Endpoints):
    def fetch_categories(self, parent_id: str | None = None) -> list[Category]:
        return self._fetch_list(Call("GET", "/categories", query={"parentId": parent_id}), Category)

    def fetch_category(self, category_id: str) -> Category:
        return self._fetch(Call("GET", "/categories/{id}", {"id": category_id}), Category)

    def fetch_category_rules(self) -> list[CategoryRule]:
        return self._fetch_list(Call("GET", "/categories/rules"), CategoryRule)

    def create_category_rule(self, rule: NewCategoryRule) -> CategoryRule:
        call = Call("POST", "/categories/rules", body=rule, repeat=Repeat.IF_REFUSED)
        return self._fetch(call, CategoryRule)

    def delete_category_rule(self, rule_id: str) -> None:
        self._exchange.send(Call("DELETE", "/categories/rules/{id}", {"id": rule_id}))

    def fetch_merchants(self, cnpjs: Sequence[str]) -> Merchants:
        return self._fetch(Call("GET", "/merchants", query={"cnpjs": cnpjs}), Merchants)
