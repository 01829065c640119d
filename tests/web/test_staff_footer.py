"""Where staff get the article footer: snippets to paste, and addresses as pictures."""

import struct
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django import Settings

from donations.outlet.queries import OutletFacts
from donations.supporters.models import User
from donations.web import qr
from tests.web.embedded import newsroom_with

pytestmark = pytest.mark.django_db
PAGE = "/staff/footer/"


class Areas(HTMLParser):
    """What stands in each textarea, by its id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside, self.found = "", dict[str, str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = str(dict(attrs)["id"]) if tag == "textarea" else self.inside

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == "textarea" else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[self.inside] = self.found.get(self.inside, "") + data


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(
        User.objects.create_user("staff@example.org", is_staff=True, role="administrator")
    )
    return client


def snippets(staff: Client, **query: str) -> dict[str, str]:
    found = Areas(staff.get(PAGE, query).content.decode()).found
    return {kind: text.strip() for kind, text in found.items()}


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}qr.svg?of=support&lang=en", f"{PAGE}qr.png"])
def test_for_staff_alone(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/accounts/login/")
    client.force_login(User.objects.create_user("ana@example.org"))
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("language", ["en", "ro", "ru"])
def test_a_snippet_of_each_kind_in_each_language(
    staff: Client, outlet: OutletFacts, language: str
) -> None:
    made = snippets(staff, lang=language)
    site = configured.SITE_URL
    assert made["script"].startswith(f'<footnote-support lang="{language}">')
    assert f'<script src="{site}/embed/footer.js" async></script>' in made["script"]
    assert f'src="{site}/embed/footer/?lang={language}"' in made["frame"]
    assert 'referrerpolicy="no-referrer-when-downgrade"' in made["frame"]
    for kind in ("script", "plain"):
        assert outlet.missions[language] in made[kind]
        assert f'href="{site}/{language}/' in made[kind]
        assert f'href="{site}/{language}/paypal/' in made[kind]


def test_the_plain_address_is_shy_and_the_article_may_be_written_in(
    staff: Client, outlet: OutletFacts
) -> None:
    made = snippets(staff)
    for kind in ("script", "plain"):
        assert "office[at]newscafe.example" in made[kind]
        assert "office@" not in made[kind]
        assert made[kind].count('referrerpolicy="no-referrer-when-downgrade"') == 2
    assert made["plain"].count("?article={{ url }}") == 2
    assert "{{" not in made["script"] + made["frame"]


def test_nothing_in_a_snippet_needs_a_style_or_an_inline_script(
    staff: Client, outlet: OutletFacts
) -> None:
    for made in snippets(staff).values():
        assert "style" not in made
        assert "<script>" not in made
        assert " on" not in made.replace(" only", "")


def test_a_site_without_dark_mode(staff: Client, outlet: OutletFacts) -> None:
    made = snippets(staff, scheme="light")
    assert made["script"].startswith('<footnote-support lang="en" data-scheme="light">')
    assert "&amp;scheme=light" in made["frame"]


def test_a_newsroom_without_paypal_names_no_address(staff: Client, outlet: OutletFacts) -> None:
    newsroom_with(outlet, paypal_email="", paypal_handle="")
    made = snippets(staff)
    assert "PayPal" not in made["script"] + made["plain"]
    assert staff.get(f"{PAGE}qr.svg?of=paypal&lang=en").status_code == 404


def test_names_stay_text_in_a_snippet(staff: Client, outlet: OutletFacts) -> None:
    newsroom_with(outlet, name='<b onclick="x()">News</b>')
    page = staff.get(PAGE).content.decode()
    assert "<b onclick" not in page
    assert "<b onclick" not in snippets(staff)["script"]
    assert "&lt;b onclick" in snippets(staff)["script"]


def test_the_preview_shows_what_is_pasted(staff: Client, outlet: OutletFacts) -> None:
    page = staff.get(PAGE, {"lang": "ro"})
    html = page.content.decode()
    assert '<footnote-support lang="ro"' in html
    assert '<script src="/embed/footer.js" async></script>' in html
    assert 'src="/embed/footer/?lang=ro"' in html
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("of", "address"),
    [
        ("support", f"{configured.SITE_URL}/ro/?utm_source=qr"),
        ("paypal", "https://paypal.me/newscafe"),
    ],
)
def test_codes_as_files(
    staff: Client, outlet: OutletFacts, settings: Settings, of: str, address: str
) -> None:
    settings.PAYPAL_WEBSITE_URL = "https://www.paypal.com"
    assert address in staff.get(PAGE, {"lang": "ro"}).content.decode()
    drawn = staff.get(f"{PAGE}qr.svg", {"of": of, "lang": "ro"})
    assert drawn["Content-Type"] == "image/svg+xml"
    assert f'filename="{of}-ro.svg"' in drawn["Content-Disposition"]
    assert drawn.content.decode() == qr.svg(address)
    pixels = staff.get(f"{PAGE}qr.png", {"of": of, "lang": "ro"})
    assert pixels["Content-Type"] == "image/png"
    assert pixels.content == qr.png(address)


@pytest.mark.parametrize(
    "query",
    ["", "of=support", "of=evil&lang=en", "of=https://evil.example&lang=en", "of=support&lang=xx"],
)
def test_no_code_of_what_a_query_says(staff: Client, outlet: OutletFacts, query: str) -> None:
    assert staff.get(f"{PAGE}qr.svg?{query}").status_code == 404


def test_a_code_is_the_same_in_both_forms() -> None:
    """As many modules in the picture of lines as in that of dots, with white around both."""
    root = ET.fromstring(qr.svg("https://paypal.me/newscafeeu"))
    side = int(root.attrib["viewBox"].split()[-1])
    png = qr.png("https://paypal.me/newscafeeu")
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width == height == side * qr.PNG_MODULE
    assert not [name for element in root.iter() for name in element.attrib if name == "style"]
