"""Addresses of the desk that nobody has been given: mistyped, cut, or made up."""

import pytest
from django.test import Client

from donations.models import User
from tests.web.mailings import a_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", ["9" * 30, "9" * 5000, "²", "\x00", "-1"])
def test_none_of_them_is_an_error(desk: Client, editor: User, said: str) -> None:
    draft = f"/staff/broadcasts/{a_draft(editor).pk}"
    for address, query in (
        (f"{draft}/preview/", "as"),
        (f"{draft}/mail/", "as"),
        ("/staff/topics/", "section"),
    ):
        assert desk.get(address, {query: said}).status_code == 200
    assert desk.get("/staff/broadcasts/new/", {"topic": said}).status_code in (200, 404)
