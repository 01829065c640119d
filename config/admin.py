"""The admin site: staff sign in through allauth, once for everything."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class FootnoteAdminSite(AdminSite):
    """Records as they stand; the books are read-only here."""

    site_header = site_title = "Footnote"
    index_title = _("Records")

    @method_decorator(secure_admin_login)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Allauth's page comes first; its throttling guards this door too."""
        return super().login(request, extra_context)
