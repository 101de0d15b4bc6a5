"""What a person typed: checked against the connector's rules, then read as a login."""

import re
from dataclasses import dataclass, replace

from pluggy_sandbox import mfa, outcomes, statuses
from pluggy_sandbox.outcomes import Outcome
from pluggy_sandbox.shapes import Json, as_objects, as_strings, as_text

INVALID_CODE = "001"
MFA_BY_NAME = {
    " qr": "qr-action",
    "caixa flow": "device",
    " image": "image",
    " select": "select",
    " phone": "phone",
}


@dataclass(frozen=True)
class Login:
    """Who logs in: the user that shapes the data, the document quotas hang on, and the outcome."""

    user: str
    document: str
    outcome: Outcome


def problems(connector: Json, parameters: dict[str, str]) -> list[Json]:
    """`details` of a CONNECTOR_VALIDATION_ERROR, in the order of the form; empty when all is well."""
    found: list[Json] = []
    for credential in as_objects(connector.get("credentials")):
        message = _problem(credential, parameters.get(str(credential["name"]), ""))
        if message:
            found.append({"code": INVALID_CODE, "message": message, "parameter": credential["name"]})
    return found


def _problem(credential: Json, value: str) -> str | None:
    if not value:
        return None if credential.get("optional") else f"{credential['name']} is required"
    pattern = credential.get("validation")
    if isinstance(pattern, str) and not re.search(pattern, value):
        return str(credential.get("validationMessage") or f"{credential['name']} is invalid")
    options = as_objects(credential.get("options"))
    if options and value not in {option["value"] for option in options}:
        return f"{credential['name']} is not one of the options"
    return None


def one_step_field(connector: Json) -> str | None:
    """The credential that carries the token of a 1-step MFA connector."""
    for credential in as_objects(connector.get("credentials")):
        if credential.get("mfa"):
            return str(credential["name"])
    return None


def decrypted(connector: Json) -> dict[str, str]:
    """What an encrypted `parameters` string is taken to hold: a login that works."""
    values = {
        "user": "user-ok",
        "password": outcomes.ACCEPTED,
        "cpf": "76109277673",
        "cnpj": "00360305000104",
    }
    fields = [str(credential["name"]) for credential in as_objects(connector.get("credentials"))]
    return {name: values.get(name, mfa.CODE) for name in fields}


def read_login(connector: Json, parameters: dict[str, str]) -> Login:
    """Who this is and what the bank will do about it."""
    document = _digits(parameters.get("cpf") or parameters.get("cnpj") or "")
    if connector.get("isOpenFinance"):
        return Login(document or "user-ok", document, outcomes.of_document(document))
    user = _user_of(parameters)
    outcome = outcomes.of_credentials(_sandbox_user(connector, user), _password_of(connector, parameters))
    field = one_step_field(connector)
    if outcome.error is None and field and parameters.get(field) not in mfa.ONE_STEP_CODES:
        outcome = Outcome(statuses.INVALID_CREDENTIALS_MFA)
    if outcome.error is None and outcome.mfa is None and not field:
        outcome = replace(outcome, mfa=_mfa_kind(connector))
    return Login(user, document or user, outcome)


def _user_of(parameters: dict[str, str]) -> str:
    """What stands where a sandbox user may stand: the value that looks like one, else the user field."""
    looks_right = (value for value in parameters.values() if value.startswith("user-"))
    return next(looks_right, parameters.get("user") or "user-ok")


def _sandbox_user(connector: Json, user: str) -> str:
    """Banks of the real world let anybody in who knows the password, and play sandbox users as well."""
    return user if connector.get("isSandbox") or user.startswith("user-") else "user-ok"


def _password_of(connector: Json, parameters: dict[str, str]) -> str | None:
    for credential in as_objects(connector.get("credentials")):
        if credential.get("type") == "password" and not credential.get("mfa"):
            return parameters.get(str(credential["name"]), "")
    return None


def _mfa_kind(connector: Json) -> str | None:
    """How a connector without a token field asks, told by its name."""
    if not connector.get("hasMFA"):
        return None
    name = as_text(connector.get("name")).lower()
    return next((kind for word, kind in MFA_BY_NAME.items() if word in name), "token")


def supported(connector: Json, wanted: list[str] | None) -> list[str]:
    """The products to collect: those asked for that the connector has; all of them by default."""
    offered = as_strings(connector.get("products"))
    return [product for product in offered if wanted is None or product in wanted]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
