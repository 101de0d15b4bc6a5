"""Every state of an event has words and a tone."""

from financehub.web.operations import texts
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.replaying import PARKED


def test_every_state_has_words_in_both_languages():
    assert set(texts.STATUSES) == {*WebhookEvent.Status.values, PARKED} == set(texts.TONES)
    assert all(words.pt and words.en for words in texts.STATUSES.values())
    assert texts.status_of("dead") == "Falhou de vez"
