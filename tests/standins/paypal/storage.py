"""The whole state in one JSON file, so that a restart goes on where it stopped."""

import json
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from .state import Message, Payer, Subscription, Transaction
from .world import World

_DECIMALS = ("gross", "fee", "amount")


class Storage:
    """Without a file this does nothing."""

    def __init__(self, path: Path | None, world: World) -> None:
        self._path, self._world = path, world

    def save(self) -> None:
        """Replace the file in one step: a crash leaves the old state or the new one."""
        if self._path is None:
            return
        with self._world.lock:
            world = self._world
            state = {
                "transactions": [asdict(each) for each in world.transactions.values()],
                "subscriptions": [asdict(each) for each in world.subscriptions.values()],
                "messages": [asdict(each) for each in world.messages],
                "clock": world.clock.dump(),
            }
            fresh = self._path.with_name(self._path.name + ".new")
            fresh.write_text(json.dumps(state, default=str), encoding="utf-8")
            fresh.replace(self._path)

    def load(self) -> None:
        if self._path is None or not self._path.exists():
            return
        state = json.loads(self._path.read_text(encoding="utf-8"))
        for row in state["transactions"]:
            self._world.add(Transaction(**_typed(row)))
        for row in state["subscriptions"]:
            self._world.add(Subscription(**_typed(row)))
        self._world.messages.extend(Message(**row) for row in state["messages"])
        self._world.clock.load(state["clock"])


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    amounts = {name: Decimal(row[name]) for name in _DECIMALS if name in row}
    return row | amounts | {"payer": Payer(**row["payer"])}
