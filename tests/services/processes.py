"""Processes that a test starts, kills and never leaves behind."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
QUIET = '"levelname": "INFO"'


def wait_for(what: Callable[[], bool], *, seconds: float = PATIENCE, every: float = 0.1) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(every)
    return True


def line_of(procfile: str, name: str) -> str:
    """The command that a Procfile has for a name."""
    for line in (ROOT / procfile).read_text().splitlines():
        said, _, command = line.partition(":")
        if said == name:
            return command.strip()
    raise LookupError(f"{procfile} has no {name}")


class Process:
    """A command in a process group of its own; what it says goes into a file."""

    def __init__(self, name: str, command: str, *, env: Mapping[str, str], folder: Path) -> None:
        self.name, self.command, self.folder = name, command, folder
        path = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
        self.env = {**env, "PATH": path, "PYTHONUNBUFFERED": "1"}
        self.log = folder / f"{name}.log"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Once more, if it is not running."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {self.command}"],
                env=self.env,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def is_alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def kill(self) -> None:
        """Send -9 to it, with all its children."""
        if self.running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None

    def stop(self) -> None:
        """As an operator does; what is left after a while is killed."""
        if self.running is not None:
            self.running.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.running.wait(PATIENCE)
            self.kill()

    def kill_a_child(self) -> bool:
        """Send -9 to one of its children; False when there is none."""
        children = self.children()
        if not children:
            return False
        with suppress(ProcessLookupError):
            os.kill(random.choice(children), signal.SIGKILL)
        return True

    def children(self) -> list[int]:
        """Their ids."""
        if self.running is None:
            return []
        asked = ["pgrep", "-P", str(self.running.pid)]
        found = subprocess.run(asked, capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def wait(self, seconds: float) -> int:
        """Its exit code, once it has ended by itself."""
        assert self.running is not None
        return self.running.wait(seconds)

    def said(self, lines: int = 12) -> str:
        """The end of its log, without what only says that all is well."""
        if not self.log.exists():
            return ""
        told = self.log.read_text(errors="replace").splitlines()
        notable = [line for line in told if line.strip() and QUIET not in line]
        return "\n".join(notable[-lines:])
