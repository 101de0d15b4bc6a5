"""What lost messages and dead processes left behind: updates, messages to erase, connections to tell of, old rows."""

from datetime import timedelta

from financehub.banking import preparing
from financehub.bot import following, handling
from financehub.bot.models import BotUpdate, Conversation, Following
from financehub.core import clock, jobs

OVERDUE = timedelta(seconds=15)  # how long the first message about an update may take
KEPT = timedelta(days=7)  # longer than Telegram repeats an update (a day)
QUIET = timedelta(days=30)
AT_ONCE = 200


def sweep() -> int:
    """Offer again what is due; how many chats."""
    at = clock.now()
    due = BotUpdate.objects.due(at - OVERDUE)
    chats = list(due.order_by("chat_id").values_list("chat_id", flat=True).distinct()[:AT_ONCE])
    for chat_id in chats:
        jobs.enqueue("bot.work_off", chat_id=chat_id)
    for row in BotUpdate.objects.to_erase().filter(received_at__lt=at - OVERDUE)[:AT_ONCE]:
        handling.erase(row)
    following.look_at_all()
    return len(chats)


def clean_up() -> int:
    """Forget updates that are over, conversations that nobody goes on with, documents nobody used; how many updates."""
    at = clock.now()
    over = BotUpdate.objects.filter(finished_at__lt=at - KEPT)
    gone, _ = over.exclude(must_erase=True, erased_at__isnull=True).delete()
    Conversation.objects.filter(updated_at__lt=at - QUIET).delete()
    Following.objects.filter(finished_at__lt=at - KEPT).delete()
    preparing.forget_documents()
    return gone
