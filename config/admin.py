"""The admin site: staff sign in through allauth, once for everything."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from donations.supporters.models import User
from donations.team.factors import must_add_factor
from donations.team.rights import Right, may


class FootnoteAdminSite(AdminSite):
    """Records as they stand; the books are read-only here."""

    site_header = site_title = "Footnote"
    index_title = _("Records")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our own: allauth's hold secrets, and groups mean nothing here (team/rights.py)."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else None
        for model in models or [model_or_iterable]:
            if model._meta.app_label == "donations":  # noqa: SLF001  Django's own name for it
                super().register(model, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators, with a second factor where one is asked."""
        user = request.user
        if not isinstance(user, User):
            return False
        return may(user, Right.RECORDS) and not must_add_factor(user)

    @method_decorator(secure_admin_login)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Allauth's page comes first; its throttling guards this door too."""
        if isinstance(request.user, User) and must_add_factor(request.user):
            return redirect("mfa_index")
        if not self.has_permission(request):
            raise PermissionDenied
        return super().login(request, extra_context)
