"""The test cards: what each number does when it is saved, charged, and afterwards."""

from dataclasses import dataclass

from stripe_sandbox.errors import InvalidRequest

APPROVE, AUTHENTICATE, VOUCHER = "approve", "authentication_required", "voucher"


@dataclass(frozen=True)
class Decline:
    """How the bank says no. Advice is null, try_again_later, do_not_try_again or confirm_card_data."""

    code: str
    decline_code: str | None
    message: str
    advice: str | None = None


_DECLINED = "Your card was declined."
DECLINES = {
    "generic_decline": Decline("card_declined", "generic_decline", _DECLINED, "try_again_later"),
    "insufficient_funds": Decline(
        "card_declined", "insufficient_funds", "Your card has insufficient funds.", "try_again_later"
    ),
    "do_not_honor": Decline("card_declined", "do_not_honor", _DECLINED, "try_again_later"),
    "lost_card": Decline("card_declined", "lost_card", _DECLINED, "do_not_try_again"),
    "stolen_card": Decline("card_declined", "stolen_card", _DECLINED, "do_not_try_again"),
    "fraudulent": Decline("card_declined", "fraudulent", _DECLINED, "do_not_try_again"),
    "expired_card": Decline("expired_card", None, "Your card has expired.", "do_not_try_again"),
    "incorrect_cvc": Decline(
        "incorrect_cvc", None, "Your card's security code is incorrect.", "confirm_card_data"
    ),
    "processing_error": Decline(
        "processing_error",
        None,
        "An error occurred while processing your card. Try again in a little bit.",
        "try_again_later",
    ),
    AUTHENTICATE: Decline(
        "authentication_required",
        "authentication_required",
        "Your card was declined. This transaction requires authentication.",
    ),
}


@dataclass(frozen=True)
class Card:
    """One test number. `three_d_secure`: never, once (unless saved with it) or always."""

    number: str
    brand: str = "visa"
    token: str = ""
    save: str = APPROVE
    charge: str = APPROVE
    three_d_secure: str = "never"
    after: str | None = None  # what befalls the charge later
    country: str = "BR"


_CARDS = (
    Card("4242424242424242", token="pm_card_visa"),
    Card("5555555555554444", "mastercard", "pm_card_mastercard"),
    Card("378282246310005", "amex", "pm_card_amex", country="US"),
    Card("4000000760000002", token="pm_card_br"),
    Card("4000000000000002", token="pm_card_visa_chargeDeclined", save="generic_decline", charge="generic_decline"),
    Card("4000000000009995", token="pm_card_visa_chargeDeclinedInsufficientFunds", save="insufficient_funds",
         charge="insufficient_funds"),
    Card("4000000000009987", token="pm_card_visa_chargeDeclinedLostCard", save="lost_card", charge="lost_card"),
    Card("4000000000009979", token="pm_card_visa_chargeDeclinedStolenCard", save="stolen_card", charge="stolen_card"),
    Card("4000000000000069", token="pm_card_chargeDeclinedExpiredCard", save="expired_card", charge="expired_card"),
    Card("4000000000000127", token="pm_card_chargeDeclinedIncorrectCvc", save="incorrect_cvc", charge="incorrect_cvc"),
    Card("4000000000000119", token="pm_card_chargeDeclinedProcessingError", save="processing_error",
         charge="processing_error"),
    Card("4000000000000341", token="pm_card_chargeCustomerFail", charge="generic_decline"),
    Card("4000002500003155", token="pm_card_authenticationRequiredOnSetup", three_d_secure="once"),
    Card("4000002760003184", token="pm_card_authenticationRequired", three_d_secure="always"),
    Card("4000008260003178", token="pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
         three_d_secure="always", charge="insufficient_funds"),
    Card("4000000000000259", token="pm_card_createDispute", after="dispute:fraudulent"),
    Card("4000000000002685", token="pm_card_createDisputeProductNotReceived", after="dispute:product_not_received"),
    Card("4000000000001976", token="pm_card_createDisputeInquiry", after="inquiry:fraudulent"),
    Card("4000000000005423", token="pm_card_createIssuerFraudRecord", after="warning:unauthorized_use_of_card"),
    Card("4000000000007726", token="pm_card_pendingRefund", after="refund:pending"),
    Card("4000000000005126", token="pm_card_refundFail", after="refund:fails"),
)  # fmt: skip
BY_NUMBER = {card.number: card for card in _CARDS}
BY_TOKEN = {card.token: card for card in _CARDS}


def card_of(number: str) -> Card:
    """The test card with that number; raises InvalidRequest for any other: real cards have no place here."""
    digits = "".join(letter for letter in number if letter.isdigit())
    if digits not in BY_NUMBER:
        raise InvalidRequest(
            "Your card number is not one of the test cards.", code="incorrect_number", param="number"
        )
    return BY_NUMBER[digits]
