"""The whole state in one JSON file, so that a restart goes on where it stopped."""

import json
from pathlib import Path

from .api.idempotency import Idempotency
from .obj import Obj
from .world import World


class Storage:
    """Without a file this does nothing."""

    def __init__(self, path: Path | None, world: World, idempotency: Idempotency) -> None:
        self._path, self._world, self._idempotency = path, world, idempotency

    def save(self) -> None:
        """Replace the file in one step: a crash leaves the old state or the new one."""
        if self._path is None:
            return
        with self._world.lock:
            answered = {k: v for k, v in self._idempotency.kept.items() if v is not None}
            state: Obj = {"objects": list(self._world.objects.values()), "answers": answered}
            state |= {"hidden": self._world.hidden, "clock": self._world.clock.dump()}
            fresh = self._path.with_name(self._path.name + ".new")
            fresh.write_text(json.dumps(state), encoding="utf-8")
            fresh.replace(self._path)

    def load(self) -> None:
        if self._path is None or not self._path.exists():
            return
        state = json.loads(self._path.read_text(encoding="utf-8"))
        self._world.objects.update({obj["id"]: obj for obj in state["objects"]})
        self._world.hidden.update(state["hidden"])
        self._world.clock.load(state["clock"])
        self._idempotency.kept.update(state["answers"])
