"""Pages, API and webhooks under WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")  # noqa: TID251 - before settings exist

django_application = get_wsgi_application()

from financehub.webhooks.early import doors_first  # noqa: E402 - needs the app registry

application = doors_first(django_application)
