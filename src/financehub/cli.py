"""The command line: `financehub COMMAND`, the same as `python manage.py COMMAND`."""

import importlib
import os
import sys

from financehub.runtime import environment

# The supervisor stays small: it must not load Django, which its children load anyway.
CUT_SHORT = 141  # what a shell reports of a program that SIGPIPE ended
OF_THE_RUNTIME = ("up", "demo", "doctor")


def main() -> None:
    """Run a command of the runtime, or hand it to Django with the variables of the local installation."""
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OF_THE_RUNTIME:
        sys.exit(importlib.import_module(f"financehub.runtime.{command}").main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", environment.SETTINGS_MODULE)
    environment.adopt_installation()
    try:
        importlib.import_module("django.core.management").execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CUT_SHORT)
