"""The ladder, the ends of every sandbox user, MFA right, wrong and late, approvals and automatic refreshes."""

import pytest
from tests.pluggy_sandbox.box import CPF_OK, CPF_REJECTED, CPF_TWO_APPROVALS, Box, Receiver

DAY = 24 * 3600


def climbed(box: Box, item_id: str, seconds: float = 3.2) -> list[tuple[str, str]]:
    """The distinct (status, executionStatus) pairs an item shows, looked at ten times a second."""
    seen = []
    for _ in range(round(seconds * 10)):
        item = box.item(item_id)
        if not seen or seen[-1] != (item["status"], item["executionStatus"]):
            seen.append((item["status"], item["executionStatus"]))
        box.advance(0.1)
    return seen


def signed_in_as(box: Box, user: str) -> dict:
    return box.connected(parameters={"user": user, "password": "password-ok"})


def waiting(box: Box, user: str = "user-ok", connector_id: int = 5) -> dict:
    item = box.create(connector_id, {"user": user, "password": "password-ok"})
    box.advance(1)
    return box.item(item["id"])


def test_an_execution_climbs_the_whole_ladder_in_three_seconds(box: Box) -> None:
    item = box.create()
    assert climbed(box, item["id"]) == [
        ("UPDATING", "CREATED"),
        ("UPDATING", "LOGIN_IN_PROGRESS"),
        ("UPDATING", "ACCOUNTS_IN_PROGRESS"),
        ("UPDATING", "CREDITCARDS_IN_PROGRESS"),
        ("UPDATING", "TRANSACTIONS_IN_PROGRESS"),
        ("UPDATING", "INVESTMENTS_IN_PROGRESS"),
        ("UPDATING", "INVESTMENTS_TRANSACTIONS_IN_PROGRESS"),
        ("UPDATING", "PAYMENT_DATA_IN_PROGRESS"),
        ("UPDATING", "IDENTITY_IN_PROGRESS"),
        ("UPDATING", "LOANS_IN_PROGRESS"),
        ("UPDATING", "MERGING"),
        ("UPDATED", "SUCCESS"),
    ]


def test_an_execution_skips_products_nobody_asked_for(box: Box) -> None:
    item = box.create(products=["ACCOUNTS", "TRANSACTIONS"])
    steps = [step for _, step in climbed(box, item["id"])]
    assert steps[2:] == ["ACCOUNTS_IN_PROGRESS", "TRANSACTIONS_IN_PROGRESS", "MERGING", "SUCCESS"]


def test_a_good_end_dates_the_item_and_leaves_no_detail(box: Box) -> None:
    item = box.connected()
    assert item["lastUpdatedAt"] == "2026-11-25T12:00:03.000Z"
    assert (item["statusDetail"], item["error"], item["nextAutoSyncAt"]) == (None, None, None)


@pytest.mark.parametrize(
    ("user", "status", "code"),
    [
        ("user-logged", "OUTDATED", "ALREADY_LOGGED_IN"),
        ("user-locked", "LOGIN_ERROR", "ACCOUNT_LOCKED"),
        ("user-error", "OUTDATED", "UNEXPECTED_ERROR"),
        ("user-unavailable", "OUTDATED", "SITE_NOT_AVAILABLE"),
        ("user-account-need-actions", "OUTDATED", "ACCOUNT_NEEDS_ACTION"),
        ("user-connection-error", "OUTDATED", "CONNECTION_ERROR"),
        ("user-account-credentials-reset", "LOGIN_ERROR", "ACCOUNT_CREDENTIALS_RESET"),
        ("user-not-supported", "LOGIN_ERROR", "USER_NOT_SUPPORTED"),
        ("user-ok-auth-pending", "OUTDATED", "USER_AUTHORIZATION_PENDING"),
        ("user-nobody", "LOGIN_ERROR", "INVALID_CREDENTIALS"),
    ],
)
def test_a_sandbox_user_ends_as_the_table_says(box: Box, user: str, status: str, code: str) -> None:
    item = signed_in_as(box, user)
    assert (item["status"], item["executionStatus"], item["error"]["code"]) == (status, code, code)
    assert item["lastUpdatedAt"] is None


def test_a_wrong_password_is_a_login_error(box: Box) -> None:
    item = box.connected(parameters={"user": "user-ok", "password": "password-wrong"})
    assert (item["status"], item["executionStatus"]) == ("LOGIN_ERROR", "INVALID_CREDENTIALS")
    assert item["consecutiveFailedLoginAttempts"] == 1


def test_the_bank_may_add_its_own_words(box: Box) -> None:
    item = signed_in_as(box, "user-account-need-actions-provider-message")
    assert item["error"]["providerMessage"] == "Aceite os novos termos de uso no aplicativo do banco"


def test_a_warning_keeps_the_run_a_success(box: Box) -> None:
    item = signed_in_as(box, "user-ok-account-warning")
    assert (item["status"], item["executionStatus"]) == ("UPDATED", "SUCCESS")
    assert item["statusDetail"]["accounts"]["isUpdated"] is True
    assert [warning["code"] for warning in item["statusDetail"]["accounts"]["warnings"]] == ["001"]
    assert item["statusDetail"]["transactions"]["warnings"] == []


def test_an_account_error_is_a_partial_success_without_accounts(box: Box) -> None:
    item = signed_in_as(box, "user-ok-account-error")
    assert (item["status"], item["executionStatus"]) == ("UPDATED", "PARTIAL_SUCCESS")
    assert item["statusDetail"]["accounts"]["isUpdated"] is False
    assert item["statusDetail"]["accounts"]["lastUpdatedAt"] is None
    assert {row["type"] for row in box.accounts(item["id"])} == {"CREDIT"}


def test_two_checking_accounts_appear_for_their_user(box: Box) -> None:
    item = signed_in_as(box, "user-ok-two-checking-accounts")
    kinds = [row["subtype"] for row in box.accounts(item["id"])]
    assert kinds.count("CHECKING_ACCOUNT") == 2


@pytest.mark.parametrize(
    ("user", "connector_id", "name", "kind", "answer"),
    [
        ("user-ok", 5, "token", "number", "123456"),
        ("user-ok-img", 2, "token", "image", "123456"),
        ("user-ok-qr", 2, "token", "image", "123456"),
        ("user-ok-select", 2, "option", "select", "1"),
        ("user-ok-phone", 2, "phone", "select", "0"),
        ("user-ok-multi-company", 2, "company", "select", "1"),
    ],
)
def test_a_right_answer_opens_the_door(
    box: Box, user: str, connector_id: int, name: str, kind: str, answer: str
) -> None:
    item = waiting(box, user, connector_id)
    assert (item["status"], item["executionStatus"]) == ("WAITING_USER_INPUT", "WAITING_USER_INPUT")
    assert (item["parameter"]["name"], item["parameter"]["type"]) == (name, kind)
    answered = box.post(f"/items/{item['id']}/mfa", {name: answer}).json()
    assert (answered["status"], answered["executionStatus"]) == ("UPDATING", "LOGIN_MFA_IN_PROGRESS")
    assert answered["parameter"] is None
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"


def test_a_wrong_answer_is_a_login_error(box: Box) -> None:
    item = waiting(box)
    box.post(f"/items/{item['id']}/mfa", {"token": "000000"})
    box.advance(1)
    assert box.item(item["id"])["error"]["code"] == "INVALID_CREDENTIALS_MFA"
    assert box.item(item["id"])["status"] == "LOGIN_ERROR"


def test_a_late_answer_is_refused_after_the_deadline(box: Box, receiver: Receiver) -> None:
    box.post("/webhooks", {"event": "item/error", "url": receiver.url})
    item = waiting(box)
    assert item["parameter"]["expiresAt"] == "2026-11-25T12:02:00.800Z"
    box.advance(120)
    late = box.item(item["id"])
    assert (late["status"], late["executionStatus"]) == ("OUTDATED", "USER_INPUT_TIMEOUT")
    refused = box.post(f"/items/{item['id']}/mfa", {"token": "123456"})
    assert (refused.status_code, refused.json()["codeDescription"]) == (400, "ITEM_MFA_EXPIRED")
    assert receiver.knocks[0].body["error"]["parameter"] == "token"


def test_an_answer_is_taken_once_and_only_when_asked_for(box: Box) -> None:
    item = waiting(box)
    path = f"/items/{item['id']}/mfa"
    mismatch = box.post(path, {"parameter": "123456"}).json()
    assert mismatch["codeDescription"] == "ITEM_MFA_PARAMETER_EXPECTED_MISMATCH"
    assert mismatch["data"] == {"paramName": "token"}
    box.post(path, {"token": "123456"})
    assert box.post(path, {"token": "123456"}).json()["codeDescription"] == "ITEM_MFA_ALREADY_PROVIDED"
    box.advance(3)
    assert box.post(path, {"token": "123456"}).json()["codeDescription"] == "ITEM_MFA_NOT_FOUND"


def test_open_finance_waits_for_the_bank_and_gives_its_address(box: Box) -> None:
    item = box.create(600, {"cpf": CPF_OK})
    box.advance(1)
    asked = box.item(item["id"])
    assert (asked["status"], asked["userAction"]["type"]) == ("WAITING_USER_ACTION", "authorize-access")
    assert asked["userAction"]["attributes"]["url"].endswith(f"/bank/authorize?itemId={item['id']}")


def test_an_approval_at_the_bank_makes_a_consent(box: Box) -> None:
    item = box.consented(600)
    assert (item["status"], item["executionStatus"]) == ("UPDATED", "SUCCESS")
    consent = box.get("/consents", itemId=item["id"]).json()["results"][0]
    assert (consent["itemId"], consent["expiresAt"], consent["revokedAt"]) == (item["id"], None, None)
    assert item["resourcesCollectedAt"] == item["lastUpdatedAt"]


def test_a_refusal_at_the_bank_ends_without_authorisation(box: Box) -> None:
    item = box.create(600, {"cpf": CPF_OK})
    box.advance(1)
    box.post(f"/_control/items/{item['id']}/reject")
    assert box.item(item["id"])["executionStatus"] == "USER_AUTHORIZATION_NOT_GRANTED"
    assert box.item(item["id"])["status"] == "LOGIN_ERROR"


def test_the_rejected_cpf_is_refused_whatever_the_person_presses(box: Box) -> None:
    assert box.consented(600, CPF_REJECTED)["executionStatus"] == "USER_AUTHORIZATION_NOT_GRANTED"


def test_the_cpf_of_two_approvals_waits_and_then_comes_through_by_itself(box: Box) -> None:
    item = box.consented(600, CPF_TWO_APPROVALS)
    assert (item["status"], item["executionStatus"]) == ("OUTDATED", "USER_AUTHORIZATION_PENDING")
    box.advance(304)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"


def test_a_person_who_never_answers_the_bank_is_timed_out(box: Box) -> None:
    item = box.create(600, {"cpf": CPF_OK})
    box.advance(125)
    assert box.item(item["id"])["executionStatus"] == "USER_INPUT_TIMEOUT"


def test_a_pending_authorisation_can_be_granted_at_once(box: Box) -> None:
    item = signed_in_as(box, "user-ok-auth-pending")
    box.post(f"/_control/items/{item['id']}/approve")
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"


def test_events_tell_the_story_in_order(box: Box, receiver: Receiver) -> None:
    box.post("/webhooks", {"event": "all", "url": receiver.url})
    item = box.connected()
    box.advance(5)
    assert receiver.events()[:2] == ["item/login_succeeded", "item/created"]
    accounts = {row["id"] for row in box.accounts(item["id"])}
    told = [knock.body for knock in receiver.knocks[2:]]
    assert {row["event"] for row in told} == {"transactions/created"}
    assert {row["accountId"] for row in told} == accounts
    assert all(row["transactionsCount"] == len(box.all_transactions(row["accountId"])) for row in told)


def test_a_second_run_is_told_as_an_update(box: Box, receiver: Receiver) -> None:
    item = box.connected()
    box.post("/webhooks", {"event": "item/updated", "url": receiver.url})
    box.patch(f"/items/{item['id']}")
    box.advance(3)
    assert [knock.body["triggeredBy"] for knock in receiver.knocks] == ["CLIENT"]


def test_a_production_item_is_refreshed_a_day_later(box: Box) -> None:
    item = box.consented(601)
    assert item["nextAutoSyncAt"] == "2026-11-26T12:00:03.700Z"
    box.advance(DAY + 4)
    assert box.item(item["id"])["lastUpdatedAt"] == "2026-11-26T12:00:06.700Z"


def test_a_failed_automatic_refresh_is_retried_hourly_five_times(box: Box) -> None:
    item = box.connected(201, {"user": "user-ok", "password": "password-ok"})
    box.call("PUT", f"/_control/items/{item['id']}/plan", json={"error": "SITE_NOT_AVAILABLE"})
    box.advance(DAY + 1)
    assert box.item(item["id"])["executionStatus"] == "SITE_NOT_AVAILABLE"
    for _ in range(5):
        assert box.item(item["id"])["nextAutoSyncAt"] is not None
        box.advance(3601)
    assert box.item(item["id"])["nextAutoSyncAt"] is None


def test_disabling_the_automatic_refresh_lasts_until_the_client_updates(box: Box) -> None:
    item = box.consented(601)
    off = box.patch(f"/items/{item['id']}/disable-auto-sync").json()
    assert off["nextAutoSyncAt"] is None
    assert off["autoSyncDisabledAt"] is not None
    box.advance(DAY + 10)
    assert box.item(item["id"])["lastUpdatedAt"] == item["lastUpdatedAt"]
    box.patch(f"/items/{item['id']}")
    box.advance(3)
    assert box.item(item["id"])["nextAutoSyncAt"] is not None


def test_a_revoked_consent_fails_the_next_run(box: Box) -> None:
    item = box.consented(601)
    box.post(f"/_control/items/{item['id']}/revoke-consent")
    assert box.accounts(item["id"]) == []
    box.post(f"/_control/items/{item['id']}/auto-sync")
    box.advance(3)
    broken = box.item(item["id"])
    assert (broken["status"], broken["executionStatus"]) == ("LOGIN_ERROR", "USER_AUTHORIZATION_REVOKED")


def test_a_renewed_consent_keeps_the_item_and_its_rows(box: Box) -> None:
    item = box.consented(601)
    before = box.account(item["id"])["id"]
    box.post(f"/_control/items/{item['id']}/revoke-consent")
    box.patch(f"/items/{item['id']}", {"parameters": {"cpf": CPF_OK}})
    box.advance(1)
    box.post(f"/_control/items/{item['id']}/approve")
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"
    assert box.account(item["id"])["id"] == before
    assert len(box.get("/consents", itemId=item["id"]).json()["results"]) == 2


def test_nothing_more_is_told_of_an_item_that_was_deleted(box: Box, receiver: Receiver) -> None:
    box.post("/webhooks", {"event": "transactions/created", "url": receiver.url})
    item = box.connected()
    box.delete(f"/items/{item['id']}")
    box.advance(10)
    assert receiver.knocks == []


def test_a_login_error_drops_the_item_out_of_automatic_refreshes(box: Box) -> None:
    item = box.connected(201, {"user": "user-ok", "password": "password-ok"})
    box.call("PUT", f"/_control/items/{item['id']}/plan", json={"error": "ACCOUNT_LOCKED"})
    box.advance(DAY + 10)
    broken = box.item(item["id"])
    assert (broken["status"], broken["nextAutoSyncAt"]) == ("LOGIN_ERROR", None)
