"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.exports import pages as room

pages: list[URLPattern] = [
    path("exports/", room.exports, name="staff_exports"),
    path("exports/ask/", room.ask, name="staff_export_ask"),
    path("exports/<int:pk>/", room.one, name="staff_export"),
    path("exports/<int:pk>/live/", room.live, name="staff_export_live"),
    path("exports/<int:pk>/file/", room.download, name="staff_export_file"),
    path("exports/<int:pk>/cancel/", room.cancel, name="staff_export_cancel"),
]
