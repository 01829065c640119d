"""How mail leaves, in whose name, and where it comes back to, from the environment."""

from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ImproperlyConfigured

from config import environment, mail_providers
from config.environment import env
from config.mail_providers import PROVIDERS

LOCAL_SCHEMES = (
    "smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail",
)  # fmt: skip
OURS = {
    "django.core.mail.backends.smtp.EmailBackend": "donations.outbox.backends.SmtpBackend",
    "django.core.mail.backends.filebased.EmailBackend": "donations.outbox.backends.FileBackend",
}
# A bounce address gets a plus sign and a token of 24 letters; a local part has 64 (RFC 5321).
LONGEST_LOCAL_PART = 64 - 25


class Way(NamedTuple):
    """A mail server and a folder for Django, or a provider for anymail."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False
    file_path: str = ""
    provider: str = ""
    anymail: Mapping[str, Any] = {}


class Senders(NamedTuple):
    """In whose name mail leaves."""

    default: str
    topics: str


class Returns(NamedTuple):
    """Where mail that came back arrives; blank where nobody looks."""

    bounce_address: str
    mailbox_url: str


def way_out(*, trial: bool, var_dir: Path) -> Way:
    """What EMAIL_URL says; in a trial files, unless it is set."""
    url = environment.parsed(
        "EMAIL_URL",
        environment.text("EMAIL_URL", f"filemail:///{var_dir / 'mail'}" if trial else None),
        (*LOCAL_SCHEMES, *PROVIDERS),
    )
    provider, secret = url.split(":", 1)[0], webhook_secret()
    if provider in PROVIDERS:
        anymail = mail_providers.options(provider, url)
        backend = f"anymail.backends.{provider}.EmailBackend"
        return Way(backend, provider=provider, anymail=anymail | {"WEBHOOK_SECRET": secret})
    if secret:
        raise ImproperlyConfigured("EMAIL_WEBHOOK_SECRET needs a provider of mail in EMAIL_URL.")
    return by_server(url, var_dir)


def by_server(url: str, var_dir: Path) -> Way:
    """A mail server, or a place on this machine."""
    said = env.email_url_config(url)
    return Way(
        OURS.get(said["EMAIL_BACKEND"], said["EMAIL_BACKEND"]),
        host=said.get("EMAIL_HOST") or "localhost",
        port=said.get("EMAIL_PORT") or 25,
        user=said.get("EMAIL_HOST_USER") or "",
        password=said.get("EMAIL_HOST_PASSWORD") or "",
        use_tls=bool(said.get("EMAIL_USE_TLS")),
        use_ssl=bool(said.get("EMAIL_USE_SSL")),
        # Three slashes or four, it is a path from the root: the parser takes the first away.
        file_path="/" + str(said.get("EMAIL_FILE_PATH") or var_dir / "mail").lstrip("/"),
    )


def webhook_secret() -> str:
    """What a provider shows when it calls; blank closes the door."""
    secret = environment.text("EMAIL_WEBHOOK_SECRET", "")
    user, _colon, password = secret.partition(":")
    if secret and not (user and len(password) >= 16 and secret.isascii()):
        raise ImproperlyConfigured(
            "EMAIL_WEBHOOK_SECRET is not user:password with a password of 16 letters or more."
        )
    return secret


def senders(*, trial: bool) -> Senders:
    """Addresses with or without a name."""
    default = environment.text(
        "DEFAULT_FROM_EMAIL", "Footnote <support@footnote.test>" if trial else None
    )
    topics = environment.text("TOPICS_FROM_EMAIL", default)
    for name, value in (("DEFAULT_FROM_EMAIL", default), ("TOPICS_FROM_EMAIL", topics)):
        if "@" not in parseaddr(value)[1]:
            raise ImproperlyConfigured(f"{name} is no address such as Name <a@example.org>.")
    return Senders(default, topics)


def returns(way: Way) -> Returns:
    """The address that bounces go to, and the mailbox where they are read."""
    address = environment.text("BOUNCE_ADDRESS", "")
    mailbox = environment.text("BOUNCE_MAILBOX_URL", "")
    if mailbox and not address:
        raise ImproperlyConfigured(
            "BOUNCE_MAILBOX_URL needs the BOUNCE_ADDRESS that is read there."
        )
    if address and way.provider:
        raise ImproperlyConfigured(
            "BOUNCE_ADDRESS goes with a mail server: the provider in EMAIL_URL tells of bounces "
            "by webhook."
        )
    if address:
        check_bounce_address(address)
    if mailbox:
        check_mailbox(mailbox)
    return Returns(address, mailbox)


def check_bounce_address(address: str) -> None:
    """A bare address, with room for the token and no plus sign of its own."""
    local, _at, domain = address.rpartition("@")
    is_bare = parseaddr(address)[1] == address and address.isascii()
    if not (is_bare and local and "." in domain and "+" not in local):
        raise ImproperlyConfigured("BOUNCE_ADDRESS is no address such as bounces@news.example.org.")
    if len(local) > LONGEST_LOCAL_PART:
        raise ImproperlyConfigured("BOUNCE_ADDRESS is too long before the @: a token is added.")


def check_mailbox(url: str) -> None:
    """Encrypted, except on this machine; user and password in it."""
    parts = environment.split("BOUNCE_MAILBOX_URL", url)
    if parts.scheme not in ("imaps", "imap"):
        raise ImproperlyConfigured("BOUNCE_MAILBOX_URL has to begin with imaps://.")
    if parts.scheme == "imap" and parts.hostname not in environment.LOOPBACK:
        raise ImproperlyConfigured("BOUNCE_MAILBOX_URL: outside of this machine it is imaps://.")
    if not (parts.hostname and parts.username and parts.password):
        raise ImproperlyConfigured(
            "BOUNCE_MAILBOX_URL is incomplete: write imaps://user:password@host/INBOX."
        )
