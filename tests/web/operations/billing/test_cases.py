"""Late payments of every company, and the story of one."""

import pytest
from tests.billing.conftest import moving_shop  # noqa: F401 - fixture
from tests.web.operations.billing.reading import CASES, text_of

from financehub.billing import dunning
from financehub.billing.models import DunningCase

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(moving_shop):  # noqa: F811
    shop = moving_shop
    shop.buy()
    customer = shop.api.customers.list({}).data[0].id
    shop.box.control("/outcomes", of=customer, outcomes=["insufficient_funds"] * 2)
    shop.pass_time(days=31)
    shop.pass_time(seconds=7200)
    shop.pass_time(days=3)
    dunning.run(at=shop.at())
    shop.hear()
    return DunningCase.objects.of(shop.company).get()


def test_the_list_is_filtered_and_one_tells_what_was_tried_and_said(staff, case):
    assert "Padaria da Ana" in text_of(staff, CASES, situacao="open")
    assert "Padaria da Ana" in text_of(staff, CASES, busca=case.invoice.stripe_id)
    assert "Padaria da Ana" not in text_of(staff, CASES, situacao="paid")
    text = text_of(staff, f"{CASES}/{case.pk}")
    for words in (
        "R$ 29,00",
        "pode passar outro dia",
        "dia 3: <strong>recusado</strong>",
        "insufficient_funds",
        "Uma renovação não foi paga",
        "Tentou cobrar uma fatura",
        "Pagamento falhou",
        "Nova tentativa de cobrança",
    ):
        assert words in text
