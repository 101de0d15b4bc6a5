"""Every request has an id, the caller's when it is sane, on the answer and on each log line."""

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from financehub.core.correlation import correlate


def echo(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(structlog.contextvars.get_contextvars()))


def ask(given: str | None = None) -> HttpResponse:
    headers = {} if given is None else {"X-Request-ID": given}
    answer = correlate(echo)(RequestFactory().get("/", headers=headers))
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_sane_id_of_the_caller_is_kept() -> None:
    answer = ask("deploy-7.check_1")
    assert answer.headers["X-Request-ID"] == "deploy-7.check_1"
    assert answer.content.decode() == "{'correlation_id': 'deploy-7.check_1'}"


@pytest.mark.parametrize(
    "given", [None, "", "short", "x" * 65, "with space 123", 'quote"quote"', "a;b=c;d=e"]
)
def test_anything_else_is_replaced(given: str | None) -> None:
    made = ask(given).headers["X-Request-ID"]
    assert made != given
    assert len(made) == 16


def test_nothing_of_an_earlier_request_is_left() -> None:
    structlog.contextvars.bind_contextvars(company="someone else's")
    assert "company" not in ask().content.decode()


def test_two_requests_have_two_ids() -> None:
    assert ask().headers["X-Request-ID"] != ask().headers["X-Request-ID"]
