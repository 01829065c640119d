"""What a newsroom has beside its books: sections, topics, suggestions, a goal."""

from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal

from donations.articles.models import Article
from donations.articles.operations import learn_title
from donations.demo.facts import IN_EURO
from donations.outlet.models import Outlet
from donations.rates.operations import AlreadyEntered, enter
from donations.recounts.operations import day_of
from donations.sections.models import Section
from donations.supporters.models import Supporter
from donations.topics.models import Suggestion
from donations.topics.operations import suggestions
from donations.topics.operations.topics import Content, Text, create, publish

SECTIONS = (
    ("economy", {"en": "Economy", "ro": "Economie", "ru": "Экономика"}),
    ("politics", {"en": "Politics", "ro": "Politică", "ru": "Политика"}),
    ("environment", {"en": "Environment", "ro": "Mediu", "ru": "Экология"}),
)
# A section, and by language a title and a summary.
TOPICS: tuple[tuple[str, dict[str, tuple[str, str]]], ...] = (
    (
        "environment",
        {
            "en": ("Who owns the river?", "A year beside the water, and what the papers say."),
            "ro": ("Al cui este râul?", "Un an pe malul apei și ce scrie în acte."),
            "ru": ("Чья это река?", "Год у воды, и что написано в документах."),
        },
    ),
    (
        "politics",
        {
            "en": ("The price of a school", "What closing it costs, and who pays."),
            "ro": ("Prețul unei școli", "Cât costă închiderea ei și cine plătește."),
            "ru": ("Цена одной школы", "Во что обходится её закрытие и кто за это платит."),
        },
    ),
    (
        "environment",
        {
            "en": ("After the frost", "Growers count what is left, and what the state promised."),
            "ro": ("După îngheț", "Fermierii socotesc ce a rămas și ce le-a promis statul."),
            "ru": ("После заморозков", "Фермеры считают, что уцелело и что обещало государство."),
        },
    ),
    (
        "economy",
        {
            "en": ("The night shift", "Those who keep a town running while it sleeps."),
            "ro": ("Tura de noapte", "Cei care țin orașul în mișcare cât timp el doarme."),
            "ru": ("Ночная смена", "Те, благодаря кому город живёт, пока он спит."),
        },
    ),
)
# Each is written in the language of whoever suggests it.
WISHES = (
    {
        "en": "Why are the trains so slow?",
        "ro": "De ce merg trenurile atât de încet?",
        "ru": "Почему поезда такие медленные?",
    },
    {
        "en": "Ask the hospitals about waiting times",
        "ro": "Întrebați spitalele cât se așteaptă",
        "ru": "Спросите больницы, сколько там ждут приёма",
    },
    {
        "en": "What becomes of the old theatres?",
        "ro": "Ce se întâmplă cu teatrele vechi?",
        "ru": "Что будет со старыми театрами?",
    },
)


def prepare(*, at: datetime) -> None:
    """Sections and topics from before the readers came. A second time adds nothing."""
    for position, (slug, names) in enumerate(SECTIONS):
        Section.objects.get_or_create(slug=slug, defaults={"names": names, "position": position})
    for number, (slug, told) in enumerate(TOPICS):
        content = Content(
            section=Section.objects.get(slug=slug),
            language="en",
            texts={
                language: Text(title=title, summary=summary, body=summary)
                for language, (title, summary) in told.items()
            },
        )
        moment = at + timedelta(days=60 * number)
        publish(topic=create(content=content, by=None, at=moment), at=moment)
    outlet = Outlet.objects.get(pk=1)
    if outlet.goal_minor is None:
        outlet.goal_minor, outlet.goal_currency = 500_000, "EUR"
        outlet.save(update_fields=["goal_minor", "goal_currency"])


def finish(*, at: datetime) -> None:
    """What readers asked for, the titles of what they read, and what their money is worth."""
    enter_rates(at=at)
    for article in Article.objects.filter(title="").iterator():
        words = article.url.rsplit("/", 1)[-1].replace("-", " ")
        learn_title(article=article, title=words.capitalize())
    backers = list(Supporter.objects.filter(donations__isnull=False).distinct().order_by("pk")[:40])
    for number, titles in enumerate(WISHES):
        if number >= len(backers):
            return
        writer = backers[number]
        language = writer.language if writer.language in titles else "en"
        made = suggestions.suggest(
            supporter=writer, language=language, title=titles[language], details="", at=at
        )
        Suggestion.objects.filter(pk=made.pk).mark_open(at=at)
        made.refresh_from_db()
        for backer in backers[len(WISHES) + number :: number + 2]:
            suggestions.vote(suggestion=made, supporter=backer, at=at)


def enter_rates(*, at: datetime) -> None:
    """Those with which the story itself reckons, one for each of its currencies."""
    for currency, thousandths in IN_EURO.items():
        if currency != "EUR":
            with suppress(AlreadyEntered):
                enter(
                    currency=currency,
                    worth_in="EUR",
                    rate=Decimal(thousandths).scaleb(-3),
                    on=day_of(at),
                    source="Demo",
                    at=at,
                )
