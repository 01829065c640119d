"""A process of the trial, ended by its own id."""

import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Process:
    """Runs in a group of its own, so that what it started ends with it."""

    command: list[str]
    folder: Path
    environment: dict[str, str]
    name: str
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def start(self) -> None:
        """Start it, unless it runs already."""
        if self.running is not None:
            return
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def check(self) -> None:
        """Raises AssertionError with the last lines of its log when it has ended."""
        if self.running is not None and self.running.poll() is not None:
            last = self.log.read_text(errors="replace")[-2000:]
            raise AssertionError(f"{self.name} ended with {self.running.returncode}:\n{last}")

    def stop(self) -> None:
        """Asks first; what does not listen within ten seconds is ended."""
        if self.running is None:
            return
        process, self.running = self.running, None
        if process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
