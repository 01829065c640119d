"""What a reader has to see in each language, as people write it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    ask: str
    ten_euros: str
    five_euros: str
    give_ten: str
    give_five_monthly: str
    to_payment: str
    thanks: str
    moment: str
    nothing_charged: str
    every_month: str
    next_payment: str
    dear_ana: str
    letter_once: str
    letter_monthly: str


ENGLISH = Words(
    ask="Support NewsCafe",
    ten_euros="€10",
    five_euros="€5",
    give_ten="Give €10",
    give_five_monthly="Give €5 every month",
    to_payment="Continue to payment",
    thanks="Thank you!",
    moment="One moment",
    nothing_charged="Nothing was charged.",
    every_month="every month",
    next_payment="Next payment",
    dear_ana="Hello Ana,",
    letter_once="Thank you for supporting NewsCafe",
    letter_monthly="Thank you for your regular support of NewsCafe",
)
ROMANIAN = Words(
    ask="Susțineți NewsCafe",
    ten_euros="10 EUR",
    five_euros="5 EUR",
    give_ten="Susțin cu 10 EUR",
    give_five_monthly="Susțin cu 5 EUR în fiecare lună",
    to_payment="Continuați spre plată",
    thanks="Vă mulțumim!",
    moment="O clipă",
    nothing_charged="Nu s-a încasat nimic.",
    every_month="în fiecare lună",
    next_payment="Următoarea plată",
    dear_ana="Bună ziua, Ana!",
    letter_once="Vă mulțumim că susțineți NewsCafe",
    letter_monthly="Vă mulțumim pentru sprijinul constant acordat NewsCafe",
)
RUSSIAN = Words(
    ask="Поддержите NewsCafe",
    ten_euros="10 €",
    five_euros="5 €",
    give_ten="Поддержать на 10 €",
    give_five_monthly="Поддерживать на 5 € каждый месяц",
    to_payment="Перейти к оплате",
    thanks="Спасибо!",
    moment="Одну минуту",
    nothing_charged="Ничего не списано.",
    every_month="каждый месяц",
    next_payment="Следующий платёж",
    dear_ana="Здравствуйте, Ana!",
    letter_once="Спасибо, что поддержали NewsCafe",
    letter_monthly="Спасибо за постоянную поддержку NewsCafe",
)
WORDS = {"en": ENGLISH, "ro": ROMANIAN, "ru": RUSSIAN}
LANGUAGES = tuple(WORDS)
