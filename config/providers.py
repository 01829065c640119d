"""Payment providers from the environment; in a trial their stand-ins, unless something is set."""

from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured

from config import environment


class Stripe(NamedTuple):
    """Without a key there is no card way."""

    secret_key: str
    webhook_secret: str
    api_base: str
    is_standin: bool


class PayPal(NamedTuple):
    """Where links lead, and where notifications are verified."""

    website_url: str
    ipn_verify_url: str
    is_standin: bool


def stripe(*, trial: bool, debug: bool, var_dir: Path, standin_port: int) -> Stripe:
    """The account, or the stand-in's in a trial without a key."""
    secret_key = environment.text("STRIPE_SECRET_KEY", "")
    webhook_secret = environment.text("STRIPE_WEBHOOK_SECRET", "")
    api_base = environment.url("STRIPE_API_BASE", "")
    check_stripe(secret_key, webhook_secret, api_base, debug=debug)
    if secret_key or not trial:
        return Stripe(secret_key, webhook_secret, api_base, is_standin=False)
    return Stripe(
        "sk_test_standin",
        environment.kept_secret(var_dir / "standin_webhook_secret", prefix="whsec_"),
        api_base or f"http://127.0.0.1:{standin_port}",
        is_standin=True,
    )


def check_stripe(secret_key: str, webhook_secret: str, api_base: str, *, debug: bool) -> None:
    """Half an account, or a live one in a trial, stops the start."""
    if bool(secret_key) != bool(webhook_secret):
        absent = "STRIPE_WEBHOOK_SECRET" if secret_key else "STRIPE_SECRET_KEY"
        raise ImproperlyConfigured(
            f"{absent} is missing: Stripe needs its key and its signing secret."
        )
    if secret_key and not secret_key.startswith(("sk_", "rk_")):
        raise ImproperlyConfigured("STRIPE_SECRET_KEY is malformed: it begins with sk_ or rk_.")
    if secret_key[2:].startswith("_live_") and (debug or api_base):
        raise ImproperlyConfigured(
            "STRIPE_SECRET_KEY is a live key: it goes with neither DEBUG nor STRIPE_API_BASE."
        )
    if webhook_secret and not webhook_secret.startswith("whsec_"):
        raise ImproperlyConfigured("STRIPE_WEBHOOK_SECRET is malformed: it begins with whsec_.")


def paypal(*, trial: bool, standin_port: int) -> PayPal:
    """PayPal itself, what is set instead, or the stand-in in a trial that sets neither."""
    names = ("PAYPAL_WEBSITE_URL", "PAYPAL_IPN_VERIFY_URL")
    is_standin = trial and not any(environment.is_set(name) for name in names)
    website, verifier = "https://www.paypal.com", "https://ipnpb.paypal.com"
    if is_standin:
        website = verifier = f"http://127.0.0.1:{standin_port}"
    return PayPal(
        environment.url("PAYPAL_WEBSITE_URL", website),
        environment.url("PAYPAL_IPN_VERIFY_URL", f"{verifier}/cgi-bin/webscr"),
        is_standin,
    )
