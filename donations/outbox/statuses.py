"""What enhanced status codes (RFC 3463) say about an address.

An answer without such a code, or with one that is for any reason (5.0.0), is no proof that an
address is dead: "550" alone may mean anything from a typing error to a dislike of our words.
"""

import re

# Class, subject, detail; not a part of an IP address or of a version.
CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
# Mailbox unknown; mailbox moved, no forwarding; null MX (RFC 7505); mailbox disabled.
DEAD = frozenset({"5.1.1", "5.1.6", "5.1.10", "5.2.1"})
# A report is written after the domain was looked up for days, unlike an answer on the line.
DEAD_DOMAIN = frozenset({"5.1.2", "5.4.4"})
# Full, too large, the receiver's system, what is in the mail, policy: the address may well live.
ALIVE = re.compile(r"5\.(?:2\.[23]|3\.\d+|6\.\d+|7\.\d+)")


def code_in(words: str) -> str:
    """The first code in an answer; blank without one."""
    found = CODE.search(words[:1000])
    return ".".join(str(int(part)) for part in found.groups()) if found else ""


def is_dead(code: str) -> bool:
    """Whether no mail will ever arrive there."""
    return code in DEAD


def is_dead_in_report(code: str) -> bool:
    """The same, said in a report about a mail that had been accepted for delivery."""
    return code in DEAD or code in DEAD_DOMAIN


def is_alive(code: str) -> bool:
    """Whether the refusal was about something else than the address."""
    return bool(ALIVE.fullmatch(code))
