"""Starting, stopping, and going on where it stopped."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import stripe

from tests.standins.stripe import StripeStandin
from tests.standins.stripe.__main__ import refusal

from .asks import create, gift, paid, pledge
from .conftest import connect
from .receiver import Receiver

ROOT = Path(__file__).resolve().parents[2]


def test_a_restart_goes_on(tmp_path: Path, receiver: Receiver) -> None:
    state = tmp_path / "stripe.json"
    with StripeStandin(state=state) as standin:
        client = next(connect(standin))
        first = create(client, gift(), "k")
        sub = paid(standin, client, pledge(), "4000000000000341")["subscription"]
        standin.now = stopped = standin.now + 3600
        told = len(standin.events)
    with StripeStandin(state=state, webhook_url=receiver.url) as standin:
        client = next(connect(standin))
        assert standin.now == stopped
        assert create(client, gift(), "k").id == first.id
        standin.pay(first.id)
        standin.renew(sub)
        assert standin.object(sub)["status"] == "past_due"
        assert standin.wait_for_deliveries()
        assert len(receiver.types) == len(standin.events) > told
    assert json.loads(state.read_text())["objects"]


def test_a_reset_forgets_everything(standin: StripeStandin, client: stripe.StripeClient) -> None:
    paid(standin, client, gift())
    standin.fail_next("refuse_500")
    standin.now = 5
    standin.settings.minimums = {"eur": 50}
    standin.manners.hold = True
    standin.reset()
    assert client.v1.checkout.sessions.list().data == []
    assert (standin.events, len(standin.requests), standin.deliveries) == ([], 1, [])
    assert standin.now > 1_700_000_000
    assert standin.settings.minimums == {}
    assert standin.manners.hold is False


@pytest.mark.parametrize(
    "environ",
    [{"DEBUG": "off"}, {"DEBUG": "False"}, {"DEBUG": "0"}, {"STRIPE_SECRET_KEY": "sk_live_x"}],
)
def test_it_never_runs_in_production(environ: dict[str, str]) -> None:
    assert refusal(environ) is not None


@pytest.mark.parametrize("environ", [{}, {"DEBUG": "on"}, {"STRIPE_SECRET_KEY": "sk_test_x"}])
def test_it_runs_in_development(environ: dict[str, str]) -> None:
    assert refusal(environ) is None


def run(*options: str, **environ: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.standins.stripe", "--port", "0", *options]
    env = {"PATH": os.environ["PATH"], **environ}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=pipe, stderr=pipe, text=True)


def test_the_command_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("whsec_file\n")
    with run("--webhook-secret-file", str(secret), "--manners", "twice") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Stripe stand-in on http://127.0.0.1:")
        base = line.split()[3]
        client = stripe.StripeClient("sk_test_x", base_addresses={"api": base})
        assert client.v1.events.list().data == []
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_the_command_refuses_production() -> None:
    with run(DEBUG="false") as process:
        assert process.wait(10) == 2
        assert process.stderr is not None
        assert "production" in process.stderr.read()
