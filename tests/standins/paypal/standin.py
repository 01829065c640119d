"""The stand-in as tests and the command line use it."""

from collections import Counter
from pathlib import Path
from typing import Any, Self

from ..common.posting import Attempt
from . import ids
from .controls import Controls
from .ipn.courier import Courier
from .manners import Manners
from .pages.site import Site
from .server import Server
from .state import Message
from .storage import Storage
from .verifier import Verifier
from .world import Settings, World


class PayPalStandin(Controls):
    """A PayPal on this machine. Use it as a context manager, or `start()` and `stop()` it.

    Without a `notify_url` only links that bring their own are told about; `ipns` serves a test
    that posts by itself. Keyword settings are those of `Settings`.
    """

    def __init__(
        self,
        *,
        notify_url: str | None = None,
        port: int = 0,
        state: Path | None = None,
        **settings: Any,
    ) -> None:
        self._chosen = settings
        self._port = port
        self.world = World(Settings(**settings), notify_url)
        self.courier = Courier(self.world.manners)
        self.verifier = Verifier(self.world.vouches_for)
        self.storage = Storage(state, self.world)
        self.world.on_message = self.courier.queue
        self.courier.on_delivered = self._on_delivered

    def start(self) -> Self:
        self._server = Server(self._port, Site(self), self.verifier)
        self.world.base_url = self._server.base_url
        # The same server by another name.
        self.verifier.redirect_to = f"http://localhost:{self._server.server_port}/elsewhere"
        self.storage.load()
        self.courier.start()
        for message in self.messages:
            if not (message.delivered or message.dropped):
                self.courier.queue(message)
        self._server.start()
        return self

    def stop(self) -> None:
        self.verifier.release()
        self.courier.stop()
        self._server.stop()
        self.storage.save()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def reset(self) -> None:
        """Back to an empty account with the first settings; the server goes on."""
        self.manners = Manners()
        self.courier.clear()
        self.verifier.reset()
        with self.world.lock:
            self.world.clear()
            self.world.settings = Settings(**self._chosen)
            self.storage.save()

    @property
    def base_url(self) -> str:
        return self.world.base_url

    @property
    def verify_url(self) -> str:
        return f"{self.base_url}/cgi-bin/webscr"

    @property
    def settings(self) -> Settings:
        return self.world.settings

    @property
    def business(self) -> str:
        """The account's e-mail."""
        return self.world.settings.business

    @property
    def merchant_id(self) -> str:
        """What messages call receiver_id."""
        return ids.account_id(self.business)

    @property
    def notify_url(self) -> str:
        """The account's own address for IPNs; "" tells nobody."""
        return self.world.notify_url

    @notify_url.setter
    def notify_url(self, url: str) -> None:
        self.world.notify_url = url

    @property
    def manners(self) -> Manners:
        return self.world.manners

    @manners.setter
    def manners(self, manners: Manners) -> None:
        self.behave(manners)

    @property
    def messages(self) -> list[Message]:
        """IPNs in the order in which things happened."""
        with self.world.lock:
            return list(self.world.messages)

    @property
    def ipns(self) -> list[bytes]:
        """Their bodies."""
        return [message.body.encode() for message in self.messages]

    @property
    def asked(self) -> Counter[bytes]:
        """How often the verifier was asked about each body."""
        return self.verifier.asked

    @property
    def deliveries(self) -> list[Attempt]:
        """Attempts to post an IPN, oldest first."""
        return list(self.courier.attempts)

    def wait_for_deliveries(self, timeout: float = 5.0) -> bool:
        """Wait until every IPN that is not held was delivered or given up."""
        return self.courier.wait_idle(timeout)

    def _on_delivered(self, number: str) -> None:
        with self._acting() as world:
            if int(number) <= len(world.messages):
                world.messages[int(number) - 1].delivered = True
