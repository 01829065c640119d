"""Every address of the service."""

from django.contrib import admin
from django.urls import include, path

handler404 = "donations.web.pages.not_found"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("donations.urls")),
]
