"""Without a key nothing is sold, so nothing can differ."""

from financehub.webhooks.handlers import stripe_catalogue


def test_is_quiet_without_a_key(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert stripe_catalogue.catalogue_changed([]) == stripe_catalogue.OFF
