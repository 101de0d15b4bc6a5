"""/extrato: what its lines say; pages, filters and the file are in the journeys."""

from datetime import timedelta

import pytest
from tests.builders import make_account, make_transaction
from tests.telegram_world import Chat

from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


def test_lines_are_escaped_and_say_what_does_not_count(phone: Chat, bakery: Company) -> None:
    account = make_account(company=bakery)
    make_transaction(account=account, description="<b>Loja & Cia", amount_cents=-100)
    make_transaction(account=account, description="Reserva", status="PENDING", amount_cents=-200)
    make_transaction(account=account, description="Engano", is_ignored=True, amount_cents=500)
    said = phone.says("/extrato").text
    assert "&lt;b&gt;Loja &amp; Cia  <b>-R$ 1,00</b>" in said
    assert "⏳ Reserva" in said
    assert "Engano  <b>R$ 5,00</b> (não conta)" in said
    assert "Entrou R$ 0,00 · saiu R$ 1,00" in said


def test_older_rows_are_out_of_it(phone: Chat, bakery: Company) -> None:
    account = make_account(company=bakery)
    for days in (29, 30):
        make_transaction(account=account, description=f"d{days}", date=clock.today() - timedelta(days=days))
    said = phone.says("/statement").text
    assert "d29" in said
    assert "d30" not in said


def test_an_old_list_says_so(phone: Chat) -> None:
    phone.phone.sends_data("extrato:p:abcdef:1", phone.says("/extrato"))
    phone.settle()
    asked = phone.phone.world.asked("answerCallbackQuery")[-1]
    assert asked["text"] == "Esta lista é antiga; peça /extrato de novo."


def test_an_account_of_somebody_else_is_no_filter(phone: Chat, bakery: Company) -> None:
    make_transaction(account=make_account(company=bakery))
    theirs = make_account()
    data = phone.says("/extrato").button("Conta")["callback_data"]
    phone.phone.sends_data(f"{data.replace(':a:', ':c:')}:{theirs.pk.hex}")
    assert "Não deu certo" in phone.settle().text


def test_what_is_searched_for_is_kept_short_and_escaped(phone: Chat, bakery: Company) -> None:
    said = phone.says("/extrato <i>" + "x" * 200).text
    assert f"Com: “&lt;i&gt;{'x' * 57}”" in said
