"""What allauth asks of us: a company at sign-up, an audit row per deed, mail that may fail, sealing."""

import base64
from functools import partial

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest
from django.utils import translation

from financehub.audit.recording import Actor, Target, record
from financehub.companies import mailing, registering
from financehub.companies.models import User
from financehub.core import crypto
from financehub.core.client_address import client_address

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - not a bind: callers without an address share one rate limit

CHANGED = "account/email/email_changed"
DEEDS = {
    "mfa/email/totp_activated": "person.two_factor_activated",
    "mfa/email/totp_deactivated": "person.two_factor_deactivated",
    "mfa/email/recovery_codes_generated": "person.recovery_codes_generated",
    CHANGED: "person.email_changed",
    "account/email/email_deleted": "person.email_removed",
}

log = structlog.get_logger()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up, sign-in, sign-out and passwords, each with its audit row in the same transaction."""

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """The new person, with the company of their own."""
        by = Actor("user", user.id, client_address(request))
        user.language = translation.get_language() or user.language
        with transaction.atomic():
            super().save_user(request, user, form, commit=commit)
            record("person.signed_up", by=by, on=Target("user", user.id), company_id=None)
            registering.open_personal_company(user=user, by=by)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Start the session."""
        with transaction.atomic():
            super().login(request, user)
            self._record("person.signed_in", user)

    def logout(self, request: HttpRequest) -> None:
        """End the session."""
        with transaction.atomic():
            if isinstance(request.user, User):
                self._record("person.signed_out", request.user)
            super().logout(request)

    def authentication_failed(self, request: HttpRequest, **_credentials: str) -> None:
        """One line for whoever watches for guessing; never the address that was tried."""
        log.warning("sign_in_failed", ip_address=client_address(request))

    def set_password(self, user: User, password: str) -> None:
        """A new password, which ends every other session by its hash."""
        with transaction.atomic():
            super().set_password(user, password)
            self._record("person.password_changed", user)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The person has shown that the address is theirs."""
        with transaction.atomic():
            confirmed = bool(super().confirm_email(request, email_address))
            if confirmed:
                self._record("person.email_confirmed", email_address.user)
        return confirmed

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, object] | None = None,
        email: str | None = None,
    ) -> None:
        """Allauth calls this once per security deed, inside the transaction of the page."""
        if template_prefix in DEEDS:
            self._record(DEEDS[template_prefix], user)
        if template_prefix == CHANGED and email:
            self._tell_former_address(user, email)
        super().send_notification_mail(template_prefix, user, context, email)

    def _tell_former_address(self, user: User, email: str) -> None:
        """Our notices go to the new one by now: who lost the account hears of it here, where it was theirs for sure."""
        if EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists():
            words = {"link": settings.PUBLIC_URL}
            mailing.send_on_commit(
                "companies/email/address_changed", to=email, language=user.language, words=words
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send once the deed is committed."""
        request = current.request
        words = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        message = self.render_mail(template_prefix, email, words)
        transaction.on_commit(partial(mailing.deliver, message, template_prefix))

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the rate limits count by."""
        return client_address(request) or UNKNOWN_ADDRESS

    def _record(self, action: str, user: User) -> None:
        by = Actor("user", user.id, client_address(current.request))
        record(action, by=by, on=Target("user", user.id), company_id=None)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second factors sealed in the database."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(crypto.seal(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(base64.b64decode(encrypted_text)).decode()
