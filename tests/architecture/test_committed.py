"""What is committed is for everybody: no path of one machine, no package host, no unexplained dependency."""

import re
import tomllib

import pytest
from tests.architecture.sources import ROOT, committed_files, short

# Written in pieces, so that this file does not hold what it forbids.
MACHINE_PATHS = re.compile(r"(?<![\w.}$~-])/(?:wo" r"rk|ro" r"ot|ho" r"me/\w+|Us" r"ers/\w+)/")
PACKAGE_HOSTS = re.compile(
    r"(?:registry\.np"
    r"mjs|registry\.ya"
    r"rnpkg|files\.pythonho"
    r"sted|pypi\.py"
    r"thon|://pypi\.o"
    r"rg|deb\.deb"
    r"ian)"
)


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, PACKAGE_HOSTS], ids=["machine", "hosts"])
def test_nothing_committed_names_a_machine_or_a_package_host(pattern: re.Pattern[str]) -> None:
    found = [
        f"{short(file)}:{number}: {line.strip()[:100]}"
        for file in committed_files()
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lines = {line.strip().split('"')[1]: line for line in text.splitlines() if line.strip().startswith('"')}
    assert [name for name in named if not re.search(r",\s+# \w", lines[name])] == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    for name in ("runtime.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text()
        pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*==\S+(?: ; [^\\\n]+)? \\$", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 20
