"""Its addresses: the page, and the file behind each figure."""

from django.urls import URLPattern, path

from donations.web.staff.overview import files, page

pages: list[URLPattern] = [
    path("", page.overview, name="staff"),
    path("figures/<slug:figure>.csv", files.figures, name="staff_figure"),
]
