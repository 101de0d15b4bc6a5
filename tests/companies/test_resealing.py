"""Second factors go on working after a rotation, and the trail says that it was done."""

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM
from financehub.companies import resealing
from financehub.companies.adapter import MfaAdapter
from financehub.companies.models import User
from financehub.core import crypto

pytestmark = pytest.mark.django_db

OLD, NEW = f"old:{crypto.new_key()}", f"new:{crypto.new_key()}"


def test_second_factors_are_sealed_again_once_and_open_without_the_old_key(
    settings: Settings, ana: User
) -> None:
    settings.FINANCEHUB_KEYS = OLD
    adapter = MfaAdapter()
    totp = Authenticator.objects.create(user=ana, type="totp", data={"secret": adapter.encrypt("JBSWY3DP")})
    codes = {"seed": adapter.encrypt("seed"), "used_mask": 3}
    Authenticator.objects.create(user=ana, type="recovery_codes", data=codes)
    Authenticator.objects.create(user=ana, type="webauthn", data={"secret": "not ours", "seed": 7})
    settings.FINANCEHUB_KEYS = f"{NEW},{OLD}"
    told = [resealing.reseal(by=SYSTEM, tell=lambda _: None)[-1] for _ in range(2)]
    assert [(tally.where, tally.resealed, tally.closed) for tally in told] == [
        ("mfa_authenticator.data", 2, 0),
        ("mfa_authenticator.data", 0, 0),
    ]
    settings.FINANCEHUB_KEYS = NEW
    totp.refresh_from_db()
    assert adapter.decrypt(totp.data["secret"]) == "JBSWY3DP"
    assert Authenticator.objects.get(type="recovery_codes").data["used_mask"] == 3
    deeds = AuditLog.objects.filter(action="operations.resealed").order_by("created_at")
    assert [deed.facts for deed in deeds] == [{"resealed": 2, "closed": 0}, {"resealed": 0, "closed": 0}]


def test_a_second_factor_that_no_key_opens_is_counted(settings: Settings, ana: User) -> None:
    settings.FINANCEHUB_KEYS = OLD
    Authenticator.objects.create(user=ana, type="totp", data={"secret": MfaAdapter().encrypt("x")})
    settings.FINANCEHUB_KEYS = NEW
    assert resealing.reseal(by=SYSTEM, tell=lambda _: None)[-1].closed == 1
