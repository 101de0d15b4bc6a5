"""The Connect page alone in a tab, as in a phone's webview, and the private answers behind it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.browser import NewPage
from tests.pluggy_sandbox.box import Box
from tests.pluggy_sandbox.pages.stage import CPF, Simulator, choose, press, sign_in


def open_connect(
    page: Page, simulator: Simulator, path: str = "/", item_id: str | None = None, **query: str
) -> None:
    page.goto(f"{simulator.url}{path}")
    token = simulator.token(item_id)
    address = f"{simulator.url}{path}?connect_token={token}&with_sandbox=true"
    page.goto(address + "".join(f"&{name}={value}" for name, value in query.items()))
    page.wait_for_selector("h1")


def query_of(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.browser
class TestThePageAlone:
    def test_tells_the_item_and_the_events_in_its_address(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator, "/connect")
        choose(page, 2)
        sign_in(page)
        simulator.hurry()
        expect(page.get_by_role("heading", name="Pluggy Bank conectado")).to_be_visible()
        expect(page.locator(".found li")).to_have_count(3)
        told = query_of(page)
        assert told["item_id"] == simulator.items()[0]["id"]
        assert told["events"].startswith(
            "SUBMITTED_CONSENT,SELECTED_INSTITUTION,SUBMITTED_LOGIN,LOGIN_SUCCESS"
        )
        assert "error" not in told

    def test_tells_an_error_in_its_address(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        choose(page, 2)
        sign_in(page, user="user-unavailable")
        simulator.hurry()
        expect(page.get_by_role("heading", name="O banco está fora do ar")).to_be_visible()
        assert query_of(page)["error"] == "The institution is not available"

    def test_goes_back_to_the_client_that_gave_an_address(self, page: Page, simulator: Simulator) -> None:
        back = f"{simulator.url}/_static/icon.svg?from=bank"
        token = simulator.token(oauthRedirectUri=back)
        page.goto(f"{simulator.url}/?connect_token={token}&with_sandbox=true")
        choose(page, 2)
        sign_in(page)
        simulator.hurry()
        press(page, "Concluir")
        page.wait_for_url(re.compile("icon.svg"))
        assert query_of(page) == {"from": "bank", "itemId": simulator.items()[0]["id"]}

    def test_shows_each_stage_of_the_run(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        choose(page, 2)
        sign_in(page)
        expect(page.locator("li.now")).to_have_text("Entrando com segurança")
        expect(page.locator('[data-step="accounts"]')).to_have_class("done")
        expect(page.locator('[data-step="login"]')).to_have_class("done")

    @pytest.mark.parametrize(
        "fault", [{"kind": "drop"}, {"kind": "garbage"}, {"kind": "error", "status": 503}]
    )
    def test_lives_through_lost_answers(self, page: Page, simulator: Simulator, fault: dict) -> None:
        open_connect(page, simulator)
        choose(page, 2)
        sign_in(page)
        expect(page.locator("li.now")).to_be_visible()
        simulator.control("POST", "faults", {**fault, "method": "GET", "path": "/items", "times": 2})
        expect(page.get_by_text("Sem resposta. Tentando de novo…")).to_be_visible()
        expect(page.locator(".found")).to_be_visible()

    def test_says_what_a_field_needs(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        choose(page, 2)
        press(page, "Conectar")
        expect(page.locator("#field-user-wrong")).to_have_text("Preencha este campo.")
        page.fill("#field-user", "nobody")
        expect(page.locator("#field-user-wrong")).to_have_text("O usuário deve começar com 'user-'")
        sign_in(page, password="short")
        expect(page.locator("#field-password-wrong")).to_have_text("A senha deve ter de 6 a 20 caracteres")
        assert simulator.items() == []

    def test_finds_a_bank_without_accents(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        press(page, "Continuar")
        page.get_by_role("searchbox").fill("itau")
        names = page.locator(".bank .name").all_inner_texts()
        assert names
        assert all("Itaú" in name for name in names)
        page.get_by_role("searchbox").fill("no such bank")
        expect(page.get_by_text("Nada encontrado para “no such bank”.")).to_be_visible()

    def test_refuses_an_offline_bank_before_it_is_chosen(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        press(page, "Continuar")
        offline = page.get_by_role("button", name=re.compile("Pluggy Bank Offline"))
        expect(offline).to_be_disabled()
        expect(offline).to_contain_text("Fora do ar")

    def test_works_by_keyboard_alone(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.type("pluggy bank")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector("#field-user")
        for words in ("user-ok", "password-ok"):
            while page.evaluate("document.activeElement.tagName") != "INPUT" or page.evaluate(
                "document.activeElement.value"
            ):
                page.keyboard.press("Tab")
            page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Pluggy Bank conectado")).to_be_focused()

    @pytest.mark.parametrize("dark", [False, True])
    def test_fits_a_narrow_phone(self, new_page: NewPage, simulator: Simulator, dark: bool) -> None:
        page = new_page(width=360, height=640, dark=dark)
        open_connect(page, simulator)
        for step in ("Continuar", None):
            assert page.evaluate("document.documentElement.scrollWidth") == 360
            assert page.eval_on_selector("main", "main => main.scrollWidth <= main.clientWidth")
            if step:
                press(page, step)

    def test_speaks_english_when_asked(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        press(page, "EN")
        expect(page.get_by_role("heading", level=1)).to_have_text("Connect your account securely")
        assert page.title() == "Connect your account securely · Pluggy Sandbox"

    def test_says_that_a_session_expired(self, page: Page, simulator: Simulator) -> None:
        page.goto(f"{simulator.url}/?connect_token=not-a-token")
        expect(page.get_by_role("heading", name="Esta sessão expirou")).to_be_visible()

    def test_updates_an_item_with_what_the_bank_already_knows(self, page: Page, simulator: Simulator) -> None:
        item = simulator.connected()
        open_connect(page, simulator, item_id=item["id"], update_item=item["id"])
        press(page, "Atualizar agora")
        simulator.hurry()
        expect(page.get_by_role("heading", name="Pluggy Bank atualizado")).to_be_visible()
        assert [known["id"] for known in simulator.items()] == [item["id"]]


@pytest.mark.browser
class TestAConfirmation:
    @pytest.mark.parametrize("connector_id", [5, 7])
    def test_by_code_counts_down_and_connects(
        self, page: Page, simulator: Simulator, connector_id: int
    ) -> None:
        open_connect(page, simulator)
        choose(page, connector_id)
        sign_in(page)
        simulator.hurry()
        expect(page.get_by_role("timer")).to_contain_text("para responder")
        press(page, "Confirmar")
        expect(page.locator("#mfa-wrong")).to_have_text("Informe o código para continuar.")
        page.fill("#mfa-value", "123456")
        press(page, "Confirmar")
        simulator.hurry()
        expect(page.locator(".found")).to_be_visible()

    def test_by_choice(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        choose(page, 2)
        sign_in(page, user="user-ok-select")
        simulator.hurry()
        page.get_by_label("E-mail").check()
        press(page, "Confirmar")
        simulator.hurry()
        expect(page.locator(".found")).to_be_visible()

    def test_shows_the_picture_to_read(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        choose(page, 2)
        sign_in(page, user="user-ok-img")
        simulator.hurry()
        picture = page.get_by_alt_text("Imagem enviada pelo banco")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.naturalWidth") > 0

    def test_by_scanning_a_code(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        choose(page, 6)
        sign_in(page)
        simulator.hurry()
        expect(page.get_by_alt_text("Código QR para o aplicativo do banco")).to_be_visible()
        press(page, "Simular a confirmação no aplicativo")
        simulator.hurry()
        expect(page.locator(".found")).to_be_visible()

    def test_that_comes_too_late_starts_again_on_the_same_item(
        self, page: Page, simulator: Simulator
    ) -> None:
        open_connect(page, simulator)
        choose(page, 5)
        sign_in(page)
        simulator.hurry()
        page.wait_for_selector("#mfa-value")
        simulator.advance(121)
        expect(page.get_by_role("heading", name="O tempo acabou")).to_be_visible()
        press(page, "Tentar de novo")
        page.fill("#mfa-value", "123456")
        press(page, "Confirmar")
        simulator.hurry()
        expect(page.locator(".found")).to_be_visible()
        assert len(simulator.items()) == 1

    def test_refused_twice_asks_for_patience(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        choose(page, 2)
        for _ in range(2):
            sign_in(page, user="user-nobody")
            simulator.hurry()
            press(page, "Corrigir os dados")
        sign_in(page)
        expect(page.get_by_role("heading", name="Espere um pouco para tentar de novo")).to_be_visible()
        expect(page.locator(".lead")).to_contain_text(re.compile(r"até \d\d:\d\d"))

    def test_at_a_bank_without_a_second_window_comes_back_to_the_tab(
        self, page: Page, simulator: Simulator
    ) -> None:
        page.add_init_script("window.open = () => null")
        open_connect(page, simulator)
        choose(page, 600)
        page.fill("#field-cpf", CPF["ok"])
        press(page, "Ir para o banco")
        page.wait_for_selector("[role=timer]")
        press(page, "Ir para o banco")
        press(page, "Entrar")
        press(page, "Confirmar compartilhamento")
        expect(page.get_by_role("heading", name="Sandbox Open Finance conectado")).to_be_visible()
        assert query_of(page)["item_id"] == simulator.items()[0]["id"]

    def test_of_two_people_goes_on_by_itself(self, page: Page, simulator: Simulator) -> None:
        open_connect(page, simulator)
        choose(page, 600)
        page.fill("#field-cpf", CPF["two approvals"])
        press(page, "Ir para o banco")
        with page.context.expect_page() as opening:
            press(page, "Ir para o banco")
        press(opening.value, "Entrar")
        press(opening.value, "Confirmar compartilhamento")
        expect(opening.value.get_by_role("heading", name="Falta outra aprovação")).to_be_visible()
        expect(page.get_by_role("heading", name="Falta outra aprovação")).to_be_visible()
        simulator.advance(301)
        expect(page.locator(".found")).to_be_visible()


class TestThePrivateAnswers:
    def test_list_connectors_for_a_connect_token_only(self, box: Box) -> None:
        token = box.connect_token()
        answer = box.as_widget(token, "GET", "/_connect/session?sandbox=false").json()
        assert answer["now"] == "2026-11-25T12:00:00.000Z"
        assert not any(connector["isSandbox"] for connector in answer["connectors"])
        assert len(answer["connectors"]) >= 150
        assert box.get("/_connect/session").status_code == 403

    def test_list_sandbox_connectors_when_asked(self, box: Box) -> None:
        answer = box.as_widget(box.connect_token(), "GET", "/_connect/session?sandbox=true").json()
        assert {0, 2, 5, 600} <= {connector["id"] for connector in answer["connectors"]}

    def test_act_only_on_the_item_of_the_session(self, box: Box) -> None:
        token = box.connect_token()
        body = {"connectorId": 6, "parameters": {"user": "user-ok", "password": "password-ok"}}
        item = box.as_widget(token, "POST", "/items", body).json()
        box.advance(1)
        path = f"/_connect/items/{item['id']}/act"
        assert box.as_widget(box.connect_token(), "POST", path).status_code == 403
        assert box.as_widget(token, "POST", path).json() == {"approved": True}
        assert box.as_widget(token, "POST", path).json() == {"approved": False}
