"""A button that a colleague may not press is not shown to them."""

import re

import pytest
from django.test import Client
from django.urls import resolve

from donations.models import User
from donations.supporters.models import Role
from donations.team.rights import RIGHTS
from tests.web.staffpages import PAGES, a_world, address

ACTION = re.compile(r'(?:form)?action="(/[^"#?]*)')


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_every_button_is_one_that_they_may_press(role: str) -> None:
    a_world()
    client = Client()
    client.force_login(User.objects.create_user("v@example.org", is_staff=True, role=role))
    for pattern in PAGES:
        page = client.get(address(pattern), {"lang": "en", "of": "support", "q": "a"}, follow=True)
        if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
            continue
        for form in page.content.decode().split("<form")[1:]:
            head, _sep, body = form.partition(">")
            if 'method="post"' in head:
                actions = [*ACTION.findall(head), *ACTION.findall(body)]
                check(role, str(pattern.name), actions or [page.request["PATH_INFO"]])


def check(role: str, name: str, actions: list[str]) -> None:
    """Of one form: where it and its buttons lead; without that, to the page itself."""
    for action in actions:
        if action.startswith("/staff/"):
            asked = resolve(action).func.to_change  # type: ignore[attr-defined]
            assert asked in RIGHTS[Role(role)], f"{name} shows {action}"
