"""Every state, reason and layer of events has words."""

from financehub.web.operations import texts
from financehub.webhooks.desks import UNKNOWN_TYPE
from financehub.webhooks.handlers import pluggy, stripe
from financehub.webhooks.layers import LAYERS, SETTING_ASIDE
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.replaying import PARKED
from financehub.webhooks.standing import OVER_THE_LIMIT


def test_every_state_has_words_in_both_languages():
    assert set(texts.STATUSES) == {*WebhookEvent.Status.values, PARKED} == set(texts.TONES)
    assert all(words.pt and words.en for words in texts.STATUSES.values())
    assert texts.status_of("dead") == "Falhou de vez"


def test_every_layer_of_the_door_has_words():
    assert set(texts.LAYERS) == {*LAYERS, *SETTING_ASIDE}


def test_every_reason_of_ours_has_words_and_a_vendors_own_stays():
    ends = (pluggy.NO_ITEM, pluggy.NO_CONNECTOR, pluggy.NOTHING_NAMED)
    ours = {end.ignored_because for end in ends} | {pluggy.STRANGER, stripe.STRANGER, stripe.ONLY_KEPT}
    ours |= {stripe.NOT_YET, stripe.stripe_billing.NOBODYS.ignored_because, UNKNOWN_TYPE, OVER_THE_LIMIT}
    assert ours <= set(texts.REASONS)
    assert texts.reason_of("PluggyUnavailable: HTTP 503") == "PluggyUnavailable: HTTP 503"
