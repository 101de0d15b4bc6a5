"""What goes wrong with a payment: disputes with their evidence, early fraud warnings, reviews."""

from io import BytesIO

from financehub.providers.stripe import shapes
from financehub.providers.stripe.resources.base import PAGE, Calls, Params, once, typed

FOR_DISPUTES = "dispute_evidence"


class Cases(Calls):
    """Calls about payments that somebody contests or suspects."""

    def dispute(self, dispute_id: str) -> shapes.Dispute:
        call = self._api.disputes.retrieve
        return self._caller.ask("GET /v1/disputes/{id}", lambda: call(dispute_id), shapes.Dispute)

    def update_dispute(self, dispute_id: str, params: Params, *, key: str) -> shapes.Dispute:
        """`submit` decides between staging and the one irreversible sending; it must be in `params`."""
        call = self._api.disputes.update
        return self._caller.ask(
            "POST /v1/disputes/{id}", lambda: call(dispute_id, typed(params), once(key)), shapes.Dispute
        )

    def fraud_warning(self, warning_id: str) -> shapes.FraudWarning:
        call = self._api.radar.early_fraud_warnings.retrieve
        return self._caller.ask(
            "GET /v1/radar/early_fraud_warnings/{id}", lambda: call(warning_id), shapes.FraudWarning
        )

    def disputes(self) -> list[shapes.Dispute]:
        """All of the account: there are few."""
        params, call = typed({"limit": PAGE}), self._api.disputes.list
        return self._all("GET /v1/disputes", lambda: call(params), shapes.Dispute)

    def close_dispute(self, dispute_id: str, *, key: str) -> shapes.Dispute:
        """Accept the loss; there is no way back."""
        call = self._api.disputes.close
        return self._caller.ask(
            "POST /v1/disputes/{id}/close", lambda: call(dispute_id, None, once(key)), shapes.Dispute
        )

    def upload_evidence(self, name: str, content: bytes, *, key: str) -> shapes.File:
        """To the address for files; the answer's id is what the evidence names."""
        call = self._api.files.create
        file = BytesIO(content)
        file.name = name  # the client names the part after it
        params = typed({"purpose": FOR_DISPUTES, "file": file})
        return self._caller.ask("POST /v1/files", lambda: call(params, once(key)), shapes.File)

    def review(self, review_id: str) -> shapes.Review:
        call = self._api.reviews.retrieve
        return self._caller.ask("GET /v1/reviews/{id}", lambda: call(review_id), shapes.Review)

    def approve_review(self, review_id: str, *, key: str) -> shapes.Review:
        """A person has looked, and all is well."""
        call = self._api.reviews.approve
        return self._caller.ask(
            "POST /v1/reviews/{id}/approve", lambda: call(review_id, None, once(key)), shapes.Review
        )
