"""A chat and a person: tied from the page, confirmed in the chat, parted from either side; strangers learn nothing."""

from datetime import timedelta

import pytest
from tests.builders import make_account, make_company, make_member, make_transaction
from tests.people import signed_in
from tests.telegram_stand_in import USERNAME, StandIn
from tests.telegram_world import ANA, CARLA, Chat, link, telegram

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.companies.models import Company, Membership, Role, User
from financehub.core import clock
from financehub.notifications.models import TelegramChat, TelegramLink

__all__ = ["telegram"]
pytestmark = pytest.mark.django_db

EVERYTHING = (
    "/saldo", "/extrato", "/extrato Segredo", "/fatura", "/minhas_contas", "/conectar_banco", "/desconectar_banco",
    "/sincronizar", "/empresa", "/idioma", "/silenciar", "/desvincular", "/cancelar", "/ajuda", "/start", "oi",
    "/balance", "/statement",
)  # fmt: skip
SECRET = "Segredo"


def stranger(world: StandIn, language: str = "pt-br", number: int = CARLA) -> Chat:
    return Chat(world.person("Carla", number=number, language=language))


def token_from_page(person: User) -> str:
    page = signed_in(person).post("/conta/telegram/vincular").content.decode()
    return page.split(f"https://t.me/{USERNAME}?start=")[1].split('"')[0]


@pytest.fixture
def rich_bakery(bakery: Company) -> Company:
    account = make_account(company=bakery, name=SECRET, balance_cents=987_654_321, balance_at=clock.now())
    make_transaction(account=account, description=SECRET, amount_cents=-987_654)
    return bakery


@pytest.mark.parametrize(
    ("language", "asked", "yes", "done"),
    [
        ("pt-br", "Vincular este chat à conta", "Sim", "Pronto, Ana"),
        ("en", "Link this chat to the account", "Yes", "Done, Ana"),
    ],
)
def test_from_the_page_to_the_chat_and_back_out(
    telegram: StandIn, ana: User, bakery: Company, language: str, asked: str, yes: str, done: str
) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    chat = stranger(telegram, language, ANA)
    question = chat.says(f"/start {token_from_page(ana)}")
    assert asked in question.text
    assert "a***@example.com" in question.text
    assert not TelegramChat.objects.exists()
    chat.presses(yes)
    assert done in chat.texts[-2]
    assert "/saldo" in chat.texts[-1]
    row = TelegramChat.objects.get()
    assert (row.person, row.company, row.chat_id, row.language) == (ana, bakery, ANA, language)
    linked = AuditLog.objects.get(action="person.telegram_linked")
    assert (linked.actor_id, linked.facts["via"]) == (ana.pk, "telegram")
    chat.says("/desvincular")
    chat.presses("Sim" if language == "pt-br" else "Yes")
    assert not TelegramChat.objects.exists()
    assert AuditLog.objects.get(action="person.telegram_unlinked").facts["via"] == "telegram"
    assert "/conta/telegram" in chat.says("/saldo").text


def test_start_leads_to_the_page_that_makes_the_link(telegram: StandIn, ana: User, bakery: Company) -> None:
    chat = stranger(telegram, number=ANA)
    hello = chat.says("/start")
    assert "https://hub.example.com/conta/telegram" in hello.text
    assert hello.button("Entrar e vincular")["url"] == "https://hub.example.com/conta/telegram"


def test_a_link_is_used_once_and_in_time(telegram: StandIn, ana: User, bakery: Company) -> None:
    token = token_from_page(ana)
    first, second = stranger(telegram, number=ANA), stranger(telegram, number=CARLA)
    first.says(f"/start {token}")
    second.says(f"/start {token}")
    first.presses("Sim")
    second.presses("Sim")
    assert [chat.chat_id for chat in TelegramChat.objects.all()] == [ANA]
    assert "já foi usado ou venceu" in second.texts[-1]
    late = token_from_page(ana)
    TelegramLink.objects.filter(used_at=None).update(expires_at=clock.now() - timedelta(seconds=1))
    assert "já foi usado ou venceu" in second.says(f"/start {late}").text
    forged = late[:-4] + ("AAAA" if not late.endswith("AAAA") else "BBBB")
    assert "já foi usado ou venceu" in second.says(f"/start {forged}").text
    second.phone.sends_data("start:no", second.phone.heard[0])
    second.settle()
    assert TelegramChat.objects.count() == 1


@pytest.mark.parametrize("language", ["pt-br", "en"])
def test_a_stranger_with_the_same_commands_learns_nothing(
    telegram: StandIn, rich_bakery: Company, ana: User, language: str
) -> None:
    link(telegram, ana, ANA, rich_bakery)
    other = stranger(telegram, language)
    answers = {other.says(command).text for command in EVERYTHING}
    assert len(answers) == 1  # the same for whatever exists and whatever does not
    account = make_account(company=rich_bakery, name=SECRET)
    forged = [
        "saldo:", "extrato:p:000000:0", f"fatura:{account.pk.hex}", f"desconectar_banco:d:{account.item_id.hex}",
        f"responder:{account.item_id.hex}:0", f"n:ignore:{make_transaction(account=account).pk.hex}",
        f"empresa:{rich_bakery.pk.hex}",
    ]  # fmt: skip
    for data in forged:
        other.phone.sends_data(data)
        other.settle()
    told = " ".join(other.texts)
    for word in (SECRET, "9.876", "Padaria", "ana@"):
        assert word not in told
    assert AuditLog.objects.filter(actor_id=None).count() == 0


def test_a_linked_person_reaches_nothing_of_another_company(
    telegram: StandIn, rich_bakery: Company, carla: User
) -> None:
    other = link(telegram, carla, CARLA)
    account = make_account(company=rich_bakery, name=SECRET)
    row = make_transaction(account=account, description=SECRET)
    other.says("/saldo")
    for data in (
        f"fatura:{account.pk.hex}", f"desconectar_banco:q:{account.item_id.hex}",
        f"desconectar_banco:d:{account.item_id.hex}", f"responder:{account.item_id.hex}",
        f"sincronizar:{account.item_id.hex}", f"n:category:{row.pk}", f"n:c:{row.pk.hex}:10000000",
        f"n:ignore:{row.pk}",
        f"n:split:{row.pk}", f"empresa:{rich_bakery.pk.hex}",
    ):  # fmt: skip
        other.phone.sends_data(data)
        assert other.settle().text == "Isso não existe mais."
    row.refresh_from_db()
    assert (row.is_ignored, row.own_category_id, row.own_tags) == (False, None, None)
    account.item.refresh_from_db()
    assert not account.item.is_disconnected
    assert SECRET not in " ".join(other.texts)


def test_nothing_about_money_is_said_in_a_group(telegram: StandIn, rich_bakery: Company, ana: User) -> None:
    link(telegram, ana, ANA, rich_bakery)
    group = Chat(telegram.person("Ana", number=ANA))
    group.phone.group_id = -1001
    for command in EVERYTHING:
        if command.startswith("/"):
            assert group.says(command).text == (
                f"Não falo de dinheiro em grupos. Fale comigo em particular: https://t.me/{USERNAME}"
            )
    said = len(group.texts)
    group.says("bom dia")
    group.phone.sends_data("saldo:")
    group.settle()
    assert len(group.texts) == said
    assert SECRET not in str(telegram.asked("answerCallbackQuery"))


def test_with_several_companies_the_person_chooses(
    telegram: StandIn, ana: User, rich_bakery: Company
) -> None:
    workshop = make_company(name="Oficina da Ana")
    make_member(company=workshop, user=ana, role=Role.VIEWER)
    chat = stranger(telegram, number=ANA)
    chat.says(f"/start {token_from_page(ana)}")
    chat.presses("Sim")
    assert chat.phone.last.labels == ["Padaria da Ana", "Oficina da Ana"]
    chat.presses("Oficina")
    assert "Ainda não há contas" in chat.says("/saldo").text
    chat.says("/empresa")
    chat.presses("Padaria")
    assert "R$ 9.876.543,21" in chat.says("/saldo").text
    Membership.objects.of(rich_bakery).filter(user=ana).delete()
    said = chat.says("/saldo").text
    assert "Oficina da Ana" not in said or "Ainda não há contas" in said
    assert "R$ 9.876" not in said


def test_who_belongs_nowhere_is_told_so(telegram: StandIn, ana: User, rich_bakery: Company) -> None:
    chat = link(telegram, ana, ANA, rich_bakery)
    Membership.objects.of(rich_bakery).filter(user=ana).delete()
    assert chat.says("/saldo").text == "Você não participa mais de nenhuma empresa aqui."


def test_a_viewer_reads_and_changes_nothing(telegram: StandIn, rich_bakery: Company, bruno: User) -> None:
    chat = link(telegram, bruno, CARLA, rich_bakery)
    assert "R$ 9.876.543,21" in chat.says("/saldo").text
    before = AuditLog.objects.count()
    for command in ("/conectar_banco", "/desconectar_banco", "/sincronizar"):
        assert "só de leitura" in chat.says(command).text
    item = make_account(company=rich_bakery).item
    chat.phone.sends_data(f"desconectar_banco:d:{item.pk.hex}")
    assert "só de leitura" in chat.settle().text
    assert AuditLog.objects.count() == before


def test_one_who_blocked_the_bot_is_not_written_to_and_is_back_when_they_write(
    telegram: StandIn, ana: User, bakery: Company
) -> None:
    chat = link(telegram, ana, ANA, bakery)
    chat.says("/ajuda")
    chat.phone.blocks_the_bot()
    chat.settle()
    assert chat.chat.blocked_at is not None
    telegram.blocked.clear()
    chat.says("/ajuda")
    assert chat.chat.blocked_at is None
    telegram.blocked.add(ANA)  # without having been told
    chat.says("/saldo")
    assert chat.chat.blocked_at is not None


def test_the_chat_of_another_changes_hands_only_by_a_confirmed_link(
    telegram: StandIn, ana: User, carla: User, bakery: Company
) -> None:
    chat = link(telegram, ana, ANA, bakery)
    question = chat.says(f"/start {token_from_page(carla)}")
    assert "c***@example.com" in question.text
    assert chat.chat.person == ana
    chat.presses("Sim")
    assert chat.chat.person == carla
    assert "Padaria" not in chat.says("/saldo").text
    by = AuditLog.objects.filter(action="person.telegram_linked").latest("created_at")
    assert Actor("user", by.actor_id) == Actor("user", carla.pk)
