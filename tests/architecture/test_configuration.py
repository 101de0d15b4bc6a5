"""No dead configuration: what can be set is read, what is read can be set, and the example says all of it."""

import ast
import re

from celery.app.defaults import SETTING_KEYS
from django.conf import global_settings
from tests.architecture.sources import ROOT, python_files, tree

SETTINGS = ROOT / "src/financehub/config/settings.py"
READERS = r'\b(?:text|flag|integer|words|choices|times)\("([A-Z_]+)"'
REFUSED = {"UPSTASH_REDIS_REST_URL"}  # read only to say which variable is meant
OF_ALLAUTH = ("ACCOUNT_", "MFA_")


def source_text(*folders: str) -> str:
    return "\n".join(file.read_text() for file in python_files(*folders))


def variables_read() -> set[str]:
    config = "".join(SETTINGS.with_name(name).read_text() for name in ("settings.py", "env.py", "beat.py"))
    return set(re.findall(READERS, config)) - REFUSED


def variables_in_the_example() -> list[str]:
    return re.findall(r"^(?:# ?)?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def settings_made() -> set[str]:
    assigned = (node for node in tree(SETTINGS).body if isinstance(node, ast.Assign))
    targets = [target for node in assigned for target in node.targets]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def is_read(name: str) -> bool:
    if name.startswith("CELERY_"):
        return name.removeprefix("CELERY_").lower() in SETTING_KEYS
    if hasattr(global_settings, name) or name.startswith(OF_ALLAUTH):
        return True
    used_here = len(re.findall(rf"\b{name}\b", SETTINGS.read_text())) > 1
    return used_here or f"settings.{name}" in source_text("src/financehub")


def test_every_setting_is_read_somewhere() -> None:
    assert {name for name in settings_made() if not is_read(name)} == set()


def test_every_variable_the_settings_read_is_in_the_example() -> None:
    assert variables_read() - set(variables_in_the_example()) == set()


def test_every_variable_in_the_example_is_read_and_named_once() -> None:
    named = variables_in_the_example()
    scripts = [file.read_text() for file in (ROOT / "script").iterdir()]
    everything = source_text("src/financehub", "tests") + "\n".join(scripts)
    assert [name for name in named if not re.search(rf"\b{name}\b", everything)] == []
    assert len(named) == len(set(named))
