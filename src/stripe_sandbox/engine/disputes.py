"""Payments contested: disputes with their deadline and evidence, inquiries, and early fraud warnings."""

from stripe_sandbox.engine.ledger import DISPUTE_FEE, book
from stripe_sandbox.engine.methods import test_card
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

DAY = 86_400
DAYS_TO_ANSWER = 7
OPEN = ("needs_response", "under_review", "warning_needs_response", "warning_under_review")
MOST_TEXT = 150_000


def aftermath(world: World, charge_id: str) -> None:
    """Job: what the test card brings upon its charge."""
    charge = world.store.get("charge", charge_id)
    card = test_card(world, world.store.get("payment_method", charge["payment_method"]))
    kind, _, detail = (card.after or "" if card else "").partition(":")
    if kind == "warning":
        warn(world, charge, detail)
    elif kind in ("dispute", "inquiry"):
        open_dispute(world, charge, reason=detail, inquiry=kind == "inquiry")


def open_dispute(
    world: World, charge: Json, *, reason: str, inquiry: bool = False, amount: int | None = None
) -> Json:
    """The customer's bank contests a charge; the money goes at once, unless it only asks."""
    if charge["payment_method_details"]["type"] == "boleto" or not charge["paid"]:
        raise InvalidRequest("This charge cannot be disputed.", param="charge")
    if charge["disputed"]:
        raise InvalidRequest(f"Charge {charge['id']} is disputed already.", param="charge")
    now = world.now(charge["customer"])
    dispute = world.make(
        "dispute",
        "du",
        amount=amount or charge["amount"],
        charge=charge["id"],
        created=now,
        currency=charge["currency"],
        is_charge_refundable=inquiry,
        payment_intent=charge["payment_intent"],
        reason=reason,
        status="warning_needs_response" if inquiry else "needs_response",
        network_reason_code="10.4",
        payment_method_details={
            "type": "card",
            "card": {
                "brand": charge["payment_method_details"]["card"]["brand"],
                "network": charge["payment_method_details"]["card"]["network"],
                "case_type": "inquiry" if inquiry else "chargeback",
                "network_reason_code": "10.4",
            },
        },
    )
    dispute["evidence_details"] |= {
        "due_by": now + DAYS_TO_ANSWER * DAY,
        "enhanced_eligibility": {},
        "submission_method": "not_submitted",
    }
    world.change(charge, "charge.updated", disputed=True)
    world.emit("charge.dispute.created", dispute)
    _calm_warnings(world, charge)
    if not inquiry:
        _move_funds(world, dispute, -1)
    world.later(now + DAYS_TO_ANSWER * DAY, "dispute_deadline", dispute["id"], charge["customer"])
    return dispute


def _move_funds(world: World, dispute: Json, direction: int) -> None:
    """-1 takes the money and a fee, 1 brings both back."""
    kind = "dispute" if direction < 0 else "dispute_reversal"
    line = book(world, dispute, "adjustment", kind, direction * dispute["amount"], -direction * DISPUTE_FEE)
    dispute["balance_transactions"] = [*dispute["balance_transactions"], line]
    word = "withdrawn" if direction < 0 else "reinstated"
    world.emit(f"charge.dispute.funds_{word}", dispute)


def stage_evidence(world: World, dispute: Json, params: Json) -> Json:
    """Save evidence, and send it to the bank unless told not to. Raises InvalidRequest once it is too late."""
    if dispute["status"] not in ("needs_response", "warning_needs_response"):
        raise InvalidRequest(
            f"This dispute is {dispute['status']}: no evidence can be added.", param="evidence"
        )
    evidence = {**dispute["evidence"], **(params.get("evidence") or {})}
    if sum(len(text) for text in evidence.values() if isinstance(text, str)) > MOST_TEXT:
        raise InvalidRequest(f"The evidence has more than {MOST_TEXT} characters.", param="evidence")
    changes: Json = {"evidence": evidence}
    if params.get("metadata"):
        changes["metadata"] = {**dispute["metadata"], **params["metadata"]}
    details = {
        **dispute["evidence_details"],
        "has_evidence": any(isinstance(one, str) for one in evidence.values()),
    }
    if (params.get("submit", True) and "evidence" in params) or params.get("submit"):
        details |= {"submission_count": details["submission_count"] + 1, "submission_method": "manual"}
        changes["status"] = (
            "warning_under_review" if dispute["status"].startswith("warning") else "under_review"
        )
        world.store.note(dispute["id"])["submitted"] = True
    world.change(dispute, "charge.dispute.updated", evidence_details=details, **changes)
    _decide_by_evidence(world, dispute)
    return dispute


def _decide_by_evidence(world: World, dispute: Json) -> None:
    """The vendor's words in `uncategorized_text` decide a test dispute at once."""
    verdict = {"winning_evidence": True, "losing_evidence": False}.get(
        str(dispute["evidence"].get("uncategorized_text"))
    )
    if verdict is not None and dispute["status"] in ("under_review", "warning_under_review"):
        close_dispute(world, dispute, won=verdict)


def close_dispute(world: World, dispute: Json, *, won: bool) -> Json:
    """The bank has decided, or the loss was accepted. Raises InvalidRequest for one that is closed."""
    if dispute["status"] not in OPEN:
        raise InvalidRequest("This dispute is already closed", param="id")
    inquiry = dispute["status"].startswith("warning")
    status = "warning_closed" if inquiry else "won" if won else "lost"
    changed = world.change(dispute, status=status)
    if won and not inquiry:
        _move_funds(world, dispute, 1)
    world.emit("charge.dispute.closed", dispute, changed)
    return dispute


def dispute_deadline(world: World, dispute_id: str) -> None:
    """Job: the day to answer by is over; silence loses."""
    dispute = world.store.get("dispute", dispute_id)
    if dispute["status"] in ("needs_response", "warning_needs_response"):
        dispute["evidence_details"]["past_due"] = True
        close_dispute(world, dispute, won=False)


def warn(world: World, charge: Json, fraud_type: str = "unauthorized_use_of_card") -> Json:
    """The card's network fears fraud: radar.early_fraud_warning.created."""
    warning = world.make(
        "radar.early_fraud_warning",
        "issfr",
        actionable=not charge["refunded"] and not charge["disputed"],
        charge=charge["id"],
        created=world.now(charge["customer"]),
        fraud_type=fraud_type,
        payment_intent=charge["payment_intent"],
    )
    world.emit("radar.early_fraud_warning.created", warning)
    return warning


def _calm_warnings(world: World, charge: Json) -> None:
    """Nothing can be done about a warning once its charge is refunded or disputed."""
    for warning in world.store.rows("radar.early_fraud_warning", charge=charge["id"], actionable=True):
        world.change(warning, "radar.early_fraud_warning.updated", actionable=False)


def calm_after_refund(world: World, charge_id: str) -> None:
    charge = world.store.get("charge", charge_id)
    if charge["refunded"]:
        _calm_warnings(world, charge)


def review(world: World, charge: Json) -> Json:
    """Somebody is to look at a payment: review.opened."""
    made = world.make(
        "review",
        "prv",
        charge=charge["id"],
        created=world.now(charge["customer"]),
        open=True,
        opened_reason="manual",
        payment_intent=charge["payment_intent"],
        reason="manual",
    )
    charge["review"] = made["id"]
    world.emit("review.opened", made)
    return made


def approve_review(world: World, made: Json) -> Json:
    if not made["open"]:
        raise InvalidRequest("This review is already closed.", param="id")
    world.change(made, "review.closed", open=False, reason="approved", closed_reason="approved")
    return made
