"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.payouts import listing, one, sheet

pages: list[URLPattern] = [
    path("payouts/", listing.payouts, name="staff_payouts"),
    path("payouts/<int:pk>/", one.payout, name="staff_payout"),
    path("payouts/<int:pk>/payout.csv", sheet.download, name="staff_payout_csv"),
]
