"""Every kind of notification: how loud, for whom, by which channels unless the person chose otherwise."""

from dataclasses import dataclass
from enum import StrEnum

from financehub.companies.permissions import Permission
from financehub.notifications.models.deliveries import Channel


class Severity(StrEnum):
    """How loudly it is said."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Group(StrEnum):
    """Under which heading the preferences show it."""

    CONNECTIONS = "connections"
    MONEY = "money"
    PLAN = "plan"
    PEOPLE = "people"
    SECURITY = "security"
    DELIVERY = "delivery"


TRAY, EMAIL, TELEGRAM, PUSH = Channel.TRAY, Channel.EMAIL, Channel.TELEGRAM, Channel.PUSH
PERSONAL: tuple[Channel, ...] = (TRAY, EMAIL, TELEGRAM, PUSH)  # those that a person can choose

_ALL = frozenset(PERSONAL)
_CHAT = frozenset({TRAY, TELEGRAM, PUSH})
_QUIET = frozenset({TRAY})
_MAIL = frozenset({TRAY, EMAIL})
_SPENT = ("category", "ignore", "split")


@dataclass(frozen=True)
class Kind:
    """`audience`: whoever may do that in the company; None when tell() is always given the people.

    Urgent ones pass quiet hours. What may not be switched off keeps the tray and e-mail whatever the person chose.
    `page` is the address that helps, `{id}` the object. `actions` are the buttons of the message in a chat.
    `template` names a pair of mail templates where texts.py has none.
    """

    name: str
    group: Group
    severity: Severity
    channels: frozenset[Channel]
    audience: Permission | None
    page: str = "/"
    is_urgent: bool = False
    may_be_off: bool = True
    actions: tuple[str, ...] = ()
    template: str = ""

    @property
    def is_for_programs(self) -> bool:
        """Outgoing webhooks hear nothing about one person, nor about telling itself."""
        return self.group in {Group.CONNECTIONS, Group.MONEY, Group.PLAN}

    def may_choose(self, channel: Channel) -> bool:
        """Whether a person may switch it: what may not be off keeps the tray and e-mail."""
        return self.may_be_off or channel not in _MAIL


def _connection(name: str, severity: Severity, *, page: str = "/conexoes/{id}", urgent: bool = False) -> Kind:
    return Kind(name, Group.CONNECTIONS, severity, _ALL, Permission.CONNECT, page, is_urgent=urgent)


def _money(
    name: str,
    severity: Severity = Severity.INFO,
    channels: frozenset[Channel] = _CHAT,
    *,
    page: str = "/transacoes",
    actions: tuple[str, ...] = (),
) -> Kind:
    return Kind(name, Group.MONEY, severity, channels, Permission.READ, page, actions=actions)


def _plan(name: str, severity: Severity = Severity.INFO) -> Kind:
    """What billing says: e-mail always, its texts are billing's own templates."""
    return Kind(
        name,
        Group.PLAN,
        severity,
        _ALL if severity != Severity.INFO else _MAIL,
        Permission.MANAGE_OWNERS,
        "/assinatura",
        may_be_off=severity == Severity.INFO,
        template=f"billing/email/{name}",
    )


def _security(name: str, severity: Severity = Severity.WARNING, *, page: str = "/conta/duas-etapas/") -> Kind:
    return Kind(name, Group.SECURITY, severity, _ALL, None, page, is_urgent=True, may_be_off=False)


_TABLE: tuple[Kind, ...] = (
    # a connection needs somebody
    _connection("connection_asks", Severity.WARNING, page="/conectar/{id}", urgent=True),
    _connection("connection_refused", Severity.ERROR),
    _connection("consent_ending", Severity.WARNING),
    _connection("consent_ended", Severity.ERROR),
    _connection("connection_ended", Severity.ERROR),
    _connection("connection_failing", Severity.WARNING),
    _connection("connection_recovered", Severity.INFO),
    _connection("quota_low", Severity.WARNING),
    Kind(
        "operator_must_look",
        Group.CONNECTIONS,
        Severity.ERROR,
        _ALL,
        Permission.MANAGE_COMPANY,
        "/conexoes/{id}",
        may_be_off=False,
    ),
    # money moved, or will
    _money("transactions_digest", channels=frozenset({TRAY, EMAIL})),
    _money("transactions_synced", channels=frozenset(), page="/leituras/{id}"),  # for programs
    _money(
        "new_spending",
        channels=frozenset({TELEGRAM}),
        page="/transacoes/{id}",
        actions=_SPENT,
    ),
    _money("unusual_spending", Severity.WARNING, page="/transacoes/{id}", actions=_SPENT),
    _money("salary_in", page="/transacoes/{id}"),
    _money("bill_closing", page="/cartoes/{id}"),
    _money("bill_due", Severity.WARNING, _ALL, page="/cartoes/{id}"),
    _money("bill_overdue", Severity.ERROR, _ALL, page="/cartoes/{id}"),
    # plan and payment
    Kind("plan_limit", Group.PLAN, Severity.WARNING, _MAIL, Permission.SEE_BILLING, "/assinatura"),
    _plan("payment_failed", Severity.ERROR),
    _plan("payment_retry", Severity.WARNING),
    _plan("payment_last_warning", Severity.ERROR),
    _plan("payment_recovered"),
    _plan("boleto_waits"),
    _plan("card_refused", Severity.WARNING),
    _plan("payment_suspected", Severity.WARNING),
    _plan("refund_failed", Severity.WARNING),
    _plan("second_subscription", Severity.WARNING),
    _plan("subscription_ended", Severity.ERROR),
    _plan("renewal_ahead"),
    _plan("trial_ending", Severity.WARNING),
    _plan("trial_over", Severity.WARNING),
    _plan("dispute_opened", Severity.WARNING),
    _plan("dispute_closed"),
    # people of the company
    Kind(
        "invited", Group.PEOPLE, Severity.INFO, _CHAT, None, "/empresa/"
    ),  # the mail with the link is the invitation
    Kind("member_joined", Group.PEOPLE, Severity.INFO, _QUIET, Permission.MANAGE_MEMBERS, "/empresa/"),
    # security
    _security("new_sign_in", page="/conta/senha/"),
    _security("password_changed", page="/conta/senha/esqueci/"),
    _security("email_changed", page="/conta/emails/"),
    _security("second_factor_changed"),
    _security("api_key_made", page="/empresa/"),
    _security("telegram_linked", page="/avisos/preferencias"),
    _security("webhook_secret_old", page="/operacao/eventos"),  # for the operators
    # the messenger itself
    Kind(
        "channel_off", Group.DELIVERY, Severity.WARNING, _MAIL, None, "/avisos/preferencias", may_be_off=False
    ),
    Kind(
        "webhook_disabled",
        Group.DELIVERY,
        Severity.ERROR,
        _MAIL,
        Permission.MANAGE_COMPANY,
        "/avisos/webhooks",
    ),
    Kind(
        "webhook_recovered",
        Group.DELIVERY,
        Severity.INFO,
        _MAIL,
        Permission.MANAGE_COMPANY,
        "/avisos/webhooks",
    ),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _TABLE}
FOR_PROGRAMS: tuple[str, ...] = tuple(kind.name for kind in _TABLE if kind.is_for_programs)
FOR_PEOPLE: tuple[Kind, ...] = tuple(kind for kind in _TABLE if kind.name != "transactions_synced")
