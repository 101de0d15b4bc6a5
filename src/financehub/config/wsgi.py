"""Pages, API and webhooks under WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")  # noqa: TID251 - before settings exist

application = get_wsgi_application()
