"""The command line: `financehub COMMAND`, the same as `python manage.py COMMAND`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Hand the command to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")
    execute_from_command_line(sys.argv)
