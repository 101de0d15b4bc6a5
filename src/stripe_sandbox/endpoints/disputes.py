"""Disputes, early fraud warnings, reviews, and the files evidence is made of."""

from stripe_sandbox.endpoints.calls import Call, Endpoint, lists, reads
from stripe_sandbox.engine import disputes
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, part


def update(call: Call) -> Json:
    return disputes.stage_evidence(call.world, call.world.store.get("dispute", call.id), call.params)


def close(call: Call) -> Json:
    return disputes.close_dispute(call.world, call.world.store.get("dispute", call.id), won=False)


def approve(call: Call) -> Json:
    return disputes.approve_review(call.world, call.world.store.get("review", call.id))


def upload(call: Call) -> Json:
    file = part(call.params.get("file"))
    if "content" not in file:
        raise InvalidRequest("Missing required param: file.", code="parameter_missing", param="file")
    made = call.world.make(
        "file",
        "file",
        filename=file["filename"],
        purpose=call.params["purpose"],
        size=len(file["content"]),
        title=None,
        type=file["filename"].rpartition(".")[2] or None,
        links={"object": "list", "data": [], "has_more": False, "url": "/v1/file_links"},
    )
    made["url"] = f"{call.world.settings.base_url}/v1/files/{made['id']}/contents"
    return made


ENDPOINTS: dict[str, Endpoint] = {
    "GET /v1/disputes": lists("dispute", "charge", "payment_intent"),
    "GET /v1/disputes/{}": reads("dispute"),
    "POST /v1/disputes/{}": update,
    "POST /v1/disputes/{}/close": close,
    "GET /v1/radar/early_fraud_warnings": lists("radar.early_fraud_warning", "charge", "payment_intent"),
    "GET /v1/radar/early_fraud_warnings/{}": reads("radar.early_fraud_warning"),
    "GET /v1/reviews": lists("review"),
    "GET /v1/reviews/{}": reads("review"),
    "POST /v1/reviews/{}/approve": approve,
    "POST /v1/files": upload,
    "GET /v1/files": lists("file", "purpose"),
    "GET /v1/files/{}": reads("file"),
}
