"""What lies at the broker, and how it gets lost."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import redis
from amqp.exceptions import NotFound
from kombu import Connection, Exchange, Queue
from kombu.exceptions import OperationalError

from tests.services.servers import SECONDS

OURS = ("celery", "broadcasts", "outside")


def own_name(queue: str, name: str) -> str:
    """What a queue of the service is called in a run that is called `name`."""
    return name if queue == "celery" else f"{name}-{queue}"


@dataclass(frozen=True)
class Queues:
    """The queues of a run. Of a Redis, the database that was named belongs to the run."""

    url: str
    name: str

    @property
    def is_redis(self) -> bool:
        return self.url.startswith("redis")

    @property
    def names(self) -> list[str]:
        """All of them, whether they exist already or not."""
        return [own_name(queue, self.name) for queue in OURS]

    def lose_everything(self) -> None:
        """As a Redis without a disk restarts, or as a queue that somebody purged."""
        if self.is_redis:
            self.restart_redis()
        else:
            for name in self.names:
                with Connection(self.url, connect_timeout=SECONDS) as broker, suppress(NotFound):
                    Queue(name, channel=broker.default_channel).purge()

    def restart_redis(self) -> None:
        """Nothing is left in our database, and whoever was connected to it is not any more."""
        with redis.Redis.from_url(self.url) as server:
            mine = server.client_id()
            number = str(server.connection_pool.connection_kwargs.get("db", 0))
            for one in server.client_list():
                if one["db"] == number and int(one["id"]) != mine:
                    server.client_kill_filter(_id=one["id"])
            server.flushdb()

    def waiting(self) -> int:
        """How many tasks lie in the first of them."""
        with Connection(self.url, connect_timeout=SECONDS) as broker:
            asked: Any = broker.default_channel
            return int(asked.queue_declare(self.name, passive=True).message_count)

    def remove(self) -> None:
        """Leave nothing at the broker."""
        if self.is_redis:
            with redis.Redis.from_url(self.url) as server:
                server.flushdb()
            return
        with Connection(self.url, connect_timeout=SECONDS) as broker, suppress(OperationalError):
            for name in self.names:
                Queue(name, channel=broker.default_channel).delete()
            control = f"{self.name}-control.pidbox"
            for name in (self.name, f"{self.name}-events", control, f"reply.{control}"):
                Exchange(name, channel=broker.default_channel).delete()
