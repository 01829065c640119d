"""Topics, their texts and pictures among the records."""

import pytest
from django.test import Client

from donations.models import Picture, Topic, TopicText, User
from donations.topics import operations as topics
from tests.web.topics import NOON, a_picture, a_topic, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    return client


def kept_picture() -> Picture:
    body = a_picture()
    return topics.keep_picture(upload=upload(body), size=len(body), at=NOON)


@pytest.mark.parametrize("model", [Topic, TopicText, Picture])
def test_a_list_and_a_record(staff: Client, model: type[Topic]) -> None:
    picture = kept_picture()
    a_topic(picture=picture)
    name = model._meta.model_name
    assert staff.get(f"/admin/donations/{name}/").status_code == 200
    assert staff.get(f"/admin/donations/{name}/", {"q": "bread"}).status_code == 200
    record = f"/admin/donations/{name}/{model.objects.get().pk}/change/"
    page = staff.get(record).content.decode()
    assert 'name="_save"' not in page
    assert "\\xff\\xd8" not in page
    assert staff.post(record, {"slug": "x"}).status_code == 403
    assert staff.get(f"/admin/donations/{name}/add/").status_code == 403


def test_a_picture_goes_once_no_topic_shows_it(staff: Client) -> None:
    picture = kept_picture()
    topic = a_topic(picture=picture)
    address = f"/admin/donations/picture/{picture.pk}/delete/"
    staff.post(address, {"post": "yes"})
    assert Picture.objects.exists()
    topic.picture = None
    topic.save()
    staff.post(address, {"post": "yes"})
    assert not Picture.objects.exists()
