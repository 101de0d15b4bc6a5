import json

from tests.stripe_sandbox.box import Box

from stripe_sandbox.answers import error_answer, json_answer
from stripe_sandbox.errors import Unauthorized


def test_json_is_written_for_people() -> None:
    answer = json_answer({"id": "x"}, headers={"Request-Id": "req_1"})
    assert answer.body == b'{\n  "id": "x"\n}'
    assert answer.headers["request-id"] == "req_1"


def test_an_error_has_its_status_and_body() -> None:
    answer = error_answer(Unauthorized("no"))
    assert answer.status_code == 401
    assert json.loads(answer.body)["error"]["message"] == "no"


def test_a_control_body_must_be_an_object(box: Box) -> None:
    for content in (b"[1]", b"{"):
        answer = box.call("POST", "/_control/clock", content=content)
        assert answer.status_code == 400
