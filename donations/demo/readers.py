"""Readers who never were: names in three languages, habits, and the articles that moved them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

FIRST = {
    "ro": (
        "Ana",
        "Ion",
        "Maria",
        "Andrei",
        "Elena",
        "Mihai",
        "Ioana",
        "Vasile",
        "Daniela",
        "Ștefan",
    ),
    "ru": ("Анна", "Иван", "Мария", "Сергей", "Елена", "Павел", "Ольга", "Дмитрий", "Юлия", "Олег"),
    "en": (
        "Alice",
        "James",
        "Grace",
        "Oliver",
        "Emma",
        "Henry",
        "Sofia",
        "Daniel",
        "Clara",
        "Thomas",
    ),
}
LAST = {
    "ro": ("Rusu", "Ceban", "Munteanu", "Cojocaru", "Țurcan", "Lungu", "Moraru", "Balan", "Popa"),
    "ru": ("Ковальчук", "Шевченко", "Коваль", "Мельник", "Ткач", "Бондарь", "Мороз", "Гончар"),
    "en": ("Baker", "Wright", "Hughes", "Fischer", "Martin", "Novak", "Rossi", "Keller", "Byrne"),
}
CURRENCIES = {
    "ro": (("EUR", 5), ("MDL", 9), ("RON", 5), ("USD", 1)),
    "ru": (("EUR", 6), ("MDL", 9), ("USD", 3)),
    "en": (("EUR", 8), ("USD", 6), ("GBP", 4)),
}
SUBJECTS = (
    "the-river-that-lost-its-fish", "who-owns-the-night-buses", "a-school-without-teachers",
    "the-price-of-bread", "letters-from-the-border", "what-the-wind-farm-promised",
    "the-last-cinema", "how-a-budget-is-made", "doctors-who-left", "the-market-at-dawn",
    "where-the-water-goes", "a-village-online", "the-archive-in-the-cellar", "winter-without-gas",
    "the-judge-and-the-land", "coming-home", "the-vineyard-and-the-frost", "a-bridge-too-late",
)  # fmt: skip
CAMPAIGNS = (("", 60), ("winter-appeal", 12), ("newsletter", 16), ("anniversary", 5), ("footer", 7))


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody, with the chance that decides about them."""

    number: int
    name: str
    email: str
    language: str
    currency: str
    method: str
    since: datetime
    chance: Random


def reader(number: int, *, seed: int, start: datetime, end: datetime) -> Reader:
    """The same number and seed is the same reader."""
    chance = Random(f"{seed}:{number}")  # noqa: S311 - a story, no secret
    language = weighted(chance, (("ro", 55), ("ru", 25), ("en", 20)))
    currency = weighted(chance, CURRENCIES[language])
    by_paypal = currency not in ("MDL", "RON") and chance.random() < 0.4
    return Reader(
        number=number,
        name=f"{chance.choice(FIRST[language])} {chance.choice(LAST[language])}",
        email=f"reader{number}@demo.example",
        language=language,
        currency=currency,
        method="paypal" if by_paypal else "card",
        since=beginning(chance, start, end),
        chance=chance,
    )


def beginning(chance: Random, start: datetime, end: datetime) -> datetime:
    """More come each year, and more in December and March than in summer."""
    while True:
        share: float = chance.random() ** 0.65
        moment = start + (end - start) * share
        season = {12: 1.0, 1: 0.5, 3: 0.8, 7: 0.35, 8: 0.3}.get(moment.month, 0.6)
        if chance.random() < season:
            return moment.replace(microsecond=0)


def weighted(chance: Random, choices: tuple[tuple[str, int], ...]) -> str:
    """One of these, by weight."""
    return chance.choices([name for name, _ in choices], [weight for _, weight in choices])[0]


def article(chance: Random, at: datetime) -> str:
    """What was read: mostly something of these weeks, now and then something old; or nothing."""
    if chance.random() < 0.25:
        return ""
    written = at - timedelta(days=int(chance.expovariate(1 / 20)))
    # Now and then an issue that everybody passes on.
    subject = chance.choice(SUBJECTS)
    return f"https://newscafe.example/{written:%Y/%m}/{subject}"
