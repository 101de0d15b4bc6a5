"""The command line: `financehub COMMAND`, the same as `python manage.py COMMAND`."""

import importlib
import os
import sys

from financehub.runtime import data_directory
from financehub.runtime.environment import SETTINGS_MODULE

# The supervisor stays small: it must not load Django, which its children load anyway.
OF_THE_RUNTIME = ("up", "demo", "doctor")


def main() -> None:
    """Run a command of the runtime, or hand it to Django with the variables of the local installation."""
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OF_THE_RUNTIME:
        sys.exit(importlib.import_module(f"financehub.runtime.{command}").main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    _use_installation()
    importlib.import_module("django.core.management").execute_from_command_line(sys.argv)


def _use_installation() -> None:
    """Where nobody named a database, use the one that `financehub up` made, with everything beside it."""
    if "DATABASE_URL" in os.environ:
        return
    file = data_directory.locate() / data_directory.ENVIRONMENT_FILE
    for name, value in data_directory.read_variables(file).items():
        os.environ.setdefault(name, value)
