from tests.stripe_sandbox.box import KEY, Box


def test_evidence_files_are_uploaded_as_multipart(box: Box) -> None:
    answer = box.call(
        "POST",
        "/v1/files",
        data={"purpose": "dispute_evidence"},
        files={"file": ("receipt.pdf", b"%PDF-1.4", "application/pdf")},
        headers={"authorization": f"Bearer {KEY}"},
    )
    file = answer.json()
    assert (file["purpose"], file["filename"], file["size"], file["type"]) == (
        "dispute_evidence",
        "receipt.pdf",
        8,
        "pdf",
    )
    assert box.get("/files", purpose="dispute_evidence")["data"][0]["id"] == file["id"]
    assert box.refused("POST", "/files", purpose="dispute_evidence")["param"] == "file"


def test_disputes_are_found_by_charge_staged_and_closed(box: Box) -> None:
    customer = box.customer("pm_card_createDispute")
    box.subscription(customer)
    box.advance(10)
    [dispute] = box.get("/disputes", charge=box.charge(customer)["id"])["data"]
    assert box.post(f"/disputes/{dispute['id']}", metadata={"case": "7"}, submit=False)["metadata"] == {
        "case": "7"
    }
    assert box.post(f"/disputes/{dispute['id']}/close")["status"] == "lost"


def test_reviews_are_approved(box: Box) -> None:
    customer = box.customer()
    box.subscription(customer)
    box.control(f"/charges/{box.charge(customer)['id']}/review")
    [review] = box.get("/reviews")["data"]
    assert box.post(f"/reviews/{review['id']}/approve")["open"] is False
    assert box.types()[-1] == "review.closed"
