"""A form that is sent twice counts once: each showing carries a token of its own."""

import re
import secrets

from django import forms

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}", re.ASCII)


def new_form_token() -> str:
    """For one showing of a form."""
    return secrets.token_urlsafe(16)


class OnceForm(forms.Form):
    """Shown with a fresh token; sent again, also from another tab, it is the same form."""

    token = forms.RegexField(TOKEN, widget=forms.HiddenInput, initial=new_form_token)
