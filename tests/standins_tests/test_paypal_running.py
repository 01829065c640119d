"""Starting, stopping, and going on where it stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.standins.common.running import refusal
from tests.standins.paypal import PayPalStandin

from .paypal_asks import ask, donate, fetch, gift, kinds, monthly
from .receiver import Receiver

ROOT = Path(__file__).resolve().parents[2]


def test_a_restart_goes_on(tmp_path: Path, receiver: Receiver) -> None:
    state = tmp_path / "paypal.json"
    with PayPalStandin(state=state, notify_url=receiver.url) as pal:
        sub = pal.pay_link(monthly(pal)).sub
        waiting = pal.pay_link(donate(pal, custom="don-7"), pending=True).id
        assert pal.wait_for_deliveries()
        pal.manners.hold = True
        pal.refund(gift(pal), "1.00")
        pal.now = stopped = pal.now + 3600
        file, told = pal.activity_csv(), pal.ipns
    assert receiver.bodies == told[:3]
    with PayPalStandin(state=state, notify_url=receiver.url) as pal:
        assert (pal.now, pal.activity_csv(), pal.ipns) == (stopped, file, told)
        assert pal.wait_for_deliveries()
        assert receiver.bodies == told
        assert ask(pal, told[0]) == "VERIFIED"
        pal.renew(sub)
        pal.clear(waiting)
        assert kinds(pal)[5:] == ["subscr_payment", "web_accept"]


def test_what_nobody_was_told_of_stays_untold(tmp_path: Path, receiver: Receiver) -> None:
    state = tmp_path / "paypal.json"
    with PayPalStandin(state=state, notify_url=receiver.url) as pal:
        pal.manners.drop = True
        gift(pal)
    with PayPalStandin(state=state, notify_url=receiver.url) as pal:
        assert pal.wait_for_deliveries()
        assert (receiver.bodies, len(pal.ipns)) == ([], 1)


def test_a_reset_forgets_everything(pal: PayPalStandin) -> None:
    gift(pal, invoice="i-1")
    pal.manners.hold = pal.manners.pending_first = True
    pal.settings.test_ipn = True
    pal.verifier.mode, pal.now = "error", 5
    pal.reset()
    assert (pal.ipns, pal.asked, pal.deliveries) == ([], {}, [])
    assert pal.now > 1_700_000_000
    assert (pal.manners.hold, pal.settings.test_ipn) == (False, False)
    gift(pal, invoice="i-1")
    assert ask(pal, pal.ipns[0]) == "VERIFIED"


@pytest.mark.parametrize("word", ["off", "False", "0"])
def test_it_never_runs_in_production(word: str) -> None:
    assert refusal({"DEBUG": word}) is not None
    assert refusal({}) is None


def run(*options: str, **environ: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.standins.paypal", "--port", "0", *options]
    env = {"PATH": os.environ["PATH"], **environ}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=pipe, stderr=pipe, text=True)


def test_the_command_serves_until_it_is_told_to_end(tmp_path: Path, receiver: Receiver) -> None:
    state = tmp_path / "paypal.json"
    options = ("--notify-url", receiver.url, "--state", str(state), "--business", "x@example.org")
    with run(*options, "--manners", "pending_first") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("PayPal stand-in on http://127.0.0.1:")
        page = fetch(f"{line.split()[3]}/control/")[2]
        assert "x@example.org" in page
        assert 'name="pending_first" checked' in page
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert state.exists()


def test_the_command_refuses_production() -> None:
    with run(DEBUG="false") as process:
        assert process.wait(10) == 2
        assert process.stderr is not None
        assert "production" in process.stderr.read()
