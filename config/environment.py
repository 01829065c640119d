"""Reading the environment strictly: what is wrong stops the start and is named."""

import secrets
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

NAMES = (
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "TIME_ZONE",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "TOPICS_FROM_EMAIL",
    "EMAIL_WEBHOOK_SECRET",
    "BOUNCE_ADDRESS",
    "BOUNCE_MAILBOX_URL",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_API_BASE",
    "PAYPAL_IPN_VERIFY_URL",
    "PAYPAL_WEBSITE_URL",
    "TRUSTED_PROXIES",
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")

env = environ.FileAwareEnv()
env.ENVIRON = FileAwareMapping(cache=False)


def is_set(name: str) -> bool:
    """Whether the variable, or `NAME_FILE`, carries something."""
    return bool(env.ENVIRON.get(name) or env.ENVIRON.get(f"{name}_FILE"))


def nothing_is_set() -> bool:
    """An environment without one of our names: a trial on this machine."""
    return not any(is_set(name) for name in NAMES)


def text(name: str, default: str | None = None) -> str:
    """A setting as text; with no default its absence stops the start."""
    try:
        if is_set(name):
            return str(env.str(name)).strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error
    if default is None:
        raise ImproperlyConfigured(
            f"{name} is missing: set it, or {name}_FILE, in the environment."
        )
    return default


def boolean(name: str, *, default: bool) -> bool:
    """A setting that says true or false and nothing else."""
    word = text(name, "true" if default else "false").lower()
    if word not in TRUE + FALSE:
        raise ImproperlyConfigured(f"{name} is neither true nor false: write one of true, false.")
    return word in TRUE


def kept_secret(path: Path, prefix: str = "") -> str:
    """A random secret made once for a trial and kept in a file that only its owner reads."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(prefix + secrets.token_urlsafe(48))
    return path.read_text()


def number(name: str, default: int) -> int:
    """A setting that is a whole number, not negative."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is not a whole number.")
    return int(value)


def url(name: str, default: str | None = None, schemes: tuple[str, ...] = ("https", "http")) -> str:
    """An absolute address without a trailing slash; plain http only towards this machine."""
    value = text(name, default).rstrip("/")
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname:
        raise ImproperlyConfigured(f"{name} is not an address such as https://example.org.")
    if parts.username or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} is more than an address: leave user and query out.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(f"{name} has to begin with https:// outside of this machine.")
    return value


def parsed(name: str, value: str, schemes: tuple[str, ...]) -> str:
    """Check the scheme of a service address (database, broker, cache, mail) before use."""
    scheme = value.split(":", 1)[0]
    if scheme not in schemes:
        raise ImproperlyConfigured(f"{name} has to begin with one of: {', '.join(schemes)}.")
    return value


def split(name: str, url: str) -> SplitResult:
    """The parts of an address that may carry a secret: when it has none, nothing is repeated."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is malformed.") from None
    return parts
