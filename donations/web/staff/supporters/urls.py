"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.supporters import erasing, helping, listing, merging, one

pages: list[URLPattern] = [
    path("supporters/", listing.supporters, name="staff_supporters"),
    path("supporters/<int:pk>/", one.supporter, name="staff_supporter"),
    path("supporters/<int:pk>/correct/", helping.correct, name="staff_supporter_correct"),
    path("supporters/<int:pk>/note/", helping.note, name="staff_supporter_note"),
    path("supporters/<int:pk>/erase/", erasing.page, name="staff_supporter_erase"),
    path("supporters/<int:pk>/name/", erasing.name, name="staff_supporter_name"),
    path("supporters/<int:pk>/merge/", merging.merge, name="staff_supporter_merge"),
    path("supporters/merges/<int:pk>/undo/", merging.undo, name="staff_merge_undo"),
    path("supporters/notes/<int:pk>/withdraw/", helping.withdraw, name="staff_note_withdraw"),
]
