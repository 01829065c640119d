"""Django's admin with our own site."""

from django.contrib.admin.apps import AdminConfig


class FootnoteAdminConfig(AdminConfig):
    """Plain records for staff; signing in is allauth's."""

    default_site = "config.admin.FootnoteAdminSite"
