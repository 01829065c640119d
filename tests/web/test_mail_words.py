"""Every letter has a name on a time line."""

from donations.outbox.models import Message
from donations.templatetags.care import MAILS


def test_every_kind_of_mail_is_called_something() -> None:
    assert set(MAILS) == set(Message.Kind)
