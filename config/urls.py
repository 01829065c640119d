"""Every address of the service."""

from django.contrib import admin
from django.urls import include, path

from donations.web.account import entrance
from donations.web.accounts import not_here

handler404 = "donations.web.pages.not_found"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/email/", not_here),
    path("accounts/confirm-email/", not_here),
    path("accounts/confirm-email/<str:key>/", not_here),
    path("accounts/login/code/", entrance.ask),
    path("accounts/login/code/confirm/", entrance.confirm),
    path("accounts/login/again/", entrance.again, name="account_again"),
    path("accounts/", include("allauth.urls")),
    path("", include("donations.urls")),
]
