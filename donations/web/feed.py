"""Topics as a feed, for those who read the web that way."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from donations import links, markup
from donations.outlet import queries as outlets
from donations.topics import queries
from donations.web.language import speaks
from donations.web.topics import Reading, readings

NEWEST, SECONDS = 20, 300
# What XML 1.0 cannot say in any way (2.2): one such character, and no reader takes the feed.
UNSAYABLE = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def sayable(said: Any) -> Any:
    """Without the characters that XML cannot hold."""
    match said:
        case str():
            return str(said).translate(UNSAYABLE)
        case dict():
            return {key: sayable(value) for key, value in said.items()}
        case list():
            return [sayable(value) for value in said]
    return said


class Atom(Atom1Feed):
    """Says of each entry which language it is in: the newest may be told in another one only.

    Whatever was pasted into a text, the feed can be read.
    """

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Of the feed as a whole."""
        self.feed = sayable(self.feed)
        super().add_root_elements(handler)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Of one entry."""
        super().add_item_elements(handler, sayable(item))

    def item_attributes(self, item: dict[str, str]) -> dict[str, str]:
        """On the entry itself."""
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class TopicsFeed(Feed):  # type: ignore[type-arg]  # no parameters at run time
    """Of one language, with whole addresses."""

    feed_type = Atom

    def get_object(self, _request: HttpRequest, language: str) -> str:
        """The language is all that feeds differ in."""
        return language

    def get_feed(self, language: str, request: HttpRequest) -> SyndicationFeed:
        """Django would say the language as a browser's list of them does."""
        made = super().get_feed(language, request)
        made.feed["language"] = language
        return made

    def title(self, _language: str) -> str:
        """What a reader of feeds lists it as."""
        return _("%(outlet)s: topics") % {"outlet": outlets.current().name}

    def subtitle(self, language: str) -> str:
        """What readers are promised."""
        return outlets.current().promise(language)

    def link(self, language: str) -> str:
        """The page of the same."""
        return links.page("topics", language=language)

    def feed_url(self, language: str) -> str:
        """Its own address."""
        return links.page("topics_feed", language=language)

    def author_name(self, _language: str) -> str:
        """Atom wants one."""
        return outlets.current().name

    def items(self, language: str) -> list[Reading]:
        """The newest."""
        return readings(queries.published(with_bodies=True)[:NEWEST], language)

    def item_title(self, item: Reading) -> str:
        """Plain text."""
        return item.text.title

    def item_description(self, item: Reading) -> str:
        """The whole text, with its picture."""
        shown = item.topic.picture
        address = links.absolute(reverse("picture", args=[shown.digest])) if shown else ""
        picture = format_html('<p><img src="{}" alt="{}"></p>', address, item.text.picture_alt)
        summary = format_html("<p>{}</p>", item.text.summary) if item.text.summary else ""
        body = markup.to_feed_html(item.text.body)
        return f"{picture if address else ''}{summary}{body}"

    def item_link(self, item: Reading) -> str:
        """Its page."""
        return links.absolute(item.address)

    def item_guid(self, item: Reading) -> str:
        """The same: an address never changes once it was published."""
        return self.item_link(item)

    def item_pubdate(self, item: Reading) -> datetime | None:
        """When it appeared."""
        return item.topic.published_at

    def item_updateddate(self, item: Reading) -> datetime:
        """When it was last written, or shown."""
        return max(filter(None, (item.topic.changed_at, item.topic.published_at)))

    def item_categories(self, item: Reading) -> list[str]:
        """Its section."""
        return [item.section]

    def item_extra_kwargs(self, item: Reading) -> dict[str, str]:
        """For `Atom`."""
        return {"language": item.text.language}


@login_not_required
@speaks
@require_safe
@cache_control(public=True, max_age=SECONDS)
@gzip_page
def feed(request: HttpRequest, language: str) -> HttpResponse:
    """The newest topics."""
    return TopicsFeed()(request, language=language)
