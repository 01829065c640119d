"""What is wrong with a feed, and what to do about it, in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.topics.feeds.troubles import Trouble

SENTENCES: Mapping[Trouble, Promise] = {
    Trouble.UNREACHABLE: _("Its server cannot be reached."),
    Trouble.SLOW: _("Its server did not answer in time."),
    Trouble.LARGE: _("It is larger than 5 MB. Have it list fewer articles."),
    Trouble.BROKEN: _("Its answer broke off, or was garbled."),
    Trouble.CERTIFICATE: _("Its server's certificate is not valid, so anybody could answer."),
    Trouble.ADDRESS: _("This is not a web address, or it leads to one that is none."),
    Trouble.INSIDE: _("The address leads into a private network, where we do not go."),
    Trouble.REDIRECTS: _("It leads from one address to the next, and never to a feed."),
    Trouble.GONE: _("Its server says that it is gone for good, so it is not looked at any more."),
    Trouble.MISSING: _("There is nothing at this address (404)."),
    Trouble.FORBIDDEN: _("Its server does not let us in (%(detail)s). It has to be open to all."),
    Trouble.BUSY: _("Its server asks us to come back later (%(detail)s)."),
    Trouble.STATUS: _("Its server answered with an error (%(detail)s)."),
    Trouble.PAGE: _("This is a page, not a feed."),
    Trouble.NOT_A_FEED: _("What is there is neither RSS nor Atom."),
    Trouble.ENTITIES: _("It defines entities of its own, which are not safe to read."),
    Trouble.FAILED: _("It could not be read, and this is our fault. The log says more."),
}


def parts_of(kept: str) -> tuple[Trouble, str]:
    """What `FeedTrouble.kept` was made of."""
    word, _space, detail = kept.partition(" ")
    return Trouble(word), detail


def sentence(kept: str) -> str:
    """What is wrong; blank when nothing is."""
    if not kept:
        return ""
    trouble, detail = parts_of(kept)
    return str(SENTENCES[trouble]) % {"detail": detail}


def real_address(kept: str) -> str:
    """Where the feed is, if a page was taken for it that says so."""
    trouble, detail = parts_of(kept) if kept else (None, "")
    return detail if trouble == Trouble.PAGE else ""
