"""What is started: everything on the loopback, nothing secret where the process list shows it."""

from pathlib import Path

from financehub.runtime import children
from financehub.runtime.environment import Ports

PORTS = Ports(web=9000, realtime=9001, simulator=9002)
ENVIRONMENT = {"PLUGGY_CLIENT_ID": "id", "PLUGGY_CLIENT_SECRET": "secret"}


class TestTheDoors:
    def test_start_with_what_people_see(self) -> None:
        names = [child.name for child in children.doors(ENVIRONMENT, PORTS, Path("/d"), worker_inside=False)]
        assert names == ["web", "realtime", "worker", "beat"]

    def test_listen_on_the_loopback_only(self) -> None:
        web, realtime, *_ = children.doors(ENVIRONMENT, PORTS, Path("/d"), worker_inside=False)
        for child, port in ((web, "9000"), (realtime, "9001")):
            command = list(child.command)
            assert command[command.index("--host") + 1] == "127.0.0.1"
            assert command[command.index("--port") + 1] == port

    def test_need_no_worker_beside_them_when_it_lives_inside(self) -> None:
        doors = children.doors(ENVIRONMENT, PORTS, Path("/d"), worker_inside=True)
        assert [child.name for child in doors] == ["web", "realtime"]
        assert doors[0].command[-1] == "financehub.runtime.one_process:application"


class TestTheSimulator:
    def test_is_a_program_beside_this_python(self) -> None:
        command = list(children.simulator(ENVIRONMENT, 9002).command)
        assert Path(command[0]).name == "pluggy-sandbox"
        assert Path(command[0]).exists()
        assert command[1:3] == ["--port", "9002"]


class TestTheSeed:
    def test_gets_its_password_where_the_process_list_does_not_show_it(self) -> None:
        child = children.seed(ENVIRONMENT, "demo@example.com", "s3cret")
        assert "s3cret" not in " ".join(child.command)
        assert child.environment["FINANCEHUB_DEMO_PASSWORD"] == "s3cret"
