"""`python -m tests.standins.stripe`: a Stripe for development, on 127.0.0.1 only."""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ..common import running
from ..common.manners import Manners
from .standin import StripeStandin


def refusal(environ: Mapping[str, str]) -> str | None:
    """Why it must not run here: a stand-in beside real money would swallow gifts."""
    if environ.get("STRIPE_SECRET_KEY", "").startswith(("sk_live", "rk_live")):
        return "STRIPE_SECRET_KEY is a live key: the stand-in must never stand in for real money."
    return running.refusal(environ)


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.standins.stripe", description=__doc__)
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--webhook-url", help="where events are posted; without it they are kept")
    parser.add_argument("--webhook-secret-file", type=Path, help="a file with the whsec_… secret")
    parser.add_argument("--state", type=Path, help="keep the state in this file over restarts")
    parser.add_argument(
        "--manners",
        default=os.environ.get("STRIPE_STANDIN_MANNERS", ""),
        help="twice, out_of_order, late=SECONDS, hold, drop; separated by commas",
    )
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    options = arguments(argv)
    reason = refusal(os.environ)
    if reason is not None:
        sys.stderr.write(f"{reason}\n")
        return 2
    secret = "whsec_standin"
    if options.webhook_secret_file is not None:
        secret = options.webhook_secret_file.read_text(encoding="utf-8").strip()
    standin = StripeStandin(
        webhook_url=options.webhook_url,
        webhook_secret=secret,
        port=options.port,
        state=options.state,
    )
    standin.courier.manners = Manners.parse(options.manners)
    running.serve(standin, "Stripe")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
