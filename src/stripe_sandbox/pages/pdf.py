"""A PDF of one page of text, without any library."""

MARGIN, TOP, LEADING, SIZE, TITLE_SIZE = 56, 780, 20, 11, 18


def simple_pdf(rows: list[str]) -> bytes:
    """The first row is the title; letters outside of Latin-1 become question marks."""
    text = [f"BT /F1 {TITLE_SIZE} Tf {MARGIN} {TOP} Td ({_escaped(rows[0])}) Tj ET"]
    text += [
        f"BT /F1 {SIZE} Tf {MARGIN} {TOP - LEADING * (n + 1)} Td ({_escaped(line)}) Tj ET"
        for n, line in enumerate(rows[1:], 1)
    ]
    stream = "\n".join(text).encode("latin-1", "replace")
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + head + table + tail
