"""Kinds of errors the domain raises; each carries a stable code, and the doors choose status and words."""


class DomainError(Exception):
    """Something a caller asked for cannot be done; `code` is stable, `details` holds JSON-ready facts."""

    code = "error"

    def __init__(self, message: str = "", **details: object) -> None:
        super().__init__(message or self.__doc__ or self.code)
        self.details = details

    @property
    def message(self) -> str:
        return str(self)


class Invalid(DomainError):
    """The input is not acceptable as it is."""

    code = "invalid"


class NotFound(DomainError):
    """There is no such thing here."""

    code = "not_found"


class Denied(DomainError):
    """This person may not do that."""

    code = "denied"


class Conflict(DomainError):
    """The thing is in a state that does not allow this."""

    code = "conflict"


class LimitReached(DomainError):
    """The plan does not allow one more; details: current, limit, upgrade_required, suggested_plan."""

    code = "plan_limit_reached"


class TryLater(DomainError):
    """An outside system is not answering; the same request may work later."""

    code = "try_later"


class NotConfigured(DomainError):
    """The integration this needs is switched off."""

    code = "not_configured"
