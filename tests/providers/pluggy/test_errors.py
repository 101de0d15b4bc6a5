"""Every refusal becomes the error that says what to do."""

import pickle
from datetime import UTC, datetime

import pytest

from financehub.providers.pluggy import errors
from financehub.providers.pluggy.errors import Refusal, error_for


class TestErrorFor:
    @pytest.mark.parametrize(
        ("status", "code", "kind"),
        [
            (400, "", errors.PluggyRejected),
            (400, "A_WORD_OF_NEXT_YEAR", errors.PluggyRejected),
            (422, "", errors.PluggyRejected),
            (400, "CONNECTOR_VALIDATION_ERROR", errors.InvalidCredentials),
            (400, "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR", errors.MfaRejected),
            (400, "ITEM_IS_ALREADY_UPDATING", errors.ItemAlreadyUpdating),
            (409, "ITEM_ALREADY_UPDATING", errors.ItemAlreadyUpdating),
            (409, "CONNECTOR_OFFLINE", errors.ConnectorOffline),
            (400, "LAST_EXECUTION_HAD_LOGIN_ERROR", errors.NewCredentialsNeeded),
            (401, "CLIENT_DISABLED", errors.PluggyAuthFailed),
            (403, "CLIENT_IP_NOT_ALLOWED", errors.PluggyDenied),
            (404, "ITEM_NOT_FOUND", errors.PluggyNotFound),
            (410, "", errors.PluggyGone),
            (429, "", errors.PluggyRateLimited),
            (502, "BALANCE_CONNECTOR_UNAVAILABLE", errors.PluggyUnavailable),
        ],
    )
    def test_picks_the_class_by_code_then_by_status(self, status, code, kind):
        error = error_for(Refusal("GET /x", status, code))
        assert type(error) is kind
        assert (error.status, error.code) == (status, code)

    def test_names_the_items_of_a_duplicate_even_without_a_code(self):
        error = error_for(Refusal("POST /items", 400, items=("i1", "i2")))
        assert isinstance(error, errors.DuplicateItem)
        assert error.items == ("i1", "i2")

    def test_says_when_a_login_may_be_tried_again(self):
        refusal = Refusal(
            "PATCH /items/{id}",
            400,
            "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES",
            data=(("canRetryAfterDate", "2026-11-25T12:00:00.000Z"),),
        )
        error = error_for(refusal)
        assert isinstance(error, errors.LoginBackoff)
        assert error.can_retry_at == datetime(2026, 11, 25, 12, tzinfo=UTC)

    def test_says_how_often_an_update_is_allowed(self):
        data = (("minUpdateFrequencyAllowedInHours", "24"), ("lastUpdatedAt", "not a date"))
        error = error_for(
            Refusal("PATCH /items/{id}", 409, "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY", data=data)
        )
        assert isinstance(error, errors.ItemUpdatedTooSoon)
        assert (error.min_hours, error.last_updated_at) == (24, None)

    def test_says_how_many_items_the_plan_allows(self):
        error = error_for(
            Refusal("POST /items", 409, "ITEM_CREATION_LIMIT_EXCEEDED", data=(("itemsLimit", "100"),))
        )
        assert isinstance(error, errors.ItemLimitReached)
        assert error.limit == 100


class TestPluggyError:
    def test_shows_the_call_and_the_code_but_not_the_words(self):
        error = error_for(Refusal("GET /x", 400, "SOME_CODE", message="CPF 111"))
        assert (str(error), error.message) == ("GET /x: HTTP 400 SOME_CODE", "CPF 111")

    def test_survives_the_border_between_processes(self):
        error = error_for(Refusal("GET /x", 429, retry_after=60.0))
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), copy.retry_after, str(copy)) == (errors.PluggyRateLimited, 60.0, str(error))
