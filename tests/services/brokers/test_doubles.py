"""Everything comes twice at the same moment, and counts once."""

from functools import partial

import pytest

from donations.giving.models import Pledge
from donations.webhooks.models import InboundEvent
from tests.services import books
from tests.services.processes import wait_for
from tests.services.service import Service
from tests.services.together import at_once

pytestmark = pytest.mark.services
READERS = 12


def test_two_clicks_are_one_pledge_and_two_deliveries_one_event(service: Service) -> None:
    pages = [clicked_twice(service, number) for number in range(READERS)]
    assert Pledge.objects.count() == len(service.stripe.world.newest_first("checkout.session"))
    assert Pledge.objects.count() == READERS
    service.stripe.manners.twice = True
    for page in pages:
        service.pay(page)
    assert service.stripe.wait_for_deliveries(60)
    assert {each.status for each in service.stripe.deliveries} == {200}
    assert len(service.stripe.deliveries) == 2 * len(service.stripe.events)
    assert InboundEvent.objects.count() == len(service.stripe.events)
    assert wait_for(books.nothing_waits), books.waiting()
    service.stop()
    assert books.check(service).payments == READERS


def clicked_twice(service: Service, number: int) -> str:
    """Both clicks lead to the same payment page; its id."""
    click = partial(service.submit, number)
    answers = at_once(click, click)
    assert [answer.status_code for answer in answers] == [303, 303]
    [page] = {answer.headers["Location"] for answer in answers}
    return page.rsplit("/", 1)[-1]
