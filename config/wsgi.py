"""What a WSGI server loads. With no broker configured it carries the task queue as well."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from config import embedded  # noqa: E402

if settings.QUEUE_IS_EMBEDDED:
    embedded.start()
