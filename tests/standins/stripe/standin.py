"""The stand-in as tests and the command line use it."""

from pathlib import Path
from typing import Any, Self

from ..common.manners import Manners
from ..common.posting import Attempt
from .api.dispatch import Api
from .api.faults import Fault
from .api.messages import Request
from .controls import Controls
from .hooks.courier import Courier
from .hooks.signing import Signed, sign
from .obj import Obj
from .pages.site import Site
from .server import Server
from .storage import Storage
from .world import Settings, World


class StripeStandin(Controls):
    """A Stripe on this machine. Use it as a context manager, or `start()` and `stop()` it.

    Without a `webhook_url` nothing is posted; `events` and `signed()` serve a test that posts
    events itself. Keyword settings are those of `Settings`.
    """

    def __init__(
        self,
        *,
        webhook_url: str | None = None,
        webhook_secret: str = "whsec_test",
        port: int = 0,
        state: Path | None = None,
        **settings: Any,
    ) -> None:
        self._chosen = settings
        self.webhook_secret = webhook_secret
        self._port = port
        self.world = World(Settings(**settings))
        self.courier = Courier(webhook_url, webhook_secret)
        self.api = Api(self.world, self._changed)
        self.storage = Storage(state, self.world, self.api.idempotency)
        self.world.on_event = self._on_event
        self.courier.on_delivered = self._on_delivered

    def start(self) -> Self:
        self._server = Server(self._port, self.api, Site(self))
        self.world.base_url = self._server.base_url
        self.storage.load()
        self.courier.start()
        for event in self.events:
            if event.get("pending_webhooks") and event["id"] not in self.world.hidden:
                self.courier.queue(event)
        self._server.start()
        return self

    def stop(self) -> None:
        self.api.faults.clear()
        self.courier.stop()
        self._server.stop()
        self.storage.save()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def reset(self) -> None:
        """Back to an empty account with the first settings; the server goes on."""
        self.courier.manners = Manners()
        self.courier.clear()
        self.api.clear()
        with self.world.lock:
            self.world.clear()
            self.world.settings = Settings(**self._chosen)
            self.storage.save()

    @property
    def base_url(self) -> str:
        return self.world.base_url

    @property
    def settings(self) -> Settings:
        return self.world.settings

    @property
    def manners(self) -> Manners:
        return self.courier.manners

    @property
    def requests(self) -> list[Request]:
        """Calls of the API in the order they came."""
        return self.api.requests

    @property
    def events(self) -> list[Obj]:
        """Events, oldest first."""
        with self.world.lock:
            return self.world.newest_first("event")[::-1]

    @property
    def deliveries(self) -> list[Attempt]:
        """Attempts to post an event, oldest first."""
        return list(self.courier.attempts)

    def wait_for_deliveries(self, timeout: float = 5.0) -> bool:
        """Wait until every event that is not held was delivered or given up."""
        return self.courier.wait_idle(timeout)

    def signed(self, event: Obj, *, timestamp: int | None = None) -> Signed:
        """Body and headers of a webhook, for a test that posts it through its own client."""
        return sign(event, self.webhook_secret, timestamp)

    def object(self, ident: str) -> Obj:
        """A stored object as it is now, without a request."""
        return self.world.objects[ident]

    def put(self, obj: Obj) -> Obj:
        """Insert or overwrite a raw object by its id; the API returns it from now on."""
        with self._acting() as world:
            return world.add(obj)

    def emit(self, kind: str, obj: Obj, previous: Obj | None = None) -> Obj:
        """An event that nothing here would cause by itself."""
        with self._acting() as world:
            return world.emit(kind, obj, previous)

    def fail_next(
        self, kind: str, times: int = 1, *, path: str | None = None, executed: bool = True
    ) -> None:
        """Let the next calls (whose path contains `path`) fail; kinds in `api.faults.KINDS`.

        After "timeout" and "drop_connection" the call was carried out and only its answer was
        lost, unless `executed` is False. All other kinds change nothing.
        """
        self.api.faults.add(Fault(kind, times, path, executed))

    def _changed(self) -> None:
        self.storage.save()

    def _on_event(self, event: Obj) -> None:
        if self.manners.drop:
            self.world.hidden[event["id"]] = {"dropped": True}
        self.courier.queue(event)

    def _on_delivered(self, event_id: str) -> None:
        with self._acting() as world:
            if event_id in world.objects:
                world.objects[event_id]["pending_webhooks"] = 0
