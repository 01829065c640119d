"""What a reader fills in, checked field by field."""

import unicodedata
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from donations.gateways.paypal import WHOLE_UNITS
from donations.giving.models import Interval, Method
from donations.giving.wish import Wish
from donations.money import Money
from donations.outlet.queries import OutletFacts
from donations.supporters.models import Consent
from donations.web.amounts import read_amount
from donations.web.offers import currency_word, either, offer_of
from donations.web.prefill import PASSED_ON

SIGNER = signing.TimestampSigner(salt="donations.give")
CONSENT_TOPICS = gettext_lazy(
    "Write to me when there is a new topic. Every letter has a link to unsubscribe."
)
BAD_CHARACTERS = gettext_lazy("Some characters here cannot be saved. Please type it again.")

PAYPAL_GIVES_ONCE = gettext_lazy(
    "PayPal gives once. Choose “once” above, or pay by card to give regularly."
)


def new_token() -> str:
    """Proof that the form came from a page of ours not long ago; the same for every reader."""
    return SIGNER.sign("give")


def token_is_fresh(token: str) -> bool:
    """Whether the page was shown within FORM_TOKEN_MAX_AGE."""
    try:
        SIGNER.unsign(token, max_age=settings.FORM_TOKEN_MAX_AGE)
    except signing.BadSignature:
        return False
    return True


def is_control(character: str) -> bool:
    """Not a letter of any script: a tab, a bell, a NUL."""
    return unicodedata.category(character) == "Cc"


class TextField(forms.CharField):
    """Text of people: any script, no control characters, line breaks only where there are lines."""

    def __init__(self, *, max_length: int, lines: bool = False) -> None:
        self.allowed = "\n" if lines else ""
        too_long = gettext_lazy("Please shorten this to %(limit_value)d characters.")
        super().__init__(
            required=False,
            max_length=max_length,
            error_messages={
                "max_length": too_long,
                "null_characters_not_allowed": BAD_CHARACTERS,
            },
        )

    def to_python(self, value: Any) -> str:
        """Browsers send CRLF for what was counted as one character."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        """Refuse what a mail or a statement could not carry."""
        super().validate(value)
        if any(is_control(each) and each not in self.allowed and each != "\0" for each in value):
            raise ValidationError(BAD_CHARACTERS, code="control")


class QuietField(forms.CharField):
    """Where the reader came from: kept when it fits, and never a reason to refuse a gift."""

    def __init__(self, *, keep: int) -> None:
        self.keep = keep
        super().__init__(required=False)

    def clean(self, value: Any) -> str:
        """Without control characters, and cut."""
        return "".join(each for each in str(value or "") if not is_control(each))[: self.keep]


class OfferedField(forms.ChoiceField):
    """A choice whose options come with the offer; one sentence says what to do about it."""

    def __init__(self, message: Any) -> None:
        super().__init__()
        self.error_messages = {"required": message, "invalid_choice": message}


class GiveForm(forms.Form):
    """The support page's form; where PayPal is all that is wanted, a short one."""

    interval = OfferedField(gettext_lazy("Choose how often you want to give."))
    preset = QuietField(keep=40)
    amount = QuietField(keep=40)
    currency = OfferedField(gettext_lazy("Choose a currency from the list."))
    method = OfferedField(gettext_lazy("Choose card or PayPal."))
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("Enter an e-mail address like name@example.com."),
            "max_length": gettext_lazy("This e-mail address is too long."),
            "null_characters_not_allowed": BAD_CHARACTERS,
        },
    )
    name = TextField(max_length=200)
    message = TextField(max_length=1000, lines=True)
    public = forms.BooleanField(required=False)
    consent_topics = forms.BooleanField(required=False)
    article = QuietField(keep=2000)
    title = QuietField(keep=300)
    utm_source = QuietField(keep=100)
    utm_medium = QuietField(keep=100)
    utm_campaign = QuietField(keep=100)

    def __init__(
        self, *args: Any, outlet: OutletFacts, is_for_paypal: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.outlet, self.is_for_paypal = outlet, is_for_paypal
        self.offer = offer_of(outlet, is_for_paypal=is_for_paypal)
        self._offer_choices("interval", self.offer.intervals)
        self._offer_choices("currency", self.offer.currencies)
        self._offer_choices("method", self.offer.methods)

    def _offer_choices(self, name: str, codes: tuple[str, ...]) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [(code, code) for code in codes]
        field.initial = next(iter(codes), "")

    def clean(self) -> dict[str, Any]:
        """What hangs together: amount and currency, PayPal and what it can carry."""
        chosen = self.cleaned_data
        method, currency = chosen.get("method"), chosen.get("currency")
        if currency:
            try:
                chosen["money"] = self.read_money(currency)
            except ValidationError as error:
                self.add_error("amount", error)
        if method and currency:
            self._check_currency(method, currency)
        if method == Method.PAYPAL and currency and chosen.get("money"):
            self._check_whole_units(chosen["money"])
        repeats = chosen.get("interval", Interval.ONCE) != Interval.ONCE
        if method == Method.PAYPAL and repeats and not self.offer.paypal_repeats:
            self.add_error("method", PAYPAL_GIVES_ONCE)
        if method == Method.CARD and chosen.get("email") == "":
            self.add_error("email", _("Enter your e-mail address: the receipt goes there."))
        return chosen

    def read_money(self, currency: str) -> Money:
        """The amount as it stands in the fields; raises ValidationError."""
        return read_amount(
            typed=str(self["amount"].value() or ""),
            preset=str(self["preset"].value() or ""),
            currency=currency,
            least=self.outlet.minimum(currency),
            offer=self.offer,
        )

    @property
    def money(self) -> Money | None:
        """The amount when it is known, whatever else may be wrong."""
        currency = str(self["currency"].value() or "")
        if currency not in self.offer.currencies:
            return None
        try:
            return self.read_money(currency)
        except ValidationError:
            return None

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Field and message, in the order of the page."""
        return [(name, str(text)) for name in self.fields for text in self.errors.get(name, [])]

    @property
    def exact_amount(self) -> str:
        """A pattern that only the typed amount fits: without a script, CSS sees a change by it."""
        return str(self["amount"].value() or "").strip().replace(".", r"\.") if self.money else ""

    @property
    def passed_on(self) -> list[forms.BoundField]:
        """What travels through the form unseen."""
        return [self[name] for name in PASSED_ON]

    def _check_whole_units(self, money: Money) -> None:
        """PayPal takes no fillér of a forint."""
        if money.currency in WHOLE_UNITS and money.decimal % 1:
            self.add_error("amount", _("PayPal takes whole amounts only in this currency."))

    def _check_currency(self, method: str, currency: str) -> None:
        takes = self.offer.by_method[method]
        if currency in takes:
            return
        words = {
            "currency": currency_word(currency),
            "choice": either(takes, get_language() or "en"),
        }
        by_card = currency in self.offer.by_method.get(Method.CARD.value, ())
        if method == Method.CARD:
            text = _("Cards cannot take %(currency)s here. Choose %(choice)s, or give by PayPal.")
        elif by_card:
            text = _("PayPal cannot take %(currency)s. Choose %(choice)s, or pay by card.")
        else:
            text = _("PayPal cannot take %(currency)s. Choose %(choice)s.")
        self.add_error("currency", text % words)

    def wish(self, language: str) -> Wish:
        """What the reader wants, once the form is valid."""
        said = self.cleaned_data
        consents = {Consent.Purpose.TOPICS.value: str(CONSENT_TOPICS)}
        return Wish(
            money=said["money"],
            interval=said["interval"],
            method=said["method"],
            email=said["email"],
            name=said["name"],
            message=said["message"],
            public=said["public"],
            language=language,
            article_url=said["article"],
            article_title=said["title"],
            utm_source=said["utm_source"],
            utm_medium=said["utm_medium"],
            utm_campaign=said["utm_campaign"],
            consents=consents if said["consent_topics"] else {},
        )
