"""What forms of the desk are made of."""

from typing import Any

from django import forms

from donations.web.forms import TextField
from donations.web.once import OnceForm, new_form_token

__all__ = ["OnceForm", "Words", "new_form_token"]


class Words(TextField):
    """A few lines by a colleague."""

    def __init__(self, *, max_length: int, required: bool = True, **shown: Any) -> None:
        super().__init__(max_length=max_length, lines=True)
        self.label, self.help_text = shown["label"], shown.get("help_text", "")
        self.required = required
        self.widget = forms.Textarea(attrs={"rows": 2, "dir": "auto", "maxlength": max_length})
        self.widget.is_required = required
