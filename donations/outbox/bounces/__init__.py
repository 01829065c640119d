"""Mail that came back to our own mailbox: bounces and complaints, of mail that a server sent."""

from donations.outbox.bounces.reading import Tally, read

__all__ = ["Tally", "read"]
