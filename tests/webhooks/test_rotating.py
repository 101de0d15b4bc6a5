"""A new secret beside the old one, until the vendor proves it or a day is over."""

import json
from datetime import timedelta

import pytest
from tests.webhooks.knocks import SECRET, body, knock
from tests.webhooks.stripe_knocks import signed_header, stripe_body, stripe_knock

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM
from financehub.core import clock
from financehub.core.errors import NotConfigured
from financehub.providers.pluggy.errors import PluggyError
from financehub.webhooks import door_keys, registering, rotating
from financehub.webhooks.models import WebhookSecret

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:8000/api/webhooks/pluggy"


class TestRotatePluggy:
    @pytest.fixture(autouse=True)
    def address(self, settings):
        settings.PLUGGY_WEBHOOK_URL = URL

    def sent_by_pluggy(self, simulator):
        (webhook,) = simulator.client().fetch_webhooks()
        return webhook.headers["X-Webhook-Secret"]

    def test_gives_pluggy_the_new_secret_and_keeps_the_old_one_for_a_day(self, simulator):
        registering.register_pluggy()

        assert rotating.rotate("pluggy", by=SYSTEM).outcome == "repaired"

        new = self.sent_by_pluggy(simulator)
        assert new != SECRET
        old = WebhookSecret.objects.get(fingerprint=door_keys.fingerprint(SECRET))
        assert timedelta(hours=23) < old.expires_at - clock.now() <= timedelta(hours=24)
        assert knock(body()).status_code == 202
        assert knock(body(), secret=new).status_code == 202

    def test_ends_the_old_secret_a_moment_after_the_new_one_is_proved(self, simulator):
        registering.register_pluggy()
        rotating.rotate("pluggy", by=SYSTEM)
        assert knock(body(), secret=self.sent_by_pluggy(simulator)).status_code == 202

        past = clock.now() - timedelta(seconds=1)
        WebhookSecret.objects.filter(fingerprint=door_keys.fingerprint(SECRET)).update(expires_at=past)
        door_keys.forget()

        assert knock(body()).status_code == 401

    def test_keeps_the_old_secret_when_pluggy_could_not_be_told(self, simulator):
        registering.register_pluggy()
        simulator.control("/faults", kind="error", path="/webhooks", method="PATCH")
        with pytest.raises(PluggyError):
            rotating.rotate("pluggy", by=SYSTEM)
        old = WebhookSecret.objects.get(fingerprint=door_keys.fingerprint(SECRET))
        assert old.expires_at is None
        assert knock(body()).status_code == 202

    def test_shows_no_secret_in_the_trail(self, simulator):
        rotating.rotate("pluggy", by=SYSTEM)
        log = AuditLog.objects.get(action="webhooks.secret_rotated")
        assert log.facts == {}

    def test_changes_nothing_where_pluggy_has_no_address_of_ours(self, settings):
        settings.PLUGGY_WEBHOOK_URL = ""
        with pytest.raises(NotConfigured):
            rotating.rotate("pluggy", by=SYSTEM)
        assert not WebhookSecret.objects.exists()


def endpoint_ids(stripe_api):
    return {endpoint.id for endpoint in stripe_api.client().v1.webhook_endpoints.list().data}


class TestRotateStripe:
    def test_makes_a_second_endpoint_and_deletes_the_first_when_its_time_is_over(self, stripe_api):
        first = registering.register_stripe().webhook_id
        second = rotating.rotate("stripe", by=SYSTEM).webhook_id
        assert endpoint_ids(stripe_api) == {first, second}
        secrets = [WebhookSecret.objects.get(vendor_id=key).value for key in (first, second)]
        for secret in secrets:
            content = json.dumps(stripe_body()).encode()
            header = signed_header(content, secret=secret)
            assert stripe_knock(content, header=header).status_code == 202
        WebhookSecret.objects.filter(vendor_id=first).update(expires_at=clock.now())
        door_keys.forget()

        assert rotating.retire() == 1
        assert endpoint_ids(stripe_api) == {second}
        assert WebhookSecret.objects.get(vendor_id=first).value is None
        content = json.dumps(stripe_body()).encode()
        assert stripe_knock(content, header=signed_header(content, secret=secrets[0])).status_code == 400

    def test_keeps_the_secret_while_the_endpoint_cannot_be_deleted(self, stripe_api, settings):
        registering.register_stripe()
        WebhookSecret.objects.update(expires_at=clock.now())
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"
        assert rotating.retire() == 0
        assert WebhookSecret.objects.get().value
