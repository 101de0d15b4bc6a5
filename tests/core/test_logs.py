"""No secret, document or bank payload reaches a log line, whoever writes it and however deep it lies."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from financehub.core.logs import MASK, configure, mask, redact

SECRETS = [
    "123.456.789-09",
    "12345678909",
    "12.345.678/0001-95",
    "12345678000195",
    "fh_" + "a" * 48,
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_123",
    "sk_test_1234567890",
]


class TestMask:
    @pytest.mark.parametrize("secret", SECRETS)
    def test_hides_documents_and_tokens_inside_a_sentence(self, secret: str) -> None:
        masked = mask(f"pagamento de {secret}, valor 10")
        assert secret not in masked
        assert masked.startswith("pagamento de [masked]")
        assert masked.endswith("valor 10")

    @pytest.mark.parametrize(
        ("text", "masked"),
        [
            ("GET /connect?connect_token=abc.def&x=1", "GET /connect?connect_token=[masked]&x=1"),
            ("password=hunter2", "password=[masked]"),
            ("clientSecret=abc apiKey=def", "clientSecret=[masked] apiKey=[masked]"),
        ],
    )
    def test_hides_values_of_secret_names_in_addresses(self, text: str, masked: str) -> None:
        assert mask(text) == masked

    @pytest.mark.parametrize(
        "refusal",
        [
            "DETAIL:  Failing row contains (019a, Padaria do Zé, -1290,\n null).",
            'duplicate key value violates "x"\nDETAIL:  Key (number)=(Padaria 99) already exists.',
        ],
    )
    def test_hides_the_row_that_the_database_refused(self, refusal: str) -> None:
        assert "Padaria" not in mask(refusal)
        assert mask(refusal).endswith(MASK)

    @pytest.mark.parametrize(
        "text", ["019a1234-5678-7abc-8def-0123456789ab", "2026-03-01T12:00:00", "R$ 1.234,56", "itemId=77"]
    )
    def test_leaves_ids_dates_and_amounts_alone(self, text: str) -> None:
        assert mask(text) == text


class TestRedact:
    @pytest.mark.parametrize(
        "key",
        [
            *("password", "client_secret", "accessToken", "Authorization", "Set-Cookie", "api_key"),
            *("cpf", "body", "payload", "mfa_value", "credentials", "document_number"),
        ],
    )
    def test_hides_the_value_of_a_secret_key(self, key: str) -> None:
        assert redact(None, "info", {key: "anything"}) == {key: MASK}

    @given(
        st.recursive(
            st.sampled_from(SECRETS),
            lambda inner: st.lists(inner, min_size=1) | st.dictionaries(st.just("x"), inner, min_size=1),
            max_leaves=6,
        )
    )
    def test_hides_secrets_however_deep_they_lie(self, value: object) -> None:
        line = json.dumps(redact(None, "info", {"event": "failed", "facts": value}))
        assert not any(secret in line for secret in SECRETS)

    def test_keeps_what_is_harmless(self) -> None:
        event = {"event": "synced", "rows": 3, "seconds": 0.5, "ok": True, "none": None}
        assert redact(None, "info", dict(event)) == event

    def test_looks_into_objects_by_their_text(self) -> None:
        event = redact(None, "info", {"error": ValueError("CPF 123.456.789-09 is taken")})
        assert event == {"error": "CPF [masked] is taken"}


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    # Loggers already in use hold on to the very list of processors they were born with.
    handlers, level, structured = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:], root.level = handlers, level
    structlog.configure(**structured)


class TestConfigure:
    def written(self, lines: StringIO) -> dict[str, object]:
        logging.getLogger().handlers[0].flush()
        return json.loads(lines.getvalue().splitlines()[-1])  # type: ignore[no-any-return]

    def test_writes_one_json_object_with_the_correlation_id(self) -> None:
        lines = written_lines()
        structlog.contextvars.bind_contextvars(correlation_id="request-1")
        structlog.get_logger().info("synced", rows=3)
        line = self.written(lines)
        assert (line["event"], line["rows"], line["level"]) == ("synced", 3, "info")
        assert line["correlation_id"] == "request-1"

    def test_redacts_lines_of_other_libraries(self) -> None:
        lines = written_lines()
        logging.getLogger("some.library").warning("login of %s failed", "123.456.789-09")
        assert self.written(lines)["event"] == "login of [masked] failed"

    def test_redacts_the_text_of_an_exception(self) -> None:
        lines = written_lines()
        try:
            raise ValueError("body had 12345678909 and token=abc")
        except ValueError:
            logging.getLogger("some.library").exception("failed")
        text = lines.getvalue()
        assert "ValueError: body had [masked] and token=[masked]" in text
        assert "12345678909" not in text

    def test_silences_the_client_that_would_print_addresses(self) -> None:
        lines = written_lines()
        logging.getLogger("httpx").info("HTTP Request: GET https://api.pluggy.ai/items/1")
        assert lines.getvalue() == ""


def written_lines() -> StringIO:
    """A freshly configured process's stream."""
    configure(level="INFO", as_json=True)
    stream = StringIO()
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    return stream
