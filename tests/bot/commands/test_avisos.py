"""The buttons under a notice of spending, as notifications writes them."""

import pytest
from tests.builders import make_account, make_company, make_member, make_transaction
from tests.telegram_world import Chat

from financehub.audit.models import AuditLog
from financehub.banking.models import Transaction
from financehub.companies.models import Company, Role
from financehub.notifications.kinds import KINDS

pytestmark = pytest.mark.django_db
SUPERMARKET = "10000000"


@pytest.fixture
def row(bakery: Company) -> Transaction:
    account = make_account(company=bakery)
    for _ in range(3):
        make_transaction(account=account, category_id=SUPERMARKET)
    return make_transaction(account=account, description="Loja <1>", amount_cents=-12345)


def press(phone: Chat, data: str) -> str:
    phone.phone.sends_data(data, phone.phone.heard[-1] if phone.phone.heard else phone.says("/ajuda"))
    return phone.settle().text


def test_a_category_is_chosen_from_the_usual_ones(phone: Chat, row: Transaction) -> None:
    assert "Categoria de <b>Loja &lt;1&gt;</b> (R$ 123,45)" in press(phone, f"n:category:{row.pk}")
    assert phone.last.labels == ["Supermercado", "Outras…"]
    assert phone.presses("Supermercado").text == "✅ <b>Loja &lt;1&gt;</b>: Supermercado"
    row.refresh_from_db()
    assert row.own_category_id == SUPERMARKET
    trail = AuditLog.objects.get(action="company.transaction_edited")
    assert (trail.facts["via"], trail.facts["fields"]) == ("telegram", "own_category_id")


def test_or_from_the_whole_tree(phone: Chat, row: Transaction) -> None:
    press(phone, f"n:category:{row.pk}")
    assert len(phone.presses("Outras").labels) == 22
    phone.presses(phone.last.labels[0])
    chosen = phone.last.labels[-1]
    phone.presses(chosen)
    row.refresh_from_db()
    assert row.own_category_id is not None
    assert chosen in phone.last.text


def test_a_row_is_left_out_and_counted_again(phone: Chat, row: Transaction) -> None:
    assert "não conta mais" in press(phone, f"n:ignore:{row.pk}")
    row.refresh_from_db()
    assert row.is_ignored
    assert "conta de novo" in phone.presses("Desfazer").text
    row.refresh_from_db()
    assert not row.is_ignored


def test_a_row_is_remembered_for_splitting_once(phone: Chat, row: Transaction) -> None:
    for _ in range(2):
        assert f"https://hub.example.com/transacoes/{row.pk}" in press(phone, f"n:split:{row.pk}")
    row.refresh_from_db()
    assert row.own_tags == ["dividir"]


def test_a_notice_of_another_company_of_the_person_works_by_their_role_there(phone: Chat) -> None:
    other = make_company(name="Oficina")
    place = make_member(company=other, user=phone.chat.person, role=Role.MEMBER)
    row = make_transaction(account=make_account(company=other))
    assert "não conta mais" in press(phone, f"n:ignore:{row.pk}")
    place.role = Role.VIEWER
    place.save()
    assert "só de leitura" in press(phone, f"n:i:{row.pk.hex}")


@pytest.mark.parametrize("data", ["n:ignore:x", "n:nothing:{row}", "n:c:{row}:99", "n:u:{row}:99"])
def test_a_forged_press_changes_nothing(phone: Chat, row: Transaction, data: str) -> None:
    assert press(phone, data.format(row=row.pk.hex)) == "Isso não existe mais."
    row.refresh_from_db()
    assert row.edited_at is None


def test_every_action_that_a_notice_offers_is_answered(phone: Chat, row: Transaction) -> None:
    actions = {action for kind in KINDS.values() for action in kind.actions}
    assert actions
    for action in actions:
        assert "Isso não existe mais" not in press(phone, f"n:{action}:{row.pk}")
