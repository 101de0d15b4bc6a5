"""What a bank may ask after the password: the field it shows, the answers it takes."""

from dataclasses import dataclass
from datetime import datetime

from pluggy_sandbox import texts
from pluggy_sandbox.clock import stamp
from pluggy_sandbox.errors import MfaParameterMismatch
from pluggy_sandbox.images import digits_image, qr_image
from pluggy_sandbox.shapes import Json

CODE = "123456"
# A 1-step bank refuses the value of the previous run, so a second one must be right as well.
ONE_STEP_CODES = frozenset({CODE, "654321"})


@dataclass(frozen=True)
class Challenge:
    """One question: the credential that describes it and the values the bank accepts."""

    credential: Json
    accepted: frozenset[str]

    @property
    def name(self) -> str:
        return str(self.credential["name"])

    def parameter(self, expires_at: datetime) -> Json:
        """`item.parameter`: the field to show, with its deadline."""
        return {**self.credential, "expiresAt": stamp(expires_at)}

    def answer_in(self, body: Json) -> str:
        """The value under the expected name; raises MfaParameterMismatch when it is absent."""
        value = body.get(self.name)
        if value is None or isinstance(value, dict | list):
            raise MfaParameterMismatch(data={"paramName": self.name})
        return str(value)


def _field(kind: str, name: str, label: str, **more: object) -> Json:
    return {"name": name, "label": label, "type": kind, "mfa": True, "optional": False, **more}


def challenge_of(kind: str) -> Challenge:
    """The question of one kind: token, image, select, phone, company or qr."""
    return _CHALLENGES[kind]


def _choice(name: str, label: str, options: dict[str, str]) -> Challenge:
    shown = [{"value": value, "label": text} for value, text in options.items()]
    return Challenge(_field("select", name, label, options=shown), frozenset(options))


_CHALLENGES = {
    "token": Challenge(
        _field(
            "number",
            "token",
            texts.CODE_LABEL,
            placeholder=CODE,
            validation=r"^\d{6}$",
            validationMessage=texts.CODE_INVALID,
            assistiveText=texts.CODE_HELP,
        ),
        frozenset({CODE}),
    ),
    "image": Challenge(
        _field("image", "token", texts.IMAGE_LABEL, data=digits_image(CODE)), frozenset({CODE})
    ),
    "qr": Challenge(_field("image", "token", texts.QR_LABEL, data=qr_image(CODE)), frozenset({CODE})),
    "select": _choice("option", texts.SELECT_LABEL, texts.SELECT_OPTIONS),
    "phone": _choice("phone", texts.PHONE_LABEL, texts.PHONE_OPTIONS),
    "company": _choice("company", texts.COMPANY_LABEL, texts.COMPANY_OPTIONS),
}


def qr_user_action(item_id: str, expires_at: datetime) -> Json:
    """A QR code to be read inside the bank's application; nothing is typed."""
    return {
        "type": "qr",
        "instructions": texts.QR_INSTRUCTIONS,
        "attributes": {"data": qr_image(item_id)},
        "expiresAt": stamp(expires_at),
    }


def authorise_user_action(url: str | None, expires_at: datetime) -> Json:
    """Approval elsewhere: the bank's consent page when there is a `url`, else a trusted device."""
    return {
        "type": "authorize-access",
        "instructions": texts.AUTHORISE_AT_BANK if url else texts.AUTHORISE_DEVICE,
        "attributes": {"url": url} if url else {},
        "expiresAt": stamp(expires_at),
    }
