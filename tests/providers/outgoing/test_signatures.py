"""Standard Webhooks: the published example, one signature for each secret, anything changed does not fit."""

import base64

from financehub.providers.outgoing import signatures

# The example of the specification and of every official library.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE = "msg_p5jXN8AQM9LWM0D4loKWxJek"
BODY = b'{"test": 2432232314}'
EXPECTED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_example() -> None:
    assert signatures.sign(MESSAGE, 1614265330, BODY, SECRET) == EXPECTED


def test_every_secret_in_use_signs() -> None:
    new = signatures.new_secret()
    told = signatures.headers(MESSAGE, 1614265330, BODY, [new, SECRET])
    first, second = told["webhook-signature"].split(" ")
    assert second == EXPECTED
    assert first == signatures.sign(MESSAGE, 1614265330, BODY, new) != second
    assert (told["webhook-id"], told["webhook-timestamp"]) == (MESSAGE, "1614265330")


def test_a_signature_fits_nothing_else() -> None:
    others = {
        signatures.sign(MESSAGE, 1614265331, BODY, SECRET),
        signatures.sign(MESSAGE, 1614265330, BODY + b" ", SECRET),
        signatures.sign("msg_other", 1614265330, BODY, SECRET),
    }
    assert EXPECTED not in others
    assert len(others) == 3


def test_a_new_secret_is_long_and_never_the_same() -> None:
    secret = signatures.new_secret()
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret != signatures.new_secret()
