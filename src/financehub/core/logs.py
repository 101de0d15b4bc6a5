"""Structured logs: one event per outcome, a correlation id on each, secrets and documents masked."""

import logging
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

SECRET_KEYS = re.compile(
    r"password|secret|token|authorization|cookie|api_?key|credential|cpf|cnpj|document|body|payload|mfa",
    re.IGNORECASE,
)
SECRET_PAIR = re.compile(r"\b([\w-]*(?:token|api_?key|secret|password)=)[^\s&\"']+", re.IGNORECASE)
DOCUMENT = re.compile(r"\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b|\b\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}\b")
TOKEN = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]+|\bsk_(live|test)_\w+|\bfh_\w{16,}")
ROW_VALUES = re.compile(r"(Failing row contains|Key) \(.*", re.DOTALL)  # PostgreSQL quotes what it refuses
MASK = "[masked]"


def mask(text: str) -> str:
    """The text with documents, tokens and the values of refused rows replaced."""
    text = SECRET_PAIR.sub(rf"\1{MASK}", TOKEN.sub(MASK, DOCUMENT.sub(MASK, text)))
    return ROW_VALUES.sub(rf"\1 {MASK}", text)


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: no secret leaves through a key, no document through a value."""
    for key, value in event.items():
        if not key.startswith("_"):  # structlog's own bookkeeping, dropped before the line is written
            event[key] = _safe(key, value)
    return event


def _safe(key: str, value: Any) -> Any:
    if SECRET_KEYS.search(key):
        return MASK
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {str(inner): _safe(str(inner), part) for inner, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe(key, part) for part in value]
    return value if isinstance(value, bool | int | float | None) else mask(str(value))


def configure(*, level: str, as_json: bool) -> None:
    """Set structlog up once per process."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        redact,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("stripe").setLevel(logging.WARNING)  # below that it writes what it sends
