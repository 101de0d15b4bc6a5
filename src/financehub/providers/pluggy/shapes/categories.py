"""Categories, the client's own category rules, and merchants."""

from financehub.providers.pluggy.shapes.base import Record, Shape, Text


class Category(Record, kw_only=True):
    """`id` is a string of digits; `parent_id` null at the root."""

    id: str
    description: str
    description_translated: str | None = None
    parent_id: str | None = None
    parent_description: str | None = None


class CategoryRule(Record, kw_only=True):
    """`match_type` is exact, contains, startsWith or endsWith."""

    id: str
    description: str
    category: Text = ""
    category_id: str | None = None
    client_id: str | None = None
    transaction_type: str | None = None
    account_type: str | None = None
    match_type: str | None = None


class NewCategoryRule(Shape, kw_only=True, omit_defaults=True):
    description: str
    category_id: str
    transaction_type: str | None = None
    account_type: str | None = None
    match_type: str | None = None


class FoundMerchant(Shape, kw_only=True):
    name: str | None = None
    business_name: str | None = None
    cnpj: str | None = None
    cnae: str | None = None
    category: str | None = None


class Merchants(Record, kw_only=True):
    found_merchants: list[FoundMerchant] | None = None
    not_found_merchants: list[str] | None = None
    invalid_cnpjs: list[str] | None = None
