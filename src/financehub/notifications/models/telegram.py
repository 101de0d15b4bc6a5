"""A private chat with our bot that belongs to a person, and the link that ties the two."""

from datetime import datetime

from django.conf import settings
from django.db import models

from financehub.companies.models import Company
from financehub.core.ids import new_id


class TelegramChat(models.Model):
    """One private chat. Blocked chats stay, so that the page can say why nothing arrives."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="telegram_chats"
    )
    chat_id = models.BigIntegerField(unique=True)
    company = models.ForeignKey(
        Company, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # chosen in the chat; the person's place in it is asked every time
    language = models.CharField(max_length=8, default="pt-br")
    muted_until = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)  # Telegram said that the person blocked the bot
    linked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"TelegramChat {self.pk}"

    def is_muted(self, at: datetime) -> bool:
        return self.muted_until is not None and at < self.muted_until


class TelegramLink(models.Model):
    """A single use link: made for a person on their page, used in the chat that becomes theirs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"TelegramLink {self.pk}"
