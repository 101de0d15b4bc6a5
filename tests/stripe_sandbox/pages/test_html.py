from stripe_sandbox.pages.html import (
    alert,
    field,
    filled,
    link_button,
    message,
    row,
    safe_address,
    whole_page,
)


def test_a_page_keeps_to_itself_and_runs_no_script() -> None:
    page = whole_page("pt", "Oi", "<p>x</p>")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert 'lang="pt-BR"' in page.body.decode()
    assert b"<script" not in page.body


def test_what_is_filled_in_is_escaped_unless_it_is_html() -> None:
    html = filled("message", title="<b>", note="&", link_html="<a>x</a>")
    assert "&lt;b&gt;" in html
    assert "&amp;" in html
    assert "<a>x</a>" in html


def test_a_field_is_tied_to_its_error() -> None:
    html = field("email", "E-mail", error="Falta", value='"x"')
    assert 'for="email"' in html
    assert 'aria-describedby="email-error"' in html
    assert "&quot;x&quot;" in html


def test_pieces_escape_and_scripts_are_no_links() -> None:
    assert "&lt;" in row("<", "1")
    assert alert("") == ""
    assert 'role="alert"' in alert("x")
    assert safe_address(" JavaScript:alert(1)") == "#"
    assert 'href="#"' in link_button("javascript:x", "y")
    assert b"Oi" in message("pt", "Oi", "", ("/x", "ir")).body
