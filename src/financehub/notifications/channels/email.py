"""E-mail: text and HTML through Django's mail backend; a refusal for good switches the channel off."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from financehub.companies.models import User
from financehub.notifications import texts, unsubscribing, wording
from financehub.notifications.channels.outcomes import NoAnswer, Refused, Skipped, TargetRefused, TryAgain
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import Delivery

PERMANENT = range(500, 600)
# A refusal of the sender, the relay or the content says nothing about the reader.
NOT_THE_READERS_FAULT = {503, 530, 534, 535, 538, 552, 554}


def send(delivery: Delivery) -> None:
    """Mail it. Raises TryAgain, Refused, TargetRefused, Skipped."""
    person = delivery.notification.person
    if person is None or not person.is_active:
        raise Skipped("nobody")
    message = compose(delivery, person)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        (code, _answer), *_ = error.recipients.values()
        _refuse(code)
    except smtplib.SMTPResponseException as error:
        if error.smtp_code in PERMANENT and not isinstance(error, smtplib.SMTPAuthenticationError):
            raise Refused(f"smtp_{error.smtp_code}") from error
        raise TryAgain(f"smtp_{error.smtp_code}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise NoAnswer(type(error).__name__) from error
    except ValueError as error:  # an address or a word that no mail can carry
        raise Refused("unsendable") from error


def _refuse(code: int) -> None:
    if code not in PERMANENT:
        raise TryAgain(f"smtp_{code}")
    if code in NOT_THE_READERS_FAULT:
        raise Refused(f"smtp_{code}")
    raise TargetRefused(f"smtp_{code}")


def compose(delivery: Delivery, person: User) -> EmailMultiAlternatives:
    """The message in the person's language, with the same id however often it is tried."""
    notification = delivery.notification
    said = wording.word(notification, person.language)
    small = texts.MAIL[person.language]
    unsubscribe = unsubscribing.link(person, notification.kind) if KINDS[notification.kind].may_be_off else ""
    words = {
        "said": said,
        "severity": notification.severity,
        "language": person.language,
        "greeting": small["greeting"].format(name=person.name or person.email.partition("@")[0]),
        "why": small["why"].format(company=notification.company.name),
        "small": small,
        "pay_link": notification.words.get("pay_link", ""),
        "unsubscribe": unsubscribe,
        "preferences": f"{settings.PUBLIC_URL}/avisos/preferencias",
    }
    headers = {"Message-ID": f"<{delivery.pk}@{_host()}>", "Auto-Submitted": "auto-generated"}
    if unsubscribe:  # RFC 2369 and 8058: the mail program's own button
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    body = render_to_string("notifications/email/notice.txt", words)
    message = EmailMultiAlternatives(
        said.title, body, settings.DEFAULT_FROM_EMAIL, [person.email], headers=headers
    )
    message.attach_alternative(render_to_string("notifications/email/notice.html", words), "text/html")
    return message


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"
