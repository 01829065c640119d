"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.health import events, page, replaying

pages: list[URLPattern] = [
    path("health/", page.health, name="staff_health"),
    path("health/again/", replaying.all_again, name="staff_events_again"),
    path("health/<int:pk>/", events.event, name="staff_event"),
    path("health/<int:pk>/again/", replaying.again, name="staff_event_again"),
]
