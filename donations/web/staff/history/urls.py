"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.history import listing

pages: list[URLPattern] = [path("history/", listing.listing, name="staff_history")]
