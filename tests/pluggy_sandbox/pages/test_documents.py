"""Each page comes with a policy that lets in its own files and nothing else."""

import pytest
from tests.pluggy_sandbox.box import Box

from pluggy_sandbox.pages.documents import top_level


@pytest.mark.parametrize("path", ["/", "/connect"])
def test_the_connect_page_may_be_framed(box: Box, path: str) -> None:
    policy = box.get(path).headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors" not in policy


@pytest.mark.parametrize("path", ["/bank/authorize", "/_control"])
def test_pages_where_a_person_decides_may_not_be_framed(box: Box, path: str) -> None:
    assert "frame-ancestors 'none'" in box.get(path).headers["content-security-policy"]


def test_values_are_escaped() -> None:
    body = bytes(top_level("control", errors="", inputs="", kinds='"><script>').body).decode()
    assert 'data-kinds="&quot;&gt;&lt;script&gt;"' in body
