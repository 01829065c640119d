"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.rates import page

pages: list[URLPattern] = [
    path("rates/", page.rates, name="staff_rates"),
    path("rates/<int:pk>/withdraw/", page.withdraw, name="staff_rate_withdraw"),
]
