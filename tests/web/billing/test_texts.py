"""There are words for everything that billing may say."""

import pytest

from financehub.billing import buying, changing, plans, portal, stripe_account, tax_ids
from financehub.billing.models import State
from financehub.web.billing import texts


@pytest.mark.parametrize(
    "error",
    [
        buying.PlanUnknown,
        buying.AlreadySubscribed,
        buying.CatalogueMissing,
        changing.NoSubscription,
        changing.SamePlan,
        changing.NotPaid,
        tax_ids.TaxIdInvalid,
        portal.NoCustomer,
        stripe_account.StripeIsOff,
    ],
)
def test_every_no_of_billing_has_words(error):
    assert error.code in texts.REFUSALS


def test_asks_for_patience_otherwise():
    assert texts.refusal("brand_new") == "O Stripe não respondeu. Tente de novo em instantes."


def test_every_plan_and_state_has_a_name():
    known = [*plans.FOR_SALE, plans.TRIAL, plans.SELF_HOSTED, plans.READ_ONLY]
    assert {plan.id for plan in known} == set(texts.PLANS)
    assert set(State.values) == set(texts.STATES)


def test_every_label_has_two_languages():
    assert all(words.pt and words.en for words in texts.page_words().values())
