"""The floors of the house hold: import-linter's contracts, and what imports cannot say."""

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import PROGRAMS, ROOT, python_files, short

SANDBOX_BRANCH = re.compile(r"\b(if|elif|while)\b[^\n]*\b(sandbox|simulator)\b", re.IGNORECASE)
# The supervisor decides which programs to start; the vendor's own word for its test institutions is data.
MAY_NAME_IT = {"src/financehub/runtime", "src/financehub/banking/models/connectors.py"}


def test_nobody_looks_up() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[-3000:]


def test_the_product_never_asks_whether_the_bank_is_played() -> None:
    files = [
        file for file in python_files("src/financehub") if not short(file).startswith(tuple(MAY_NAME_IT))
    ]
    found = [
        f"{short(file)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if SANDBOX_BRANCH.search(line)
    ]
    assert found == []


def test_the_programs_are_told_apart_by_their_address_only() -> None:
    text = "\n".join(file.read_text() for file in python_files("src/financehub"))
    assert [program for program in PROGRAMS if program != "financehub" and program in text] == []
