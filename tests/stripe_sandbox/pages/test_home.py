from tests.stripe_sandbox.box import DAY, NOON, Box


def test_it_shows_what_waits_and_what_happened(box: Box) -> None:
    assert box.call("GET", "/").text.count("Nada por aqui ainda.") == 3
    session, subscription = box.session(), box.subscription()
    page = box.call("GET", "/").text
    assert f"/pay/{session['id']}?lang=pt" in page
    assert f"{subscription['id']} (active)" in page
    assert "invoice.payment_succeeded" in page
    assert "25/11/2026" in page


def test_days_pass_at_the_press_of_a_button(box: Box) -> None:
    subscription = box.subscription()
    assert box.form("/", days="31").status_code == 303
    assert box.world.now() == NOON + 31 * DAY
    assert len(box.get("/invoices", subscription=subscription["id"])["data"]) == 2


def test_other_steps_and_other_sites_are_refused(box: Box) -> None:
    assert box.form("/", days="1000").status_code == 400
    answer = box.call("POST", "/", data={"days": "1"}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert box.world.now() == NOON
