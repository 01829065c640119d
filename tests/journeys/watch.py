"""Everything that a page must not do behind a reader's back."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


@dataclass
class Watch:
    """Collects what went wrong in a browser window; a journey names beforehand what it expects."""

    statuses: set[int] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Look at every page of a window."""
        context.on("console", self._console)
        context.on("weberror", self._web_error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)

    def expect(self, *statuses: int, host: str = "") -> None:
        """Name the answers, or the host, that belong to the journey."""
        self.statuses |= {*statuses}
        self.hosts |= {host} - {""}

    def forgive(self, *words: str) -> None:
        """Forget what was meant to happen, by words in it."""
        self.wrong = [wrong for wrong in self.wrong if not any(word in wrong for word in words)]

    def _console(self, message: ConsoleMessage) -> None:
        status = STATUS.match(message.text)
        if status and int(status[1]) in self.statuses:
            return
        if urlsplit(message.location.get("url", "")).hostname in self.hosts:
            return
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text}")

    def _web_error(self, error: WebError) -> None:
        self.wrong.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.hostname not in {"127.0.0.1", "localhost", *self.hosts}:
            self.wrong.append(f"a request to {request.url}")

    def _failed(self, request: Request) -> None:
        # Whoever leaves a page before its icon has come has given up on the icon, nothing more.
        if request.failure == "net::ERR_ABORTED" and request.url.endswith("/icon.svg"):
            return
        if urlsplit(request.url).hostname not in self.hosts:
            self.wrong.append(f"{request.method} {request.url}: {request.failure}")
