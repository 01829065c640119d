"""A webhook endpoint for the stand-in's own tests."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import stripe

SECRET = "whsec_test"


class Receiver(ThreadingHTTPServer):
    """Keeps what was posted, and answers with `answers` first, then with 200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posts: list[tuple[bytes, str]] = []
        self.answers: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hooks/stripe/?from=stripe"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def events(self) -> list[stripe.Event]:
        """Every post, its signature verified as an application would."""
        return [
            stripe.Webhook.construct_event(body, signature, SECRET)
            for body, signature in list(self.posts)
        ]

    @property
    def bodies(self) -> list[bytes]:
        """What was posted, as it came."""
        return [body for body, _signature in list(self.posts)]

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def log_message(self, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((body, self.headers.get("Stripe-Signature", "")))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.end_headers()
