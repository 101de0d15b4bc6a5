"""What keeps a call to Stripe from answering, in words that hold no body."""


class StripeCallFailed(Exception):
    """`call` is what was asked, `status` the HTTP status (0 for none), `code` Stripe's own."""

    def __init__(self, call: str, status: int, code: str) -> None:
        super().__init__(f"{call}: HTTP {status} {code}".rstrip() if status else f"{call}: {code}")
        self.status = status
        self.code = code


class StripeUnavailable(StripeCallFailed):
    """No answer, 429 or 5xx: nothing is known to be wrong here, try later."""


class StripeRefused(StripeCallFailed):
    """4xx: repeating does not help."""
