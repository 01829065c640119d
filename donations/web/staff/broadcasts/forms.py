"""What a draft's page asks: to whom, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations import Audience, Words
from donations.topics.models import TopicText
from donations.web.staff.broadcasts import words

LONGEST_SUBJECT, LONGEST_PREFACE = 200, 10_000
EVERY, SECTION = "every", "section"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said in a language: the topic's text for it, and the two fields."""

    code: str
    name: str
    text: TopicText | None
    text_language: str
    subject: BoundField
    preface: BoundField

    @property
    def is_own(self) -> bool:
        """Whether the topic speaks this language itself."""
        return self.text is not None and self.text.language == self.code


class AudienceForm(forms.Form):
    """Which of the followers."""

    languages = forms.MultipleChoiceField(
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("None ticked: every language."),
    )
    support = forms.ChoiceField(
        choices=tuple(words.SUPPORT.items()),
        widget=forms.RadioSelect,
        label=gettext_lazy("How they support us"),
    )

    def __init__(self, data: Any = None, *, broadcast: Broadcast) -> None:
        super().__init__(data, initial=self.standing(broadcast))
        self.broadcast = broadcast
        section = broadcast.topic.section.name(words.language())
        self.fields["scope"] = forms.ChoiceField(
            choices=((SECTION, section), (EVERY, _("any section"))),
            widget=forms.RadioSelect,
            label=gettext_lazy("Followers of"),
        )

    @staticmethod
    def standing(broadcast: Broadcast) -> dict[str, Any]:
        """The audience as it was kept."""
        return {
            "scope": EVERY if broadcast.to_every_section else SECTION,
            "languages": broadcast.languages,
            "support": broadcast.support,
        }

    def audience(self) -> Audience:
        """As chosen; of a form that is valid."""
        chosen = self.cleaned_data
        return Audience(
            to_every_section=chosen["scope"] == EVERY,
            languages=tuple(chosen["languages"]),
            support=chosen["support"],
        )


class ComposeForm(AudienceForm):
    """The same with subject and preface in each language."""

    def __init__(self, data: Any = None, *, broadcast: Broadcast) -> None:
        super().__init__(data, broadcast=broadcast)
        kept = {each.language: each for each in broadcast.editions.all()}
        for code in words.names():
            edition, text = kept.get(code), broadcast.topic.text(code)
            placeholder = {"placeholder": text.title if text else "", "lang": code}
            self.fields[f"subject-{code}"] = forms.CharField(
                required=False,
                max_length=LONGEST_SUBJECT,
                label=gettext_lazy("Subject"),
                initial=edition.subject if edition else "",
                widget=forms.TextInput(placeholder),
            )
            self.fields[f"preface-{code}"] = forms.CharField(
                required=False,
                max_length=LONGEST_PREFACE,
                label=gettext_lazy("A few words before the topic"),
                initial=edition.preface if edition else "",
                widget=forms.Textarea({"rows": 4, "lang": code}),
            )

    @property
    def said(self) -> "Iterator[Said]":
        """The fields by language, each with what the topic says there."""
        for code in words.names():
            text = self.broadcast.topic.text(code)
            yield Said(
                code=code,
                name=words.language_name(code),
                text=text,
                text_language=words.language_name(text.language) if text else "",
                subject=self[f"subject-{code}"],
                preface=self[f"preface-{code}"],
            )

    def editions(self) -> dict[str, Words]:
        """As written; of a form that is valid."""
        told = self.cleaned_data
        return {
            code: Words(
                subject=" ".join(told[f"subject-{code}"].split()),
                preface=told[f"preface-{code}"],
            )
            for code in words.names()
        }
