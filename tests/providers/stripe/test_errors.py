"""An error names the call, the status and the code, never a body."""

from financehub.providers.stripe.errors import StripeRefused, StripeUnavailable


def test_says_what_happened():
    assert str(StripeRefused("GET /v1/x", 404, "resource_missing")) == "GET /v1/x: HTTP 404 resource_missing"
    assert str(StripeUnavailable("GET /v1/x", 0, "APIConnectionError")) == "GET /v1/x: APIConnectionError"
