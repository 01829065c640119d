"""What we decide differently from allauth's defaults, about signing in and second factors."""

import logging
import secrets
import time
import uuid
from base64 import b32encode, urlsafe_b64encode
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, InvalidToken
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donations.outbox import operations as outbox
from donations.outbox.models import Message
from donations.outlet import queries as outlets
from donations.supporters.models import User
from donations.supporters.operations import join_supporter
from donations.web.hints import mail_soon
from donations.web.language import nearest

logger = logging.getLogger(__name__)

CODE = "account/email/login_code"  # allauth's name of that mail
FACTOR_STAGE = "donations.web.accounts.FactorStage"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Colleagues are invited; nobody signs up by themselves. Mail goes through our own queue."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: giving needs no account."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queued with the rest: it leaves when the mail server is there, and is tried again."""
        at = timezone.now()
        if template_prefix == CODE:
            self.send_code(email, str(context["code"]))
            return
        letter = self.render_mail(template_prefix, email, {"request": self.request, **context})
        outbox.queue(
            key=f"sign_in:{uuid.uuid4()}",
            kind=Message.Kind.SIGN_IN,
            to=email,
            language=get_language() or "",
            context={"subject": str(letter.subject), "text": str(letter.body)},
            at=at,
        )
        transaction.on_commit(mail_soon)

    def send_code(self, email: str, code: str) -> None:
        """A letter like all of ours, in the language of the page that asks for the code."""
        outbox.queue(
            key=f"sign_in_code:{uuid.uuid4()}",
            kind=Message.Kind.SIGN_IN_CODE,
            to=email,
            language=get_language() or "",
            context={"code": code, "minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60},
            at=timezone.now(),
        )
        transaction.on_commit(mail_soon)

    def get_login_stages(self) -> list[str]:
        """Allauth's, where a supporter's passkey is another way and not a second step."""
        ours = {"allauth.mfa.stages.AuthenticateStage": FACTOR_STAGE}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Whoever came by a code has shown whose mailbox they read."""
        for record in get_authentication_records(request, user):
            if record["method"] == "code" and record.get("email"):
                join_supporter(user=user, email=record["email"], at=timezone.now())
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the desk, or to one's own page."""
        if isinstance(request.user, User) and request.user.is_staff:
            return reverse("staff")
        return reverse("account", args=[spoken()])

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the page for everybody."""
        return reverse("give", args=[spoken()])

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """To the address that they sign in with; allauth's own table of addresses is not used."""
        told = {"timestamp": timezone.now(), "ip": get_client_ip(self.request) or ""}
        told["user_agent"] = self.get_http_user_agent(self.request)[:200]
        self.send_mail(template_prefix, email or user.email, {**told, **(context or {})})

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of who has signed in just now: that was with everything that they have."""
        records = get_authentication_records(self.request, self.request.user)
        limit = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        is_long_ago = not records or records[-1]["at"] < limit
        if is_long_ago and not self.request.user.is_staff:
            # Allauth takes whoever has neither password nor factor for somebody just arrived.
            raise ReauthenticationRequired
        return is_long_ago

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Allauth's; a supporter has a code, whether or not they have a passkey too."""
        if user.is_authenticated and not user.is_staff:
            url = reverse("account_again")
            return [{"id": "code", "description": _("Use a code from your mailbox"), "url": url}]
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return methods


class FactorStage(AuthenticateStage):  # type: ignore[misc]
    """Asks colleagues for their second factor, whatever they came by."""

    def _should_handle(self, request: HttpRequest) -> bool:
        """Of a supporter who has just read a code in their mailbox nothing more is asked."""
        user = self.login.user
        records = get_authentication_records(request, user)
        if not user.is_staff and any(record["method"] == "code" for record in records):
            return False
        return bool(super()._should_handle(request))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are stored sealed: a copy of the database alone makes no codes."""

    def get_totp_issuer(self) -> str:
        """What the app on the telephone shows beside the code."""
        return outlets.current().name

    def _get_site_name(self) -> str:
        return outlets.current().name

    def encrypt(self, text: str) -> str:
        """With the service's own key."""
        return sealing().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret of another SECRET_KEY is no secret any more: no code will ever fit it."""
        try:
            return sealing().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.warning("a second factor was sealed with another SECRET_KEY and is lost")
            return b32encode(secrets.token_bytes(20)).decode()


def spoken() -> str:
    """The language of this page, or the newsroom's own."""
    return nearest(get_language() or "")


def sealing() -> Fernet:
    """Made of SECRET_KEY."""
    digest = salted_hmac("donations.web.accounts.factors", "", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(digest))


@login_not_required
def not_here(request: HttpRequest, key: str = "") -> HttpResponse:
    """Pages of allauth's that we do without: one's address is what one was invited by."""
    raise Http404
