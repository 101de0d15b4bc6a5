"""Sending a person an e-mail once the deed is committed; a mail server that is away never undoes the deed."""

from functools import partial
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

log = structlog.get_logger()


def send_on_commit(template: str, *, to: str, language: str, words: dict[str, str]) -> None:
    """Render `<template>_subject.txt` and `_message.txt` in the reader's language, send after commit."""
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", words).split())
        body = render_to_string(f"{template}_message.txt", words)
    message = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to])
    transaction.on_commit(partial(deliver, message, template))


def deliver(message: EmailMessage, template: str) -> None:
    """Hand the message to the mail server; a failure is one warning in the log."""
    try:
        message.send()
    except (OSError, SMTPException) as error:
        log.warning("mail_not_sent", template=template, error=type(error).__name__)
