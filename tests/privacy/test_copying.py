"""The copy has everything: no table that leads to a supporter is left out unseen."""

from typing import Any

from django.apps import apps
from django.utils import timezone

from donations.privacy.copying import document
from donations.supporters.models import Supporter
from tests.privacy.lives import EMAIL, FORMER, NAME, OTHER

# Sums of what is in the copy, and what says only that a row was made.
FIGURES = {
    *("Movement", "Standing", "SupporterTotal", "GiftMonth"),
}
KINDS = {
    "Donation": "donations",
    "Pledge": "pledges",
    "Subscription": "subscriptions",
    "Attribution": "attributions",
    "Consent": "consents",
    "Follow": "follows",
    "Suggestion": "suggestions",
    "Vote": "votes",
    "AddressChange": "address_changes",
    "Delivery": "deliveries",
    "Note": "notes",
    "Merge": "merges",
    "Change": "changes",
    "Supporter": "supporter",
}


def copy(maria: Supporter) -> Any:
    return document(supporter=maria, at=timezone.now())


def test_every_table_is_in_it() -> None:
    leading = {
        model.__name__
        for model in apps.get_app_config("donations").get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Supporter
    }
    assert leading == set(KINDS) | FIGURES


def test_it_has_rows_of_each_kind(maria: Supporter) -> None:
    told = copy(maria)
    names = {*KINDS.values(), "messages", "notifications", "readings", "mail_reports"}
    assert {name for name in names if not told[name]} == {"attributions"}


def test_it_names_all_that_she_was_called(maria: Supporter) -> None:
    told = str(copy(maria))
    assert all(each in told for each in (EMAIL, FORMER, OTHER, NAME, "Xenia called"))
