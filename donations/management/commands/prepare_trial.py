"""Everything that a trial on this machine needs before it serves."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from donations.supporters.models import User

STAFF = "staff@footnote.test"


class Command(BaseCommand):
    help = "Makes the database, the static files and a demo member of staff."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TRIAL:
            raise CommandError("This is for a trial on your own machine, with DEBUG on.")
        settings.VAR_DIR.mkdir(exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(welcome(staff_password()))


def staff_password() -> str:
    """The demo login's password, made once for this folder and kept under var/."""
    path = settings.VAR_DIR / "staff_password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    password = path.read_text()
    if not User.objects.filter(email=STAFF).exists():
        User.objects.create_superuser(STAFF, password)
    return password


def standin(port: int) -> str:
    """Where a stand-in is steered from."""
    return f"http://127.0.0.1:{port}/control/   (no money moves)"


def welcome(password: str) -> str:
    """Where to look."""
    rows = [
        ("Support page", f"{settings.SITE_URL}/"),
        ("Staff desk", f"{settings.SITE_URL}/staff/"),
        ("  sign in as", f"{STAFF}   password {password}"),
        ("Mail that was sent", f"{settings.SITE_URL}/dev/mail/"),
    ]
    if settings.STRIPE_IS_STANDIN:
        rows.append(("Stripe stand-in", standin(settings.STANDIN_PORT)))
    if settings.PAYPAL_IS_STANDIN:
        rows.append(("PayPal stand-in", standin(settings.PAYPAL_PORT)))
    lines = "\n".join(f"  {name:<20} {value}" for name, value in rows)
    return f"\nFootnote is starting. Ctrl-C stops all of it.\n\n{lines}\n"
