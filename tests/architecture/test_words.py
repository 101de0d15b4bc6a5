"""Code is in English; Portuguese lives in templates, data and files named texts.py."""

import re

from tests.architecture.sources import ROOT, python_files, short

ACCENTED = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]")
FORBIDDEN_NAMES = re.compile(r"^(utils?|helpers?|common|services?|misc)$")
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


def test_no_accented_letter_outside_texts() -> None:
    files = [file for file in python_files("src") if file.name != "texts.py"]
    found = [
        f"{short(file)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if ACCENTED.search(line)
    ]
    assert found == []


def test_no_room_or_module_is_named_after_nothing() -> None:
    names = {
        short(file): file.relative_to(ROOT / "src").with_suffix("").parts for file in python_files("src")
    }
    assert [file for file, parts in names.items() if any(map(FORBIDDEN_NAMES.match, parts))] == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    files = python_files("src", "tests", "bench")
    assert [short(file) for file in files if UNFINISHED.search(file.read_text())] == []
