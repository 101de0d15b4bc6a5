import re

from stripe_sandbox.pages.pdf import simple_pdf


def test_a_pdf_has_its_parts_where_its_table_says() -> None:
    content = simple_pdf(["Fatura (1)", "São Paulo", "\u65e5"])
    assert content.startswith(b"%PDF-1.4")
    assert content.endswith(b"%%EOF\n")
    start = int(re.search(rb"startxref\n(\d+)", content).group(1))
    assert content[start : start + 4] == b"xref"
    for number, place in enumerate(re.findall(rb"(\d{10}) 00000 n", content), 1):
        assert content[int(place) :].startswith(b"%d 0 obj" % number)


def test_brackets_are_escaped_and_unknown_letters_marked() -> None:
    content = simple_pdf(["Fatura (1)", "São Paulo", "\u65e5"])
    assert rb"(Fatura \(1\))" in content
    assert "(São Paulo)".encode("latin-1") in content
    assert b"(?)" in content
