"""A person answers the review queue without a mouse: accept, never again, undo; and reads why."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.banking.identity.cards import Card, connect_card, row
from tests.builders import make_account, make_transaction
from tests.web.browser.conftest import Open

from financehub.banking.identity import inbox
from financehub.banking.models import MergedRow, Rejection
from financehub.companies.models import Company, User
from financehub.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def card(bakery: Company, settings: Any) -> Card:
    """Two equal purchases that came back under new ids, the first with a note; and an old pending one."""
    settings.SYNC_START_GAP_SECONDS = 0
    card = connect_card(bakery)
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente da Bia")
    card.sync(row("b1"), row("b2"))
    old = clock.days_before(clock.today(), 20)
    make_transaction(account=make_account(company=bakery), status="PENDING", date=old, description="Reserva")
    return card


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words)).to_be_visible()


def test_a_question_is_answered_undone_and_refused_by_keyboard(
    open_as: Open, ana: User, card: Card, bakery: Company
) -> None:
    page = open_as(ana, "/revisao")
    questions = page.locator("[data-question]")
    expect(questions).to_have_count(2)
    expect(questions.nth(0)).to_be_focused()
    says(page, "Sua nota: presente da Bia")
    expect(page.get_by_text("mesmo valor, mesmo dia, mesma descrição").first).to_be_visible()

    page.keyboard.press("2")
    says(page, "suas anotações estão no lançamento escolhido")
    assert "presente da Bia" in card.notes().values()
    page.keyboard.press("u")
    says(page, "a pergunta voltou para a fila")
    assert "presente da Bia" not in card.notes().values()

    page.keyboard.press("n")
    says(page, "Não vamos perguntar de novo")
    assert Rejection.objects.of(bakery).filter(kind="rekeyed").count() == 2
    page.keyboard.press("u")
    says(page, "a pergunta voltou para a fila")
    assert not Rejection.objects.of(bakery).exists()


def test_j_and_k_walk_and_the_question_in_focus_is_the_one_answered(
    open_as: Open, ana: User, card: Card, bakery: Company
) -> None:
    page = open_as(ana, "/revisao")
    questions = page.locator("[data-question]")
    page.keyboard.press("j")
    expect(questions.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(questions.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("n")
    says(page, "Continua pendente, sem mais avisos")
    expect(questions).to_have_count(1)
    assert not inbox.expired(bakery).exists()


def test_repeated_rows_are_marked_merged_and_parted_by_keyboard(
    open_as: Open, ana: User, bakery: Company
) -> None:
    account = make_account(company=bakery)
    for name in ("Padaria", "PADARIA LTDA"):
        make_transaction(account=account, description=name)
    page = open_as(ana, "/transacoes")
    page.get_by_role("link", name="Há repetidas? Juntar").press("Enter")
    for name in ("Padaria", "PADARIA LTDA"):
        page.get_by_label(f"Escolher {name}", exact=True).press("Space")
    page.get_by_role("button", name="São o mesmo: juntar").press("Enter")
    says(page, "Juntados: contam uma vez só")
    assert MergedRow.objects.of(bakery).count() == 1
    page.goto(page.url.partition("/transacoes")[0] + "/revisao")
    page.keyboard.press("u")
    says(page, "são dois lançamentos de novo")
    assert not MergedRow.objects.of(bakery).exists()
