"""Addresses of the account, behind the language."""

from django.urls import path

from donations.web.account import (
    address,
    data,
    deeds,
    erasing,
    freshness,
    gifts,
    naming,
    page,
    receipts,
    stopping,
)
from donations.web.account.deed_forms import FORMS

urlpatterns = [
    path("", page.page, name="account"),
    path("gifts/", gifts.page, name="account_gifts"),
    path("gifts/<slug:name>/receipt.pdf", receipts.receipt, name="account_receipt"),
    path(
        "gifts/<int:year>/<slug:currency>.pdf",
        receipts.statement,
        name="account_statement",
    ),
    path("support/<slug:token>/stop/", stopping.page, name="account_stop"),
    *(
        path(f"support/<slug:token>/{name}/", deeds.page, {"name": name}, f"account_{name}")
        for name in FORMS
    ),
    path("card/", deeds.card_back, name="account_card_back"),
    path("code/", freshness.page, name="account_code"),
    path("name/", naming.page, name="account_name"),
    path("address/", address.page, name="account_address"),
    path("address/confirm/", address.confirm, name="address_confirm"),
    path("address/object/", address.object_to, name="address_object"),
    path("data/", data.page, name="account_data"),
    path("data/file/", data.file, name="account_data_file"),
    path("data/read/", data.read, name="account_data_read"),
    path("data/erase/", erasing.page, name="account_erase"),
    path("erased/", erasing.done, name="account_erased"),
]
