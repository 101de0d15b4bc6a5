"""Makes the installation's database and static files current: `python -m financehub.runtime.prepare`."""

import django
from django.core.management import call_command


def main() -> None:
    """Migrate, then collect static files; safe to repeat."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
