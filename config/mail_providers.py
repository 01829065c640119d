"""Mail providers with an HTTP interface, each as an address: `mailgun://KEY@mg.example.org`.

A provider is here when it takes our own headers: without List-Unsubscribe no mail goes to many.
MailerSend is not, because it takes them from its largest accounts only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote

from django.core.exceptions import ImproperlyConfigured

from config import environment


@dataclass(frozen=True, kw_only=True)
class Provider:
    """How anymail calls the parts of the address; blank where the address has no such part."""

    key: str = "API_KEY"
    secret: str = ""
    host: str = ""
    regions: Mapping[str, str] = field(default_factory=dict)
    webhook_key: str = ""

    @property
    def form(self) -> str:
        """What the address looks like after the scheme."""
        return f"KEY{':SECRET' * bool(self.secret)}@{'mg.example.org' * bool(self.host)}"


PROVIDERS: Mapping[str, Provider] = {
    "brevo": Provider(),
    "mailgun": Provider(
        host="SENDER_DOMAIN",
        regions={"us": "https://api.mailgun.net/v3", "eu": "https://api.eu.mailgun.net/v3"},
        webhook_key="WEBHOOK_SIGNING_KEY",
    ),
    "mailjet": Provider(secret="SECRET_KEY"),  # noqa: S106  the name of a setting
    "postmark": Provider(key="SERVER_TOKEN"),
    "resend": Provider(),
    "sendgrid": Provider(webhook_key="TRACKING_WEBHOOK_VERIFICATION_KEY"),
    "sparkpost": Provider(
        regions={
            "us": "https://api.sparkpost.com/api/v1",
            "eu": "https://api.eu.sparkpost.com/api/v1",
        }
    ),
}


def options(name: str, url: str) -> dict[str, str]:
    """Anymail's settings for this provider. What is wrong is named, and nothing of it repeated."""
    provider, parts = PROVIDERS[name], environment.split("EMAIL_URL", url)
    key, secret = unquote(parts.username or ""), unquote(parts.password or "")
    is_whole = (
        key
        and bool(secret) == bool(provider.secret)
        and bool(parts.hostname) == bool(provider.host)
        and parts.path in ("", "/")
        and not parts.fragment
    )
    if not is_whole:
        raise ImproperlyConfigured(f"EMAIL_URL is malformed: write {name}://{provider.form}.")
    said = {provider.key: key, provider.secret: secret, provider.host: parts.hostname or ""}
    said |= extras(provider, parts)
    return {f"{name.upper()}_{option}": value for option, value in said.items() if option}


def extras(provider: Provider, parts: SplitResult) -> dict[str, str]:
    """What follows the question mark: `region=eu`, `webhook_key=…`."""
    said = {}
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name == "region" and value in provider.regions:
            said["API_URL"] = provider.regions[value]
        elif name == "webhook_key" and provider.webhook_key and value:
            said[provider.webhook_key] = value
        else:
            raise ImproperlyConfigured("EMAIL_URL says something after the ? that is not known.")
    return said
