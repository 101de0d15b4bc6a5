"""Our own Valkey starts on a socket, answers, and remembers."""

import io
from pathlib import Path

import redis

from financehub.runtime import broker
from financehub.runtime.supervisor import Supervisor


class TestValkey:
    def test_answers_on_its_socket_and_remembers_after_a_restart(self, tmp_path: Path) -> None:
        server = broker.binary()
        assert server is not None
        path = broker.socket_path(tmp_path)
        url = broker.variables(path)["REDIS_URL"]
        with Supervisor(io.StringIO()) as supervisor:
            supervisor.start(broker.child(server, tmp_path, path))
            with redis.Redis.from_url(url) as client:
                client.set("kept", "yes")
        assert not broker.answers(path)
        with Supervisor(io.StringIO()) as supervisor:
            supervisor.start(broker.child(server, tmp_path, path))
            with redis.Redis.from_url(url) as client:
                assert client.get("kept") == b"yes"


class TestTheSocket:
    def test_lies_in_the_data_directory(self, tmp_path: Path) -> None:
        assert broker.socket_path(Path("/data")) == Path("/data/valkey.sock")

    def test_moves_to_a_short_place_when_the_path_is_too_long_for_a_socket(self, tmp_path: Path) -> None:
        path = broker.socket_path(tmp_path / ("x" * 100))
        assert len(str(path)) < 100
        path.parent.rmdir()
