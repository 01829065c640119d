"""The HTTP server: Stripe's API under /v1/, and the pages."""

import json
import select
import socket
from urllib.parse import urlsplit

from ..common.server import LoopbackServer, PageHandler
from .api.dispatch import Api
from .api.messages import Answer, Request
from .errors import ApiError
from .pages.site import Site
from .params.form import decode


class Server(LoopbackServer):
    def __init__(self, port: int, api: Api, site: Site) -> None:
        self.api, self.site = api, site
        super().__init__(port, Handler)


class Handler(PageHandler):
    server: Server
    server_version = "StripeStandin"

    def serve(self) -> None:
        body = self.read_body().decode("utf-8", "replace")
        target = urlsplit(self.path)
        try:
            if target.path.startswith("/v1/"):
                self._serve_api(target.path, "&".join(filter(None, (target.query, body))))
            else:
                self.send_page(
                    self.server.site.answer(self.command, target.path, body, self.lower_headers)
                )
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _serve_api(self, path: str, form: str) -> None:
        try:
            params = decode(form)
        except ApiError as error:
            self._send_json(Answer(error.status, error.body()))
            return
        request = Request(
            self.command, path, params, self.lower_headers, client_gone=self._client_gone
        )
        answer = self.server.api.answer(request)
        if answer.transport == "stall":
            limit = self.server.api.world.settings.stall_seconds
            self.server.api.faults.stall(request, limit)
        if answer.transport == "send":
            self._send_json(answer)
        else:
            self.hang_up()

    def _client_gone(self) -> bool:
        """Readable without data means closed; a waiting client sends nothing."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        try:
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def _send_json(self, answer: Answer) -> None:
        body = json.dumps(answer.body, indent=2).encode()
        headers = {"Content-Type": "application/json", **answer.headers}
        key = self.headers.get("Idempotency-Key")
        if key:
            headers["Idempotency-Key"] = key
        headers["Stripe-Version"] = self.headers.get("Stripe-Version", "")
        self.send(answer.status, headers, body)
