"""`python -m tests.standins.paypal`: a PayPal for development, on 127.0.0.1 only."""

import argparse
import os
import sys
from pathlib import Path

from ..common.running import refusal, serve
from .manners import Manners
from .standin import PayPalStandin


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.standins.paypal", description=__doc__)
    parser.add_argument("--port", type=int, default=12112)
    parser.add_argument("--notify-url", help="where IPNs are posted; without it they are kept")
    parser.add_argument("--business", help="the e-mail of the account")
    parser.add_argument("--state", type=Path, help="keep the state in this file over restarts")
    parser.add_argument(
        "--manners",
        default=os.environ.get("PAYPAL_STANDIN_MANNERS", ""),
        help="twice, reversed, out_of_order, late=SECONDS, pending_first, windows_1252, hold, drop",
    )
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    options = arguments(argv)
    reason = refusal(os.environ)
    if reason is not None:
        sys.stderr.write(f"{reason}\n")
        return 2
    settings = {"business": options.business} if options.business else {}
    standin = PayPalStandin(
        notify_url=options.notify_url, port=options.port, state=options.state, **settings
    )
    standin.manners = Manners.parse(options.manners)
    serve(standin, "PayPal")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
