"""The files behind URLs in the data: statements as one-page PDFs, logos of connectors."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pluggy_sandbox.catalogue.logos import UnknownConnector, logo_svg
from pluggy_sandbox.errors import NotFound


def one_page_pdf(line: str) -> bytes:
    """A valid PDF that shows one line of ASCII text."""
    text = line.encode("ascii", "replace").replace(b"(", b"[").replace(b")", b"]")
    drawing = b"BT /F1 14 Tf 72 770 Td (" + text + b") Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


async def statement_file(request: Request) -> Response:
    line = f"Pluggy sandbox statement {request.path_params['id']}"
    return Response(one_page_pdf(line), media_type="application/pdf")


async def logo_file(request: Request) -> Response:
    try:
        drawing = logo_svg(request.path_params["id"])
    except UnknownConnector:
        raise NotFound("connector") from None
    return Response(drawing, media_type="image/svg+xml")


routes = [Route("/statements/{id}.pdf", statement_file), Route("/assets/connectors/{id:int}.svg", logo_file)]
