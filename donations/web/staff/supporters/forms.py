"""What a colleague types about a supporter."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from donations.supporters.models import Supporter
from donations.web.staff.tokens import OnceForm, Words

LONGEST_NAME, LONGEST_NOTE, LONGEST_REASON = 200, 2000, 500


class NoteForm(OnceForm):
    """Something to remember."""

    text = Words(
        label=_("Add a note"),
        help_text=_("For colleagues only. It cannot be edited later, only withdrawn."),
        max_length=LONGEST_NOTE,
    )


class CorrectForm(OnceForm):
    """What they are called, and how they are written to."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language of our mail"), choices=lambda: settings.LANGUAGES
    )
    why = Words(
        label=_("Why"),
        help_text=_("If it is worth remembering."),
        max_length=LONGEST_REASON,
        required=False,
    )

    @classmethod
    def of(cls, supporter: Supporter, data: Any = None) -> "CorrectForm":
        """As it stands."""
        known = {"name": supporter.name, "language": supporter.language}
        form = cls(data, initial=known)
        if data is None:
            form.initial["token"] = form.fields["token"].initial
        return form
