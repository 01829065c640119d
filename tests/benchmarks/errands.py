"""Processes that stay and do what they are told, a line at a time, and answer in JSON."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeAlias

Answer: TypeAlias = dict[str, Any]


class Runner:
    """One such process, seen from outside."""

    def __init__(self, module: str, *arguments: str, env: Mapping[str, str]) -> None:
        self.module = module
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, *words: object) -> None:
        """Have it begin."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Answer:
        """Wait for the end. Raises SystemExit when the process has died over it."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.module} ended with {self.process.wait()}")
        found: Answer = json.loads(line)
        return found

    def ask(self, *words: object) -> Answer:
        """Both."""
        self.tell(*words)
        return self.answer()

    def stop(self) -> None:
        """It ends when there is nothing more to read."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait(60)


@contextmanager
def runners(
    count: int, module: str, *arguments: str, env: Mapping[str, str]
) -> Iterator[list[Runner]]:
    """Several, stopped at the end; each has said that it is ready."""
    with ExitStack() as stack:
        made = []
        for _each in range(count):
            runner = Runner(module, *arguments, env=env)
            stack.callback(runner.stop)
            made.append(runner)
        for runner in made:
            runner.answer()
        yield made


def all_at_once(helpers: Sequence[Runner], *words: object) -> list[Answer]:
    """Have all begin together; wait for the last."""
    for runner in helpers:
        runner.tell(*words)
    return [runner.answer() for runner in helpers]


def obey(errands: Mapping[str, Callable[..., Answer]], lines: Iterable[str] = sys.stdin) -> None:
    """The inside of such a process: one errand a line, until there are no more."""
    reply({"ready": True})
    for line in lines:
        name, *arguments = line.split()
        reply(errands[name](*arguments))


def reply(answer: Answer) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
