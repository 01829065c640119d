"""The task queue inside the web process: one process alone may carry it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from tests.services import servers
from tests.services.processes import ROOT, Process, line_of, wait_for
from tests.services.service import free_port

pytestmark = pytest.mark.services

REFUSAL = "The embedded task queue runs in another web process already."
LINKED = ("donations", "templates", "tests", "manage.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The service in a folder of its own: the settings look for var/ beside themselves."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    for name in LINKED:
        (tmp_path / name).symlink_to(ROOT / name)
    command = [sys.executable, "manage.py", "prepare_trial"]
    subprocess.run(command, cwd=tmp_path, env=servers.surroundings(), check=True)
    return tmp_path


class Trial(Process):
    """A web process as `make run` starts it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.port = free_port()
        env = servers.surroundings(SITE_PORT=str(self.port), PYTHONPATH=str(folder))
        super().__init__(name, line_of("Procfile.trial", "web"), env=env, folder=folder)

    def serves(self) -> bool:
        """Whether it answers."""
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=10).ok
        except requests.RequestException:
            return False


@pytest.fixture
def trials(folder: Path) -> Iterator[tuple[Trial, Trial]]:
    """Two of them in one folder, not started."""
    with ExitStack() as stack:
        both = Trial("first", folder), Trial("second", folder)
        for one in both:
            stack.callback(one.stop)
        yield both


def test_a_second_web_process_is_refused(trials: tuple[Trial, Trial]) -> None:
    first, second = trials
    first.start()
    assert wait_for(first.serves), first.said()
    second.start()
    assert second.wait(60) != 0
    assert REFUSAL in second.log.read_text()
    assert first.serves()


def test_another_may_start_when_the_first_was_killed(trials: tuple[Trial, Trial]) -> None:
    first, second = trials
    first.start()
    assert wait_for(first.serves), first.said()
    first.kill()
    second.start()
    assert wait_for(second.serves), second.said()
