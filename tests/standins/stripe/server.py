"""The HTTP server: one thread per connection, on the loopback interface only."""

import json
import select
import socket
import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from .api.dispatch import Api
from .api.messages import Answer, Request
from .errors import ApiError
from .pages.answer import PageAnswer
from .pages.site import Site
from .params.form import decode

LOOPBACK = "127.0.0.1"


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, port: int, api: Api, site: Site) -> None:
        self.api, self.site = api, site
        self._open: set[socket.socket] = set()
        super().__init__((LOOPBACK, port), Handler)

    @property
    def base_url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}"

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def start(self) -> None:
        # A short poll: it is how long stop() has to wait.
        loop = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        loop.start()

    def stop(self) -> None:
        """Stop listening, and close connections that clients keep open."""
        self.shutdown()
        self.server_close()
        for connection in list(self._open):
            with suppress(OSError):  # the other side may have closed it meanwhile
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no error of ours; anything else is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "StripeStandin"
    # Headers and body leave in one packet; two would wait for each other's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *args: Any) -> None:
        """Silence: a test's output is no place for access logs."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace")
        target = urlsplit(self.path)
        try:
            if target.path.startswith("/v1/"):
                self._serve_api(target.path, "&".join(filter(None, (target.query, body))))
            else:
                headers = {key.lower(): value for key, value in self.headers.items()}
                self._send_page(self.server.site.answer(self.command, target.path, body, headers))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _serve_api(self, path: str, form: str) -> None:
        headers = {key.lower(): value for key, value in self.headers.items()}
        try:
            params = decode(form)
        except ApiError as error:
            self._send_json(Answer(error.status, error.body()))
            return
        request = Request(self.command, path, params, headers, client_gone=self._client_gone)
        answer = self.server.api.answer(request)
        if answer.transport == "stall":
            limit = self.server.api.world.settings.stall_seconds
            self.server.api.faults.stall(request, limit)
        if answer.transport == "send":
            self._send_json(answer)
        else:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):  # the client may have been faster
            self.connection.shutdown(socket.SHUT_RDWR)

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
        self._send(answer.status, headers, body)

    def _send_page(self, page: PageAnswer) -> None:
        self._send(page.status, page.headers, page.body)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
