"""Customers and the pages that Stripe hosts."""

from financehub.billing import stripe_account


def test_a_deleted_customer_says_so(stripe_box):
    account = stripe_account.account()
    made = account.create_customer({"email": "a@example.com"}, key="a")
    assert account.customer(made.id).deleted is False
    stripe_box.client().v1.customers.delete(made.id)
    assert account.customer(made.id).deleted is True


def test_a_card_shows_its_last_digits(stripe_box):
    account = stripe_account.account()
    made = account.create_customer({"email": "a@example.com"}, key="a")
    method = stripe_box.client().v1.payment_methods.attach("pm_card_visa", {"customer": made.id})
    found = account.payment_method(method.id)
    assert (found.customer, found.card.brand, found.card.last4) == (made.id, "visa", "4242")
