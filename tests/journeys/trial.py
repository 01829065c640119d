"""A newcomer's trial: a fresh folder of its own, the processes of `make run`, free ports."""

import os
import shlex
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Self

from config.environment import NAMES
from tests.journeys.books import Books
from tests.journeys.letterbox import Letterbox
from tests.journeys.process import Process
from tests.journeys.waiting import answers, until

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns("var", ".*", "__pycache__")
PORTS = ("PORT", "SITE_PORT", "STANDIN_PORT", "PAYPAL_PORT")


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@dataclass
class Trial:
    """The settings keep everything under the folder that they lie in, so a copy is all it takes."""

    folder: Path
    site_port: int = field(default_factory=free_port)
    standin_port: int = field(default_factory=free_port)
    paypal_port: int = field(default_factory=free_port)
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.site_port}"

    @property
    def stripe_url(self) -> str:
        return f"http://127.0.0.1:{self.standin_port}"

    @property
    def paypal_url(self) -> str:
        return f"http://127.0.0.1:{self.paypal_port}"

    @property
    def letters(self) -> Letterbox:
        return Letterbox(self.folder / "var" / "mail")

    @property
    def books(self) -> Books:
        return Books(self.folder / "var" / "footnote.sqlite3")

    @property
    def secret_key(self) -> str:
        return (self.folder / "var" / "secret_key").read_text()

    @property
    def environment(self) -> dict[str, str]:
        """None of our names, as on a fresh machine; only the ports, as the Makefile gives them."""
        ours = {*NAMES, *(f"{name}_FILE" for name in NAMES), *PORTS}
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        kept["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
        site, stripe, paypal = map(str, (self.site_port, self.standin_port, self.paypal_port))
        ports = {"PORT": site, "SITE_PORT": site, "STANDIN_PORT": stripe, "PAYPAL_PORT": paypal}
        return kept | ports

    def __enter__(self) -> Self:
        try:
            shutil.copytree(ROOT, self.folder, ignore=NOT_COPIED, dirs_exist_ok=True)
            self.run("pybabel", "-q", "compile", "-d", "donations/locale", "-D", "django")
            self.manage("prepare_trial")
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def run(self, *command: str) -> str:
        """A command in the folder; its output, or an AssertionError that shows it."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}"
        return done.stdout

    def manage(self, *arguments: str) -> str:
        """One of the service's commands."""
        return self.run("python", "manage.py", *arguments)

    def start(self) -> None:
        """The very lines that `make run` hands to honcho, each as a process of its own."""
        for line in (self.folder / "Procfile.trial").read_text().splitlines():
            name, _, command = line.partition(": ")
            words = shlex.split(Template(command).substitute(self.environment))
            self.processes[name] = Process(words, self.folder, self.environment, name)
        for process in self.processes.values():
            process.start()
        self.wait_for(f"{self.url}/readyz")
        self.wait_for(f"{self.stripe_url}/control/")
        self.wait_for(f"{self.paypal_url}/control/")

    def stop(self) -> None:
        for process in self.processes.values():
            process.stop()

    def wait_for(self, address: str) -> None:
        """Until it answers 200; a process that ended meanwhile is an error at once."""

        def there() -> bool:
            for process in self.processes.values():
                process.check()
            return answers(address)

        until(there, f"{address} does not answer", seconds=60)

    def stop_web(self) -> None:
        """Our own server is down."""
        self.processes["web"].stop()

    def start_web(self) -> None:
        """It is back."""
        self.processes["web"].start()
        self.wait_for(f"{self.url}/readyz")

    def stop_stripe(self) -> None:
        """The provider is down."""
        self.processes["stripe"].stop()

    def start_stripe(self) -> None:
        """It is back, and remembers everything."""
        self.processes["stripe"].start()
        self.wait_for(f"{self.stripe_url}/control/")
