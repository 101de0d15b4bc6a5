"""Every address of the pages answers, and the files they need come with them."""

import re

import pytest
from tests.pluggy_sandbox.box import Box

from pluggy_sandbox.pages.documents import STATIC


@pytest.mark.parametrize("path", ["/", "/connect", "/bank/authorize", "/_control"])
def test_each_page_brings_files_that_exist(box: Box, path: str) -> None:
    page = box.get(path)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    files = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(files) >= 3
    assert {box.get(file).status_code for file in files} == {200}


def test_every_import_of_a_script_exists() -> None:
    scripts = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]
    assert len(scripts) >= 15
    for script in scripts:
        for target in re.findall(r'from "(\.[^"]+)"', script.read_text(encoding="utf-8")):
            assert (script.parent / target).resolve().is_file(), f"{script}: {target}"


def test_both_languages_say_the_same_things() -> None:
    for texts in STATIC.rglob("texts.js"):
        portuguese, english = texts.read_text(encoding="utf-8").split("\n  en: {")
        keys = [re.findall(r'^    "?([\w.\-/]+)"?:', half, re.MULTILINE) for half in (portuguese, english)]
        assert len(keys[0]) > 20
        assert keys[0] == keys[1], texts


def test_no_page_reaches_outside_its_own_site(box: Box) -> None:
    for path in STATIC.rglob("*"):
        if path.suffix in (".js", ".css") and "vendor" not in path.parts:
            outside = re.findall(r"https?://(?!www\.w3\.org/2000/svg)", path.read_text(encoding="utf-8"))
            assert outside == [], path
