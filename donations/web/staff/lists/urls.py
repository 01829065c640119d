"""The addresses of saved views."""

from django.urls import URLPattern, path

from donations.web.staff.lists import views

pages: list[URLPattern] = [
    path("views/<slug:room>/", views.views, name="staff_views"),
    path("views/<slug:room>/save/", views.save, name="staff_view_save"),
    path("views/<int:pk>/change/", views.change, name="staff_view_change"),
    path("views/<int:pk>/delete/", views.delete, name="staff_view_delete"),
]
