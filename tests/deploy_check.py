"""`check --deploy` on production settings, with nothing silenced and warnings as failures."""

import os
import subprocess
import sys

PRODUCTION = {
    "DEBUG": "off",
    "SECRET_KEY": "only-for-this-check-" + "Zq8vT2mX" * 6,
    "ALLOWED_HOSTS": "give.example.org",
    "SITE_URL": "https://give.example.org",
    "DATABASE_URL": "postgres://footnote@127.0.0.1/footnote",
    "CELERY_BROKER_URL": "amqp://guest:guest@127.0.0.1:5672//",
    "CACHE_URL": "rediscache://127.0.0.1:6379/1",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "NewsCafe <support@example.org>",
    "STRIPE_SECRET_KEY": "rk_live_check",
    "STRIPE_WEBHOOK_SECRET": "whsec_check",
}


def main() -> int:
    """Django's own list of what a production site must not be without."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env={**os.environ, **PRODUCTION}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
