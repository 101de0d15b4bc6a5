import pytest

from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.forms import read_form, read_multipart


def test_brackets_become_documents_and_lists() -> None:
    read = read_form(
        "items[0][price]=p&items[1][price]=q&expand[]=a&expand[]=b&metadata[k]=v&flag=true&empty="
    )
    assert read == {
        "items": [{"price": "p"}, {"price": "q"}],
        "expand": ["a", "b"],
        "metadata": {"k": "v"},
        "flag": "true",
        "empty": "",
    }


def test_percent_encoded_brackets_read_the_same() -> None:
    assert read_form("created%5Bgte%5D=5&q=a+b%C3%A9") == {"created": {"gte": "5"}, "q": "a bé"}


@pytest.mark.parametrize("text", ["a[b=1", "a=1&a[b]=2", "a" + "[x]" * 40 + "=1"])
def test_tangled_brackets_are_refused(text: str) -> None:
    with pytest.raises(InvalidRequest):
        read_form(text)


def test_multipart_gives_texts_and_files() -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="purpose"\r\n\r\ndispute_evidence\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF\r\n--x--\r\n"
    )
    read = read_multipart("multipart/form-data; boundary=x", body)
    assert read["purpose"] == "dispute_evidence"
    assert read["file"] == {"filename": "a.pdf", "content": b"%PDF", "type": "application/pdf"}


def test_a_body_that_is_not_multipart_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        read_multipart("text/plain", b"hello")
