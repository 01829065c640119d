"""Every kind of mail, and how it is rendered."""

from typing import Any

from django.conf import settings as configured

from donations.outbox.models import Message
from donations.outbox.rendering import Rendered, render
from donations.outlet import queries as outlet
from tests.outbox.conftest import CONTEXT

Kind = Message.Kind
LANGUAGES = [code for code, _ in configured.LANGUAGES]
# About money, with a table of facts; the others say why they came in words of their own.
MONEY = [
    Kind.THANKS,
    Kind.THANKS_SUBSCRIPTION,
    Kind.RECEIPT,
    Kind.PAYMENT_FAILED,
    Kind.SUPPORT_ENDED,
    Kind.SUPPORT_STOPPED,
    Kind.SUPPORT_CHANGED,
    Kind.RENEWAL_NOTICE,
    Kind.CARD_EXPIRES,
]
EVERY_MONEY = [(kind, language) for kind in MONEY for language in LANGUAGES]
# Letters to readers, in our own words; those to colleagues have tests of their own.
TO_COLLEAGUES = (Kind.PROOF, Kind.INVITATION, Kind.SIGN_IN, Kind.ALARM, Kind.WEEKLY_DIGEST)
LETTERS = [kind for kind in Kind if kind not in TO_COLLEAGUES]
EVERY_LETTER = [(kind, language) for kind in LETTERS for language in LANGUAGES]
RUNNING = (Kind.THANKS_SUBSCRIPTION, Kind.RECEIPT, Kind.PAYMENT_FAILED)


def rendered(kind: Message.Kind, language: str = "en", **context: Any) -> Rendered:
    message = Message(kind=kind, language=language, context={**CONTEXT, **context})
    return render(message, outlet.current())
