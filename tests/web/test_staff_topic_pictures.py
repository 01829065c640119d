"""The picture of a topic: taken, replaced, left out, refused, and never lost with the words."""

from io import BytesIO

import pytest
from django.test import Client

from donations.models import Picture, Topic
from donations.topics import operations as topics
from tests.web.desk import text_of
from tests.web.form import flat
from tests.web.topics import NOON, a_picture, upload, written

pytestmark = pytest.mark.django_db
NEW = "/staff/topics/new/"


def edit(topic: Topic) -> str:
    return f"/staff/topics/{topic.pk}/"


def test_a_picture_is_taken_replaced_and_left_out(desk: Client) -> None:
    desk.post(NEW, written(upload=upload(a_picture())))
    topic = Topic.objects.get()
    first = topic.picture
    assert first is not None
    page = flat(desk.get(edit(topic)))
    assert f'src="/pictures/{first.digest}"' in page

    desk.post(edit(topic), written(picture=first.digest, title_en="Milk"))
    topic.refresh_from_db()
    assert topic.picture == first

    other = upload(a_picture("JPEG", (60, 30)))
    desk.post(edit(topic), written(picture=first.digest, upload=other, without_picture="on"))
    topic.refresh_from_db()
    assert topic.picture is not None
    assert topic.picture.width == 60

    desk.post(edit(topic), written(picture=topic.picture.digest, without_picture="on"))
    topic.refresh_from_db()
    assert topic.picture is None


def test_a_picture_is_not_lost_when_something_else_is_wrong(desk: Client) -> None:
    response = desk.post(NEW, written(title_en="", upload=upload(a_picture())))
    assert response.status_code == 422
    digest = Picture.objects.get().digest
    assert f'name="picture" value="{digest}"' in flat(response)
    desk.post(NEW, written(picture=digest))
    assert Topic.objects.get().picture is not None


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "This is not a picture that we can read."),
        (b"only a text", "This is not a picture that we can read."),
        (b"<svg xmlns='x'><script>alert(1)</script></svg>", "This is a drawing in SVG."),
        (b"GIF89a...", "This is a GIF."),
        (a_picture()[:60], "This picture is damaged."),
        (b"\x00\x00\x00\x18ftypheic", "format of telephones"),
        (b"\xff\xd8\xff" + b"x" * (10 * 1024**2), "This picture is larger than 10 MB."),
    ],
)
def test_what_is_no_picture(desk: Client, body: bytes, says: str) -> None:
    response = desk.post(NEW, written(upload=upload(body, "bread.jpg")))
    assert response.status_code == 422
    assert says in text_of(response)
    assert "It began with a *price*." in response.content.decode()
    assert not Topic.objects.exists()
    assert not Picture.objects.exists()


def test_thirty_megabytes_and_the_words_are_still_there(desk: Client) -> None:
    response = desk.post(NEW, written(upload=upload(b"\xff\xd8\xff" + b"x" * 30 * 1024**2)))
    assert "This picture is larger than 10 MB." in text_of(response)
    assert "It began with a *price*." in response.content.decode()


def test_a_preview_with_the_picture_that_it_has(desk: Client) -> None:
    body = a_picture()
    picture = topics.keep_picture(upload=BytesIO(body), size=len(body), at=NOON)
    page = desk.post("/staff/topics/preview/", written(show="en", picture=picture.digest))
    assert f'src="/pictures/{picture.digest}"' in page.content.decode()
