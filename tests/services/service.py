"""The whole service as the Procfile starts it, between stand-ins of all that it talks to."""

import re
import socket
from collections.abc import Mapping
from pathlib import Path

import requests

from tests.services.brokers.queues import own_name
from tests.services.processes import Process, line_of, wait_for
from tests.standins.paypal import PayPalStandin
from tests.standins.smtp import SmtpStandin
from tests.standins.stripe import StripeStandin

TOKEN = re.compile(r'name="token" value="([^"]+)"')
SECONDS = 30
# Three times Django, on a machine that may be busy with other things.
STARTING = 90
QUEUES = re.compile(r"(?<=--queues )\S+")
GIVES = ("web", "worker", "beat")


def command(name: str, env: Mapping[str, str]) -> str:
    """Its line of the Procfile, with this run's names for the queues."""
    line, run = line_of("Procfile", name), env["FOOTNOTE_TEST_QUEUE"]
    return QUEUES.sub(
        lambda found: ",".join(own_name(each, run) for each in found[0].split(",")), line
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """Three processes; `web`, `worker` and `beat` may be killed and started again."""

    def __init__(
        self,
        *,
        stripe: StripeStandin,
        paypal: PayPalStandin,
        smtp: SmtpStandin,
        env: Mapping[str, str],
        folder: Path,
        port: int,
    ) -> None:
        self.stripe, self.paypal, self.smtp = stripe, paypal, smtp
        self.url = f"http://127.0.0.1:{port}"
        self.web, self.worker, self.beat = (
            Process(name, command(name, env), env=env, folder=folder) for name in GIVES
        )
        self.http = requests.Session()
        self.token = ""

    @property
    def processes(self) -> tuple[Process, Process, Process]:
        return self.web, self.worker, self.beat

    def start(self) -> None:
        """All three; returns when readers and Stripe may come."""
        for process in self.processes:
            process.start()
        assert wait_for(self.is_ready, seconds=STARTING)
        self.token = self.fresh_token()

    def stop(self) -> None:
        """All three at once, and whatever they leave."""
        self.http.close()
        for process in self.processes:
            process.stop()

    def last_words(self) -> str:
        """The ends of the logs."""
        return "\n".join(f"--- {each.name}\n{each.said()}" for each in self.processes)

    # What the outside sees

    def is_up(self) -> bool:
        """Whether the web answers."""
        return self.asked("/healthz") is not None

    def is_ready(self) -> bool:
        """Whether everything answers."""
        answer = self.asked("/readyz")
        return answer is not None and answer.status_code == 200

    def asked(self, path: str) -> requests.Response | None:
        """A page, or None when nobody answers."""
        try:
            return self.http.get(self.url + path, timeout=SECONDS)
        except requests.RequestException:
            return None

    def fresh_token(self) -> str:
        """What the form on the support page carries."""
        found = TOKEN.search(self.http.get(f"{self.url}/en/", timeout=SECONDS).text)
        assert found, "the support page has no token"
        return found[1]

    def submit(self, number: int, *, interval: str = "once") -> requests.Response:
        """Reader `number` sends the form; on a connection of its own, as readers do."""
        form = {
            "token": self.token,
            "interval": interval,
            "amount": "10",
            "currency": "EUR",
            "method": "card",
            "email": f"reader{number}@example.org",
            "name": f"Reader {number}",
        }
        return requests.post(f"{self.url}/en/give/", form, allow_redirects=False, timeout=SECONDS)

    def open_page(self, number: int, *, interval: str = "once") -> str:
        """Reader `number` sends the form; the id of the payment page that comes."""
        answer = self.submit(number, interval=interval)
        assert answer.status_code == 303, f"{answer.status_code}: {answer.text[-500:]}"
        return answer.headers["Location"].rsplit("/", 1)[-1]

    def pay(self, session: str) -> str:
        """The reader pays there; the subscription that begins, or ""."""
        self.stripe.pay(session)
        return str(self.stripe.object(session)["subscription"] or "")
