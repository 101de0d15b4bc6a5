"""What is started, in which order, with nothing secret where the process list shows it."""

from pathlib import Path

from financehub.runtime import children
from financehub.runtime.environment import Ports
from financehub.runtime.supervisor import Child

PORTS = Ports(web=9000, realtime=9001, simulator=9002)
ENVIRONMENT = {"PLUGGY_CLIENT_ID": "id", "PLUGGY_CLIENT_SECRET": "secret"}


def words(child: Child) -> list[str]:
    assert not callable(child.work)
    return list(child.work)


class TestTheDoors:
    def test_start_with_what_people_see(self) -> None:
        doors = children.doors(ENVIRONMENT, PORTS, worker_inside=False)
        assert [child.name for child in doors] == ["web", "realtime", "worker", "beat"]

    def test_need_no_worker_beside_them_when_it_lives_inside(self) -> None:
        doors = children.doors(ENVIRONMENT, PORTS, worker_inside=True)
        assert [child.name for child in doors] == ["web", "realtime"]


class TestTheBot:
    def test_asks_by_itself_when_there_is_a_token(self) -> None:
        with_token = {**ENVIRONMENT, "TELEGRAM_BOT_TOKEN": "1:x"}
        doors = children.doors(with_token, PORTS, worker_inside=False)
        assert [child.name for child in doors] == ["web", "realtime", "worker", "beat", "bot"]
        assert "1:x" not in " ".join(words(children.register_bot(with_token)))

    def test_is_no_process_where_telegram_delivers(self) -> None:
        delivered = {**ENVIRONMENT, "TELEGRAM_BOT_TOKEN_FILE": "/t", "TELEGRAM_WEBHOOK_URL": "https://x"}
        assert children.has_bot(delivered)
        assert "bot" not in [one.name for one in children.doors(delivered, PORTS, worker_inside=False)]
        assert not children.has_bot(ENVIRONMENT)


class TestTheSimulator:
    def test_is_a_program_beside_this_python(self) -> None:
        command = words(children.simulator(ENVIRONMENT, 9002, Path("/d")))
        assert Path(command[0]).name == "pluggy-sandbox"
        assert Path(command[0]).exists()
        assert command[1:3] == ["--port", "9002"]


class TestStripe:
    def test_is_a_program_beside_this_python_that_remembers(self) -> None:
        environment = {**ENVIRONMENT, "STRIPE_SECRET_KEY": "sk_test_x"}
        command = words(children.stripe_simulator(environment, 9003, Path("/d")))
        assert Path(command[0]).name == "stripe-sandbox"
        assert Path(command[0]).exists()
        assert command[1:5] == ["--port", "9003", "--memory", "/d/stripe.memory"]

    def test_gets_its_plans_by_the_operators_command(self) -> None:
        assert words(children.set_up_stripe(ENVIRONMENT))[-1] == "setup_stripe"


class TestTheSeed:
    def test_gets_its_password_where_the_process_list_does_not_show_it(self) -> None:
        child = children.seed(ENVIRONMENT, "demo@example.com", "s3cret")
        assert "s3cret" not in " ".join(words(child))
        assert child.environment["FINANCEHUB_DEMO_PASSWORD"] == "s3cret"
