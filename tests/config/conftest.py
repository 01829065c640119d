"""The settings, as an environment makes them."""

import os
import runpy
from pathlib import Path
from typing import Any, Protocol

import pytest

from config import settings as settings_module
from config.environment import NAMES


class Start(Protocol):
    """Loads the settings; raises ImproperlyConfigured when it does not start."""

    def __call__(self, **environment: str) -> dict[str, Any]: ...


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Start:
    """Loads the settings with just these names of ours in the environment."""
    for name in os.environ:
        if name.removesuffix("_FILE") in NAMES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))

    def started(**environment: str) -> dict[str, Any]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(settings_module.__file__)

    return started
