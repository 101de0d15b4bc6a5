"""Writes what Stripe in a box knows of the vendor's shapes: `python -m tests.contract.stripe_spec`.

After an upgrade of `stripe` the contract tests say which shapes moved; run this, read the difference, commit.
"""

import json

from tests.contract.stripe_requests import endpoints
from tests.contract.stripe_sdk import ROOT_OF_SPEC, findings, skeleton

OBJECTS = [
    "account",
    "balance",
    "balance_transaction",
    "billing_portal.configuration",
    "billing_portal.session",
    "charge",
    "checkout.session",
    "coupon",
    "credit_note",
    "credit_note_line_item",
    "customer",
    "discount",
    "dispute",
    "entitlements.active_entitlement",
    "entitlements.active_entitlement_summary",
    "entitlements.feature",
    "event",
    "file",
    "invoice",
    "invoice_payment",
    "invoiceitem",
    "item",
    "line_item",
    "mandate",
    "payment_intent",
    "payment_method",
    "plan",
    "price",
    "product",
    "product_feature",
    "promotion_code",
    "radar.early_fraud_warning",
    "refund",
    "review",
    "setup_intent",
    "subscription",
    "subscription_item",
    "subscription_schedule",
    "tax_id",
    "test_helpers.test_clock",
    "webhook_endpoint",
]
ROOMS = [
    "/v1/account",
    "/v1/balance",
    "/v1/balance_transactions",
    "/v1/billing_portal/configurations",
    "/v1/billing_portal/sessions",
    "/v1/charges",
    "/v1/checkout/sessions",
    "/v1/coupons",
    "/v1/credit_notes",
    "/v1/customers",
    "/v1/disputes",
    "/v1/entitlements/active_entitlements",
    "/v1/entitlements/features",
    "/v1/events",
    "/v1/files",
    "/v1/invoice_payments",
    "/v1/invoiceitems",
    "/v1/invoices",
    "/v1/payment_intents",
    "/v1/payment_methods",
    "/v1/prices",
    "/v1/products",
    "/v1/promotion_codes",
    "/v1/radar/early_fraud_warnings",
    "/v1/refunds",
    "/v1/reviews",
    "/v1/setup_intents",
    "/v1/subscription_items",
    "/v1/subscription_schedules",
    "/v1/subscriptions",
    "/v1/test_helpers/test_clocks",
    "/v1/webhook_endpoints",
]
EXPANDED_ONLY = {
    "invoice": {"payments", "confirmation_secret"},
    "charge": {"refunds"},
    "checkout.session": {"line_items"},
    "price": {"tiers", "currency_options"},
    "customer": {"sources", "subscriptions", "tax_ids", "cash_balance", "tax", "invoice_credit_balance"},
}


def shapes() -> dict[str, dict]:
    made = {name: skeleton(name) for name in OBJECTS}
    for name, keys in EXPANDED_ONLY.items():
        made[name] = {key: value for key, value in made[name].items() if key not in keys}
    assert not [text for shape in made.values() if shape["object"] != "event" for text in findings(shape)]
    return made


def requests() -> dict[str, dict]:
    return {
        f"{verb} {path}": schema
        for verb, path, schema in sorted(endpoints(), key=lambda one: (one[1], one[0]))
        if any(path == room or path.startswith(f"{room}/") for room in ROOMS)
    }


def rendered(table: dict[str, dict]) -> str:
    lines = [
        f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in table.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def files() -> dict[str, str]:
    return {"shapes.json": rendered(shapes()), "requests.json": rendered(requests())}


if __name__ == "__main__":
    for name, text in files().items():
        (ROOT_OF_SPEC / name).write_text(text)
