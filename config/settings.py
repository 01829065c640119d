"""All settings in one file; the environment decides, and a half-configured one does not start.

With none of our names in the environment, or with DEBUG on, this is a trial on one machine:
SQLite, an embedded task queue, mail into files and the providers' stand-ins, each unless set.
With any of them set and DEBUG off, what production needs has to be there.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config import environment, mail, policy, providers
from config.environment import env
from config.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")

DEBUG = environment.boolean("DEBUG", default=False)
TRIAL = DEBUG or environment.nothing_is_set()
PORT = int(os.environ.get("SITE_PORT") or os.environ.get("PORT") or 8000)
STANDIN_PORT = int(os.environ.get("STANDIN_PORT") or PORT + 1)
PAYPAL_PORT = int(os.environ.get("PAYPAL_PORT") or PORT + 2)

SITE_URL = environment.url("SITE_URL", f"http://127.0.0.1:{PORT}" if TRIAL else None)
SECRET_KEY = environment.text(
    "SECRET_KEY", environment.kept_secret(VAR_DIR / "secret_key") if TRIAL else None
)
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY is too short: use at least 50 random characters.")
ALLOWED_HOSTS = [
    host.strip()
    for host in environment.text(
        "ALLOWED_HOSTS", ",".join(("127.0.0.1", "localhost", "[::1]")) if TRIAL else None
    ).split(",")
    if host.strip()
]
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS names no host.")
ON_HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "donations.apps.DonationsConfig",
    "config.apps.FootnoteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "donations.web.doors.ProviderDoors",
    "donations.web.warm.WarmPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "donations.web.signin.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- where things are kept -------------------------------------------------------------------

DATABASE_URL = environment.parsed(
    "DATABASE_URL",
    environment.text(
        "DATABASE_URL", f"sqlite:///{VAR_DIR / 'footnote.sqlite3'}" if TRIAL else None
    ),
    ("postgres", "postgresql", "sqlite"),
)
DATABASES: dict[str, dict[str, Any]] = {"default": dict(env.db_url_config(DATABASE_URL))}
if DATABASE_URL.startswith("sqlite"):
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    # Threads of a server come and go; a pool bounds what they may open. Our engine is Django's,
    # and looks whether a connection lives, so that a restart of the database is no error page.
    DATABASES["default"]["ENGINE"] = "config.postgresql"
    DATABASES["default"].setdefault("OPTIONS", {})
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 16, "timeout": 10}
    # Our statements are short or many; compiling a list's to machine code takes longer than it.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c jit=off")
    # Of the statements that ask for it (see config/postgresql), from the fifth time on.
    DATABASES["default"]["OPTIONS"].setdefault("prepare_threshold", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "donations.User"

CACHE_URL = environment.parsed(
    "CACHE_URL",
    environment.text("CACHE_URL", "locmemcache://"),
    ("locmemcache", "rediscache", "redis", "rediss", "memcache", "pymemcache", "dbcache"),
)
CACHES: dict[str, dict[str, Any]] = {"default": dict(env.cache_url_config(CACHE_URL))}
# Kept pages live in each process, apart from the counters of tries, which they must not push out.
CACHES["pages"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
    "OPTIONS": {"MAX_ENTRIES": 300},
}

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False

# --- languages and time ----------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ro", _("Romanian")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "donations" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", "UTC")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured("TIME_ZONE is not a zone such as Europe/Chisinau.")

# --- task queue ------------------------------------------------------------------------------

CELERY_BROKER_URL = environment.parsed(
    "CELERY_BROKER_URL",
    environment.text("CELERY_BROKER_URL", "memory://localhost/"),
    ("memory", "redis", "rediss", "amqp", "amqps"),
)
QUEUE_IS_EMBEDDED = CELERY_BROKER_URL.startswith("memory:")
CELERY_TASK_IGNORE_RESULT = True
# Mail to many has a queue of its own, so that no receipt waits behind it, or behind a mailbox.
# Without a routing key of its own, each queue would get every task.
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in ("celery", "broadcasts", "outside")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    "donations.tasks.send_broadcasts": {"queue": "broadcasts"},
    "donations.tasks.poll_feeds": {"queue": "outside"},
    "donations.tasks.read_bounces": {"queue": "outside"},
    "donations.tasks.compare": {"queue": "outside"},
    "donations.tasks.write_exports": {"queue": "outside"},
    "donations.tasks.write_notices": {"queue": "outside"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10.0
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"polling_interval": 0.05} if QUEUE_IS_EMBEDDED else {}
)
if CELERY_BROKER_URL.startswith("redis"):
    # What a killed worker held comes back after this many seconds; longer than any task of ours.
    # The sweeper does not wait for that.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}


def every(task: str, seconds: float) -> dict[str, Any]:
    """So often; what no worker took until the next time is gone."""
    return {"task": f"donations.tasks.{task}", "schedule": seconds, "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep": every("sweep", 15.0),
    "poll_feeds": every("poll_feeds", 60.0),
    # Sent once, on Monday morning, as the newsroom's clock says (donations/digest/weeks.py).
    "send_digest": every("send_digest", 600.0),
    "write_notices": {"task": "donations.tasks.write_notices", "schedule": crontab("41", "6")},
    "reconcile": {"task": "donations.tasks.reconcile", "schedule": crontab("17", "3")},
    "watch": every("watch", 60.0),
    # Through each queue, so that one which nobody reads is noticed.
    **{
        f"pulse-{queue.name}": {
            "task": "donations.tasks.pulse",
            # Often enough that after a pause of everything nobody is alarmed for long.
            "schedule": 20.0,
            "args": (queue.name,),
            "options": {"queue": queue.name, "expires": 20.0},
        }
        for queue in CELERY_TASK_QUEUES
    },
}

# --- mail ------------------------------------------------------------------------------------

_way = mail.way_out(trial=TRIAL, var_dir=VAR_DIR)
EMAIL_BACKEND, EMAIL_PROVIDER, ANYMAIL = _way.backend, _way.provider, dict(_way.anymail)
EMAIL_HOST, EMAIL_PORT, EMAIL_FILE_PATH = _way.host, _way.port, _way.file_path
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _way.user, _way.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _way.use_tls, _way.use_ssl, 60
DEFAULT_FROM_EMAIL, TOPICS_FROM_EMAIL = mail.senders(trial=TRIAL)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
BOUNCE_ADDRESS, BOUNCE_MAILBOX_URL = mail.returns(_way)
if BOUNCE_MAILBOX_URL:
    CELERY_BEAT_SCHEDULE["read_bounces"] = every("read_bounces", 300.0)

# --- payment providers -----------------------------------------------------------------------

STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE, STRIPE_IS_STANDIN = providers.stripe(
    trial=TRIAL, debug=DEBUG, var_dir=VAR_DIR, standin_port=STANDIN_PORT
)
PAYPAL_WEBSITE_URL, PAYPAL_IPN_VERIFY_URL, PAYPAL_IS_STANDIN = providers.paypal(
    trial=TRIAL, standin_port=PAYPAL_PORT
)

# --- who may do what -------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["donations.team.backend.DeskBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ACCOUNT_ADAPTER = "donations.web.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# No mail to somebody who has no account here and did not ask.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Who changes how one signs in, or resets a password, is told so by mail.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Supporters sign in by a code that is mailed to them: figures, so that any keyboard will do.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {"request_login_code": "donations.web.account.entrance.CodeForm"}
# An hour of guessing at one address is 36 tries at a hundred million.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,12/h/key"}
MFA_ADAPTER = "donations.web.accounts.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # They were invited there: allauth never asked them itself.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "donations.web.keyform.AddKeyForm"}
# A clock that is half a minute off is common, and the tries are limited.
MFA_TOTP_TOLERANCE = 1
# Whoever tries this on their own machine signs in with the password that was printed.
STAFF_NEED_SECOND_FACTOR = not TRIAL
# Without it, everybody behind our own proxy would share one limit of tries.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"

# --- guard rails -----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = policy.content_security(PAYPAL_WEBSITE_URL, STRIPE_API_BASE)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ON_HTTPS else None
SECURE_SSL_REDIRECT = ON_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ON_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ON_HTTPS
SECURE_HSTS_PRELOAD = ON_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ON_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(SITE_URL))]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FORM_TOKEN_MAX_AGE = 24 * 3600

LOGGING = logging_config(trial=TRIAL)
