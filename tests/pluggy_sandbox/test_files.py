"""Files behind URLs in the data."""

from tests.pluggy_sandbox.box import Box

from pluggy_sandbox.files import one_page_pdf


def test_a_statement_is_a_pdf_whose_table_points_at_its_objects() -> None:
    pdf = one_page_pdf("Extrato (teste)")
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert pdf[start:].startswith(b"xref\n0 6\n")
    assert b"[teste]" in pdf
    first = int(pdf[start:].split(b"\n")[3][:10])
    assert pdf[first:].startswith(b"1 0 obj")


def test_a_logo_of_nobody_is_not_found(box: Box) -> None:
    assert box.get("/assets/connectors/99999.svg").status_code == 404
