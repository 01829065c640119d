"""What a provider wants otherwise than others, done to a message before it is handed over."""

from collections.abc import Mapping

from django.core.mail import EmailMessage

# Mailjet refuses a message that brings these: it writes them itself.
NOT_TAKEN: Mapping[str, frozenset[str]] = {
    "mailjet": frozenset({"date", "message-id", "list-id"}),
}
# Postmark writes a Message-ID of its own over ours unless it is asked not to.
ADDED: Mapping[str, Mapping[str, str]] = {"postmark": {"X-PM-KeepID": "true"}}


def adapt(*, message: EmailMessage, provider: str) -> None:
    """Leave out what it refuses, add what it needs; a second time changes nothing."""
    refused = NOT_TAKEN.get(provider, frozenset())
    headers = {k: v for k, v in message.extra_headers.items() if k.lower() not in refused}
    message.extra_headers = {**headers, **ADDED.get(provider, {})}
