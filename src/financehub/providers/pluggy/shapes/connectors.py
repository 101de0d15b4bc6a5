"""Connectors: the institutions one can connect, and what each asks for."""

from decimal import Decimal

import msgspec

from financehub.providers.pluggy.shapes.base import Moment, Record, Shape, Text


class CredentialOption(Shape, kw_only=True):
    value: str
    label: Text = ""


class Credential(Shape, kw_only=True):
    """A field a Connector asks for; also the `parameter` of an Item that waits for MFA."""

    name: str
    label: Text = ""
    type: str = "text"
    assistive_text: str | None = None
    data: str | None = None
    placeholder: str | None = None
    validation: str | None = None
    validation_message: str | None = None
    mfa: bool | None = None
    options: list[CredentialOption] | None = None
    optional: bool | None = None
    instructions: str | None = None
    expires_at: Moment | None = None


class Incident(Shape, kw_only=True):
    id: Text = ""
    title: Text = ""
    description: str | None = None
    type: str | None = None
    product: str | None = None
    kind: str | None = None
    severity: str | None = None
    state: str | None = None
    started_at: Moment | None = None
    updated_at: Moment | None = None
    url: str | None = None


class HealthDetails(Shape, kw_only=True):
    connection_rate_last6_hours: Decimal | None = msgspec.field(name="connectionRateLast6Hours", default=None)
    connections_last6_hours: Decimal | None = msgspec.field(name="connectionsLast6Hours", default=None)


class Health(Shape, kw_only=True):
    """`status` is ONLINE, UNSTABLE or OFFLINE; an OFFLINE Connector refuses new Items."""

    status: str | None = None
    stage: str | None = None
    incidents: list[Incident] | None = None
    details: HealthDetails | None = None


class Connector(Record, kw_only=True):
    id: int
    name: Text = ""
    institution_url: str | None = None
    image_url: str | None = None
    primary_color: str | None = None
    type: str | None = None
    country: str | None = None
    credentials: list[Credential] | None = None
    has_mfa: bool | None = msgspec.field(name="hasMFA", default=None)
    products: list[str] | None = None
    product_coverage: list[str] | None = None
    oauth: bool | None = None
    oauth_url: str | None = None
    reset_password_url: str | None = None
    health: Health | None = None
    is_open_finance: bool | None = None
    is_sandbox: bool | None = None
    supports_payment_initiation: bool | None = None
    supports_scheduled_payments: bool | None = None
    supports_smart_transfers: bool | None = None
    supports_boleto_management: bool | None = None
    supports_automatic_pix: bool | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None


class ParameterError(Shape, kw_only=True):
    code: Text = ""
    message: Text = ""
    parameter: Text = ""


class Validation(Shape, kw_only=True):
    """What Pluggy thinks of credentials before they are used: no `errors` means the form is right."""

    parameters: dict[str, str] | None = None
    errors: list[ParameterError] | None = None
