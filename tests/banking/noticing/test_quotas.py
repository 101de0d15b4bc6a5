"""A monthly limit that will not last is told once a month."""

from datetime import timedelta

from tests.builders import make_connector, make_item

from financehub.banking.models import QuotaSpending
from financehub.banking.noticing import quotas
from financehub.banking.quotas.regulated import month_of
from financehub.core import clock
from financehub.notifications import wording
from financehub.notifications.models import Notification


def test_a_limit_that_is_spent_is_told_once(bakery, ana):
    connector = make_connector(id=600, name="Banco Aberto", is_open_finance=True)
    item = make_item(company=bakery, connector=connector, products=["IDENTITY"])
    at = clock.now()
    for number in range(4):
        QuotaSpending.objects.create(
            company=bakery,
            item=item,
            connector_id=connector.pk,
            kind="execution",
            at=at - timedelta(minutes=number),
            month=month_of(at),
            spent=["identity"],
            refused=[],
        )
    assert quotas.tell_ending_early() == 1
    assert quotas.tell_ending_early() == 1
    row = Notification.objects.of(bakery).get()
    assert (row.kind, row.words["left"], row.words["limit"]) == ("quota_low", 0, 4)
    said = wording.word(row, "pt-br")
    assert said.title == "O limite mensal de Banco Aberto está no fim"
    assert "Restam 0 de 4 para dados cadastrais" in said.body
