"""What keeps a call to Stripe from answering, in words that hold no body."""


class StripeCallFailed(Exception):
    """`call` is what was asked, `status` the HTTP status (0 for none), `code` Stripe's own."""

    def __init__(self, call: str, status: int, code: str) -> None:
        super().__init__(f"{call}: HTTP {status} {code}".rstrip() if status else f"{call}: {code}")
        self.call = call
        self.status = status
        self.code = code

    def __reduce__(self) -> tuple[type["StripeCallFailed"], tuple[str, int, str]]:
        """Errors cross process borders whole: a worker pickles them."""
        return type(self), (self.call, self.status, self.code)


class StripeUnavailable(StripeCallFailed):
    """No answer, 429 or 5xx: nothing is known to be wrong here, try later."""


class StripeRefused(StripeCallFailed):
    """4xx: repeating does not help."""


class StripeMissing(StripeRefused):
    """There is no such object at Stripe."""


class StripeAuthFailed(StripeRefused):
    """The key is wrong or may not do this."""


class StripeKeyReused(StripeRefused):
    """An idempotency key came back with other parameters: a mistake of ours."""


class StripeActionNeeded(StripeRefused):
    """Only the payer can go on (3-D Secure): repeating without them never helps."""


class StripeCardDeclined(StripeRefused):
    """The bank said no; `decline_code` and `advice` are its reasons, empty when it gave none."""

    def __init__(self, call: str, code: str, decline_code: str = "", advice: str = "") -> None:
        super().__init__(call, 402, code)
        self.decline_code = decline_code
        self.advice = advice

    def __reduce__(self) -> tuple[type["StripeCardDeclined"], tuple[str, str, str, str]]:  # type: ignore[override]
        return type(self), (self.call, self.code, self.decline_code, self.advice)
