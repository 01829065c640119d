"""The addresses of the room."""

from django.urls import URLPattern, path

from donations.web.staff.broadcasts import (
    composing,
    listing,
    live,
    people,
    previewing,
    scheduling,
    steps,
)

pages: list[URLPattern] = [
    path("broadcasts/", listing.listing, name="staff_broadcasts"),
    path("broadcasts/rate/", listing.set_rate, name="staff_broadcast_rate"),
    path("broadcasts/new/", listing.new, name="staff_broadcast_new"),
    path("broadcasts/<int:pk>/", live.one, name="staff_broadcast"),
    path("broadcasts/<int:pk>/live/", live.part, name="staff_broadcast_live"),
    path("broadcasts/<int:pk>/people/", people.people, name="staff_broadcast_people"),
    path("broadcasts/<int:pk>/edit/", composing.edit, name="staff_broadcast_edit"),
    path("broadcasts/<int:pk>/count/", composing.counting, name="staff_broadcast_count"),
    path("broadcasts/<int:pk>/preview/", previewing.preview, name="staff_broadcast_preview"),
    path("broadcasts/<int:pk>/mail/", previewing.frame, name="staff_broadcast_mail"),
    path("broadcasts/<int:pk>/proof/", previewing.proof, name="staff_broadcast_proof"),
    path("broadcasts/<int:pk>/schedule/", scheduling.schedule, name="staff_broadcast_schedule"),
    path("broadcasts/<int:pk>/approve/", scheduling.approve, name="staff_broadcast_approve"),
    path("broadcasts/<int:pk>/<slug:name>/", steps.step, name="staff_broadcast_step"),
]
