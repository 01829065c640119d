"""The support page inside another site's frame: giving leaves the frame."""

import pytest

from tests.journeys.reader import Reader
from tests.journeys.trial import free_port

pytestmark = pytest.mark.browser


def test_the_form_in_a_frame_leads_the_whole_window_to_the_payment(reader: Reader) -> None:
    article = f"http://127.0.0.1:{free_port()}/article"
    frame = f'<iframe src="{reader.trial.url}/en/" title="Support" width="380" height="800">'
    html = f"<!doctype html><title>An article</title>{frame}</iframe>"
    reader.page.route(article, lambda route: route.fulfill(body=html, content_type="text/html"))
    reader.page.goto(article)
    form = reader.page.frame_locator("iframe")
    form.locator("#amount").fill("10")
    form.locator("#email").fill(reader.email)
    form.locator("#go").click()
    reader.pays()
    reader.is_thanked_once((1000, "EUR"))


def test_other_pages_refuse_a_frame(reader: Reader) -> None:
    with reader.page.expect_event("requestfailed") as refused:
        reader.page.set_content(f'<iframe src="{reader.trial.url}/accounts/login/"></iframe>')
    assert refused.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
    reader.watch.forgive("net::ERR_BLOCKED_BY_RESPONSE", "frame-ancestors 'none'")
