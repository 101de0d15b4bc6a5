"""The doors for Celery do nothing without a bot."""

from uuid import uuid4

import pytest
from pytest_django import Settings

from financehub.bot import tasks

pytestmark = pytest.mark.django_db


def test_without_a_token_nothing_is_asked(settings: Settings) -> None:
    settings.TELEGRAM_BOT_TOKEN = ""
    assert tasks.work_off(chat_id=501) == 0
    assert tasks.sweep() == 0
    tasks.follow(following_id=str(uuid4()))
    assert tasks.clean_up() == 0
