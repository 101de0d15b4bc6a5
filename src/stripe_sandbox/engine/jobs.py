"""What the agenda can be told to do, by name."""

from collections.abc import Mapping

from stripe_sandbox.engine import checkout, collecting, disputes, ending, ledger, refunds, renewing, repricing
from stripe_sandbox.world import Job, World


def _deliver(world: World, delivery_id: str) -> None:
    world.sender.begin(delivery_id)


JOBS: Mapping[str, Job] = {
    "deliver": _deliver,
    "renew": renewing.renew,
    "finalize_invoice": renewing.finalize_when_due,
    "invoice_is_due": renewing.invoice_is_due,
    "announce_due": renewing.announce_due,
    "announce_renewal": renewing.announce_renewal,
    "announce_trial_end": renewing.announce_trial_end,
    "retry_invoice": collecting.retry,
    "expire_voucher": collecting.expire_voucher,
    "expire_incomplete": ending.expire_incomplete,
    "cancel_when_due": ending.cancel_when_due,
    "expire_pending_update": repricing.expire_pending_update,
    "expire_session": checkout.expire_when_due,
    "book_charge": ledger.book_charge,
    "aftermath": disputes.aftermath,
    "dispute_deadline": disputes.dispute_deadline,
    "settle_refund": refunds.settle_refund,
}
