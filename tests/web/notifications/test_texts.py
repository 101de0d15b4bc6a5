"""Every reason has words; what nobody foresaw is shown as it is."""

import pytest

from financehub.web.notifications import texts


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("smtp_550", "O servidor de e-mail recusou (código 550)"),
        ("http_410", "O endereço respondeu 410"),
        ("ConnectionRefusedError", "O servidor de e-mail não respondeu"),
        ("muted", "O chat estava silenciado"),
        ("something_new", "something_new"),
    ],
)
def test_reasons_in_words(code, words):
    assert texts.reason(code) == words
