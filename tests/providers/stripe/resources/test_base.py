"""Lists come whole, page by page."""

from financehub.billing import stripe_account


def test_every_page_of_a_list_is_read(stripe_box):
    api = stripe_box.client().v1
    for number in range(103):
        api.products.create({"name": f"Produto {number}"})
    assert len(stripe_account.account().products()) == 103
