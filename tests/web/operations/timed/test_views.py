"""The staff sees what runs by time and can run it now; for anybody else the page does not exist."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from financehub.audit.models import AuditLog
from financehub.companies.models import User
from financehub.core import clock
from financehub.timetable import hearts
from financehub.timetable.models import TaskRun, TimedTask

pytestmark = pytest.mark.django_db

PAGE = "/operacao/tarefas"


@pytest.fixture
def staff_browser(ana: User, ana_browser: Client) -> Client:
    User.objects.filter(pk=ana.pk).update(is_staff=True)
    return ana_browser


def ran(name: str, **fields: object) -> TaskRun:
    at = clock.now() - timedelta(minutes=5)
    values = {"status": "DONE", "trigger": "clock", "planned_at": at, "started_at": at, **fields}
    return TaskRun.objects.create(name=name, **values)


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_each_task_stands_there_in_words_with_its_last_and_next_run(staff_browser: Client) -> None:
    at = clock.now()
    ran("dunning", result=4, finished_at=at - timedelta(minutes=5) + timedelta(seconds=2.5))
    TimedTask.objects.create(name="dunning", schedule="", due_at=at + timedelta(minutes=7))
    page = text_of(staff_browser, PAGE)
    row = page.partition(">Cobrança</a>")[2].partition("</tr>")[0]
    for told in ("a cada 15 min", "Concluída", "há 5 min", "pelo relógio", "2,5 s", ">4<", "Rodar agora"):
        assert told in row, told
    assert page.count("<tr>") > 10
    assert "Ainda não rodou" in page


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([], "Nenhum worker dá sinal de vida"),
        (["worker"], "O relógio parou"),
        (["worker", "beat"], "Tudo funciona"),
    ],
)
def test_the_page_says_whether_the_machinery_lives(
    staff_browser: Client, kinds: list[str], told: str
) -> None:
    for kind in kinds:
        hearts.show(kind)
    assert told in text_of(staff_browser, PAGE)


def test_a_run_spread_over_the_connections_shows_how_far_it_is(staff_browser: Client) -> None:
    ran("sync-full", status="SPREAD", parts=1000, parts_done=312)
    page = text_of(staff_browser, PAGE)
    assert "312 de 1000" in page
    assert 'id="run-sync-full" aria-label="Rodar agora: Leitura completa do dia" disabled' in page


def test_what_is_due_and_not_taken_up_waits(staff_browser: Client) -> None:
    TimedTask.objects.create(name="trials", schedule="", due_at=clock.now() - timedelta(seconds=9))
    row = text_of(staff_browser, PAGE).partition("Avisos de fim de teste</a>")[2].partition("</tr>")[0]
    assert "Na fila" in row


def test_run_now_runs_it_and_the_trail_says_who(
    staff_browser: Client, ana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff_browser.post(f"{PAGE}/clean-house/rodar")
    assert answer.headers["Location"] == PAGE
    assert TaskRun.objects.get().trigger == "person"
    assert AuditLog.objects.get(action="operations.task_asked").actor_id == ana.pk
    page = text_of(staff_browser, f"{PAGE}/clean-house")
    assert "a pedido" in page
    assert "Concluída" in page


def test_run_now_respects_the_lease(staff_browser: Client) -> None:
    ran("clean-house", status="RUNNING", lease_until=clock.now() + timedelta(minutes=1))
    page = staff_browser.post(f"{PAGE}/clean-house/rodar", follow=True).content.decode()
    assert "Já está rodando ou na fila." in page
    assert TaskRun.objects.count() == 1


def test_in_english(staff_browser: Client, ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(language="en")
    staff_browser.cookies["django_language"] = "en"
    page = text_of(staff_browser, PAGE)
    assert "every day at 00:00, 12:00 and 18:00" in page
    assert "Run now" in page


def test_for_an_owner_who_is_no_staff_it_does_not_exist(ana_browser: Client) -> None:
    answers = [ana_browser.get(address).status_code for address in (PAGE, f"{PAGE}/dunning")]
    answers.append(ana_browser.post(f"{PAGE}/dunning/rodar").status_code)
    assert answers == [404, 404, 404]
    assert not TimedTask.objects.exists()


def test_a_task_of_no_such_name_does_not_exist(staff_browser: Client) -> None:
    assert staff_browser.get(f"{PAGE}/none").status_code == 404
    assert staff_browser.post(f"{PAGE}/none/rodar").status_code == 404
