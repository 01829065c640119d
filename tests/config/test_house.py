"""The rules of the house that no linter holds."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from config.environment import NAMES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def layers() -> dict[str, int]:
    """Each part of the app and how high it stands, from the list that import-linter reads."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (listed,) = [c["layers"] for c in contracts["contracts"] if c["type"] == "layers"]
    return {
        name: -depth for depth, row in enumerate(listed) for name in re.findall(r"[a-z_]+", row)
    }


def test_relations_point_down_too() -> None:
    """import-linter does not see a foreign key that is named by a string."""
    height = layers()
    for model in apps.get_app_config("donations").get_models():
        own = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            other = field.related_model
            if not field.concrete or not isinstance(other, type):
                continue
            if other.__module__.startswith("donations."):
                target = other.__module__.split(".")[1]
                assert target == own or height[target] < height[own], f"{model}.{field.name}"


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in README


def test_every_command_is_documented() -> None:
    ours = [name for name, app in get_commands().items() if app == "donations"]
    assert ours
    for name in ours:
        assert f"manage.py {name}" in README


def test_nothing_is_imported_inside_a_function() -> None:
    for path in (ROOT / "donations").rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            assert not re.match(r"\s+(from \S+ )?import ", line), f"{path}:{number}"
            assert "TYPE_CHECKING" not in line, f"{path}:{number}"


def written() -> Iterator[tuple[str, str]]:
    """Each file of ours in Python and what is in it; Django writes the migrations."""
    for folder in ("config", "donations", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


def lengths(code: str) -> Iterator[tuple[str, int]]:
    """Each function, methods and inner ones too, and its lines; decorators do not count."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_too_long() -> None:
    long = {name: len(code.splitlines()) for name, code in written()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{name}: {function}": lines
        for name, code in written()
        for function, lines in lengths(code)
        if lines > LONGEST_FUNCTION
    }
    assert long == {}


def test_it_would_notice() -> None:
    """A length that is never found is no length that is kept."""
    body = "\n".join(["async def f():", *(["    pass"] * LONGEST_FUNCTION)])
    assert list(lengths(body)) == [("f", LONGEST_FUNCTION + 1)]
    assert len(list(written())) > 500


def test_locks_name_no_index() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "http" not in text
        assert "--hash=sha256:" in text
