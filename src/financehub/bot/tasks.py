"""Doors for Celery: ids in, one call. A message may come twice, late or never; the rows decide."""

from uuid import UUID

from celery import shared_task

from financehub.bot import following, handling, sweeping
from financehub.notifications import telegram_bot


@shared_task(name="bot.work_off")
def work_off(*, chat_id: int) -> int:
    return handling.work_off(chat_id) if telegram_bot.is_configured() else 0


@shared_task(name="bot.follow")
def follow(*, following_id: str) -> None:
    if telegram_bot.is_configured():
        following.look(UUID(following_id))


@shared_task(name="bot.sweep")
def sweep() -> int:
    return sweeping.sweep() if telegram_bot.is_configured() else 0


@shared_task(name="bot.clean_up")
def clean_up() -> int:
    return sweeping.clean_up()
