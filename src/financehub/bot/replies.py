"""What is said to the bot and what it says, as data: nothing here reaches Telegram or the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from financehub.audit.recording import Actor
from financehub.bot.memory import Memory
from financehub.companies.models import Company, Membership, User
from financehub.companies.permissions import Permission
from financehub.core.errors import Denied
from financehub.notifications.models import TelegramChat
from financehub.providers.telegram.keyboards import Button

WHERE_FROM = "telegram"


@dataclass(frozen=True)
class File:
    """A file to send."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Reply:
    """One message in Telegram's HTML. With `edits` it takes the place of the message whose button was pressed."""

    text: str = ""
    buttons: Sequence[Sequence[Button]] = ()
    photo: bytes = b""
    file: File | None = None
    edits: bool = False


@dataclass(frozen=True)
class Follow:
    """The chat wants to hear how this goes on: an Item, or (None) what comes of Connect."""

    connector_name: str
    item_id: str | None = None


@dataclass(frozen=True)
class Answer:
    """Everything that follows from one thing said. `memory` None leaves it as it is; `toast` ends a press."""

    replies: tuple[Reply, ...] = ()
    memory: Memory | None = None
    toast: str = ""
    follow: Follow | None = None

    @classmethod
    def of(
        cls,
        text: str,
        buttons: Sequence[Sequence[Button]] = (),
        *,
        edits: bool = False,
        memory: Memory | None = None,
        follow: Follow | None = None,
    ) -> Self:
        """One message."""
        return cls((Reply(text, buttons, edits=edits),), memory, follow=follow)


@dataclass(frozen=True)
class Said:
    """A linked person said something in private: the words after a command, a free text, or a press's words."""

    chat: TelegramChat
    place: Membership
    at: datetime
    text: str = ""
    memory: Memory = field(default_factory=Memory)

    @property
    def company(self) -> Company:
        return self.place.company

    @property
    def person(self) -> User:
        return self.place.user

    @property
    def by(self) -> Actor:
        """Who acts, for the audit trail."""
        return Actor("user", self.place.user_id, via=WHERE_FROM)

    def require(self, permission: Permission) -> None:
        """Raises Denied unless the person's role allows it."""
        if not self.place.may(permission):
            raise Denied(permission=permission.value)

    def saying(self, text: str) -> Self:
        return replace(self, text=text)
