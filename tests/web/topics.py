"""What tests of topics share: a topic, a picture, and the editor's form as a browser sends it."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from donations.models import Section, Topic
from donations.topics import operations as topics

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BREAD = topics.Text(
    title="Who pays for the bread?",
    summary="We asked **everybody**.",
    body="It began with a *price*.\n\n## Then\n\nAnd [more](https://a.example).",
    picture_alt="A loaf",
)


def a_topic(*, is_published: bool = True, at: datetime = NOON, **changes: Any) -> Topic:
    """Told in English, under Politics, unless the changes say otherwise."""
    told: dict[str, Any] = {
        "section": Section.objects.get(slug="politics"),
        "texts": {"en": BREAD},
        **changes,
    }
    topic = topics.create(content=topics.Content(**told), by=None, at=at)
    if is_published:
        topics.publish(topic=topic, at=at)
    topic.refresh_from_db()
    return topic


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **how: Any) -> bytes:
    """As somebody would choose it."""
    kept = BytesIO()
    Image.new("RGB", size, "red").save(kept, kind, **how)
    return kept.getvalue()


def upload(body: bytes, name: str = "bread.png") -> Any:
    return SimpleUploadedFile(name, body)


def written(**changes: Any) -> dict[str, Any]:
    """The editor's form with an English text."""
    return {
        "section": Section.objects.get(slug="politics").pk,
        "language": "en",
        "link": "",
        "picture": "",
        "title_en": "Who pays for the bread?",
        "summary_en": "We asked.",
        "body_en": "It began with a *price*.",
        **changes,
    }
