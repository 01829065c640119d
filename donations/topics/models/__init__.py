"""Topics, the feeds that bring drafts, and what readers suggest."""

from donations.topics.models.feed import Feed, FeedEntry
from donations.topics.models.picture import Picture
from donations.topics.models.suggestion import Suggestion, Vote
from donations.topics.models.topic import Topic, TopicText

__all__ = ["Feed", "FeedEntry", "Picture", "Suggestion", "Topic", "TopicText", "Vote"]
