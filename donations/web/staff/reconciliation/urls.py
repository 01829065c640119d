"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.reconciliation import asking, days, settling

pages: list[URLPattern] = [
    path("reconciliation/", days.reconciliation, name="staff_reconciliation"),
    path("reconciliation/compare/", asking.compare, name="staff_reconciliation_compare"),
    path("reconciliation/<int:pk>/", days.day, name="staff_compared_day"),
    path("reconciliation/<int:pk>/not-ours/", settling.not_ours, name="staff_compared_not_ours"),
    path("reconciliation/<int:pk>/ours/", settling.ours, name="staff_compared_ours"),
]
