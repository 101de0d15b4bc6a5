"""Documents keep to what is there: links lead somewhere, named scripts exist, decisions are numbered."""

import re
from pathlib import Path

import pytest
from tests.architecture.sources import ROOT, committed_files

DOCUMENTS = [file for file in committed_files() if file.suffix == ".md" and "vendor" not in file.parts]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PATH = re.compile(r"`((?:src|tests|script|docs|bench)/[\w./-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_a_document_points_at_exists(document: Path) -> None:
    text = document.read_text()
    links = [(document.parent / target, target) for target in LINK.findall(text)]
    paths = [(ROOT / target, target) for target in PATH.findall(text)]
    assert [target for place, target in links + paths if not place.exists()] == []


def test_the_architecture_can_be_read_at_one_sitting() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 150


def test_decisions_are_numbered_without_a_gap_and_say_what_follows_from_them() -> None:
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [int(file.name[:4]) for file in decisions] == list(range(1, len(decisions) + 1))
    for file in decisions:
        headings = re.findall(r"^## (\w+)", file.read_text(), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences", "Alternatives"], file.name


def test_both_readmes_name_the_same_commands() -> None:
    commands = [
        re.findall(r"^\| `([^`]+)` \|", (ROOT / name).read_text(), re.MULTILINE)
        for name in ("README.md", "README.pt-BR.md")
    ]
    assert commands[0] == commands[1] != []
