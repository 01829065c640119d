"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.agreements import one
from donations.web.staff.agreements.forms import FORMS

pages: list[URLPattern] = [
    path("agreements/<int:pk>/", one.agreement, name="staff_agreement"),
    *(
        path(f"agreements/<int:pk>/{name}/", one.step, {"name": name}, f"staff_agreement_{name}")
        for name in FORMS
    ),
]
