"""What a mail provider posts, with what it shows to be let in."""

import base64
import hashlib
import hmac
from pathlib import Path

from pytest_django import Settings

from tests.visiting import visitor

PAYLOADS = Path(__file__).parent / "payloads" / "mail"
PROVIDERS = sorted(path.name for path in PAYLOADS.iterdir())
SECRET = "footnote:Zq8vT2mXZq8vT2mX"
SIGNING_KEY = "key-that-signs"


def carried_by(provider: str, settings: Settings) -> None:
    """Our mail leaves through this provider."""
    settings.EMAIL_PROVIDER = provider
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY,
    }


def payload(provider: str, name: str, *, mail: str, email: str) -> bytes:
    """What it posts about one of our mails; Mailgun signs it."""
    text = (PAYLOADS / provider / f"{name}.json").read_text()
    text = text.replace("@MAIL@", mail).replace("@EMAIL@", email)
    if provider == "mailgun":
        token = text.partition('"token": "')[2].partition('"')[0]
        signed = hmac.new(SIGNING_KEY.encode(), f"1777629600{token}".encode(), hashlib.sha256)
        text = text.replace("@SIGNATURE@", signed.hexdigest())
    return text.encode()


def post(provider: str, body: bytes, *, secret: str = SECRET, **headers: str) -> int:
    """One delivery of it; a blank secret shows none. Answers the status."""
    if secret:
        shown = base64.b64encode(secret.encode()).decode()
        headers["Authorization"] = f"Basic {shown}"
    return (
        visitor()
        .post(
            f"/webhooks/mail/{provider}/tracking/",
            data=body,
            content_type="application/json",
            headers=headers,
        )
        .status_code
    )
