"""Our settings with django-post_office beside us, as its documentation sets it up for SMTP."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "post_office"]
DJANGOS_OWN = "django.core.mail.backends.smtp.EmailBackend"
# As many at once as serve it well: each batch starts two processes anew.
POST_OFFICE = {"BACKENDS": {"default": DJANGOS_OWN}, "BATCH_SIZE": 1000, "LOG_LEVEL": 1}
