"""A real SMTP server on the loopback that keeps what it is given and refuses what it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailServer:
    """What arrived; `refuses` an address at RCPT or everything at DATA with a reply of its own."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refused_addresses: dict[str, str] = field(default_factory=dict)
    refused_data: str = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused_addresses:
            return self.refused_addresses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd names it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.refused_data:
            return self.refused_data
        self.mails.append(message_from_bytes(bytes(envelope.content or b""), policy=policy.default))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """The server while the block runs."""
    with socket.create_server(
        ("127.0.0.1", 0)
    ) as free:  # aiosmtpd tries the port it was given, so 0 does not do
        port = free.getsockname()[1]
    found = MailServer(port)
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield found
    finally:
        controller.stop()
